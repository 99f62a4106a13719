using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Hostile.Drawn;

/// <summary>
/// A random program over the grammar of declarations: right and wrong prompts in classes of every kind, with types and methods that they can use and some
/// that only seem so, of the program's own and of another assembly.
/// </summary>
internal sealed class DrawnProgram
{
    private const string Catalog = """
        [ModelCatalog]
        public static class Models
        {
            [Model("openai", Tier.Fast, InputPrice = 0.15, OutputPrice = 0.60, ContextWindow = 128_000, MaxOutputTokens = 16_384, Features = ModelFeatures.StructuredOutput | ModelFeatures.Vision | ModelFeatures.LogProbabilities)]
            public const string Small = "small-1";
            [Model("anthropic", Tier.General, InputPrice = 3.00, OutputPrice = 15.00, ContextWindow = 200_000, MaxOutputTokens = 8_192, Features = ModelFeatures.StructuredOutput | ModelFeatures.Vision)]
            public const string Large = "large-1";
            [Model("ollama", Tier.SelfHosted, ContextWindow = 131_072, Features = ModelFeatures.StructuredOutput | ModelFeatures.Vision)]
            public const string Own = "own-1";
            [Model("openai", Tier.Deep, InputPrice = 10, OutputPrice = 40, Features = ModelFeatures.StructuredOutput | ModelFeatures.Vision)]
            public const string Deep = "deep-1";
        }

        public record Scored(double A, bool Ok, string Why);
        """;

    private readonly Dice _dice;
    private readonly DrawnTypes _types;
    private readonly List<(string Path, string Text)> _files = [];
    private readonly bool _isFriend;

    private DrawnProgram(int seed)
    {
        Seed = seed;
        _dice = new Dice(seed);
        _types = new DrawnTypes(_dice);
        _isFriend = _dice.Once(4);
        var classes = Enumerable.Range(0, _dice.Number(1, 2)).SelectMany(_ => Class()).ToArray();
        Sources = [.. new[] { Catalog, _types.Declarations }.Concat(classes).Select(static text => "namespace Acme;\n" + Tags(text))];
    }

    public int Seed { get; }

    public string[] Sources { get; }

    public IEnumerable<AdditionalText> Files => _files.Select(static file => new PromptFile(file.Path, file.Text));

    public static DrawnProgram Of(int seed) => new(seed);

    public CSharpCompilation Compile()
    {
        var program = Harness.Compile.Sources(Sources).AddReferences(DrawnLibrary.Reference(_isFriend));
        return program.WithAssemblyName(_isFriend ? DrawnLibrary.Friend : "Acme").WithOptions(program.Options.WithAllowUnsafe(true));
    }

    public override string ToString() =>
        $"seed {Seed}\n{string.Join("\n", Sources.Skip(1))}\n{string.Join("\n", _files.Select(static file => $"{file.Path}:\n{file.Text}"))}";

    private static string Tags(string text) => text.Replace("«", "{{", StringComparison.Ordinal).Replace("»", "}}", StringComparison.Ordinal);

    /// <summary>A class with prompts, as the files that hold it.</summary>
    private IEnumerable<string> Class()
    {
        var name = _dice.Name("Desk");
        var own = new List<string>();
        var inherited = _dice.Once(3) ? new List<string>() : null;
        var prompts = new List<string>();
        var declared = new List<string>();
        var drawing = new DrawnPrompt(_dice, _types, new DrawnMethods(_dice, own, inherited), new DrawnFiles(_dice, _files));
        for (var i = _dice.Number(1, 3); i > 0; i--)
        {
            var prompt = _dice.Once(12) && declared.Count > 0 ? declared[0] : _dice.Name("Ask");
            prompts.Add(drawing.Declare(prompt, declared));
            declared.Add(prompt);
        }

        var parent = inherited is not null ? name + "Base" : _dice.Once(3) ? "Lib.Base" : null;
        var interfaces = _dice.Once(8) ? new[] { $"I{name}" } : [];
        var bases = string.Join(", ", new[] { parent }.OfType<string>().Concat(interfaces));
        var kind = _dice.Number(_dice.Wrong(2) ? 0 : 5, 19) switch { 0 => "static partial class", 1 => "partial struct", 2 => "partial interface", 3 => "partial record", 4 => "class", 5 => "abstract partial class", 6 => "sealed partial record class", _ => _dice.Pick("partial class", "sealed partial class") };
        if (kind.StartsWith("sealed", StringComparison.Ordinal) || kind.EndsWith("interface", StringComparison.Ordinal))
        {
            prompts = prompts.ConvertAll(static prompt => prompt.Replace("public virtual ", "public ", StringComparison.Ordinal));
        }

        var (head, member) = Runtime(name, kind, parent);
        bases = kind.Contains("record", StringComparison.Ordinal) || kind.EndsWith("struct", StringComparison.Ordinal) || kind.StartsWith("static", StringComparison.Ordinal) || kind.EndsWith("interface", StringComparison.Ordinal) ? "" : bases;
        var (open, close) = Around(name);
        if (inherited is not null)
        {
            yield return $"public class {name}Base {{ {string.Join("\n", inherited)} }}";
        }

        if (interfaces.Length > 0)
        {
            yield return $"public interface I{name};";
        }

        var split = _dice.Once(3) && kind.Contains("partial", StringComparison.Ordinal) ? _dice.Number(0, prompts.Count) : prompts.Count;
        yield return $"{open}public {kind} {name}{head}{(bases.Length > 0 ? " : " + bases : "")}\n{{\n{member}{string.Join("\n", own)}\n{string.Join("\n\n", prompts.Take(split))}\n}}{close}";
        if (split < prompts.Count)
        {
            yield return $"{open}{kind.Replace("sealed ", "", StringComparison.Ordinal).Replace("abstract ", "", StringComparison.Ordinal).Replace("static ", "", StringComparison.Ordinal)} {name}\n{{\n{string.Join("\n\n", prompts.Skip(split))}\n}}{close}";
        }
    }

    /// <summary>How the class comes to its runtime.</summary>
    private (string Head, string Member) Runtime(string name, string kind, string? parent) => kind is "static partial class" or "partial interface" ? ("", "") : _dice.Number(0, 11) switch
    {
        0 => ("(PromptRuntime prompts)", ""),
        1 => ("(PromptRuntime prompts, int number)", "public int Number => number;\n"),
        2 => ("", $"public {name}(PromptRuntime prompts) => _prompts = prompts;\n"),
        3 => ("", $"private readonly PromptRuntime _runtime; public {name}(PromptRuntime runtime) => _runtime = runtime;\n"),
        4 => ("", "public required PromptRuntime Runtime { get; init; }\n"),
        5 => ("", _dice.Mostly(2, "", $"public {name}(int number) {{ }}\n")),
        6 => ("", $"private {name}(PromptRuntime prompts, string other) => _prompts = prompts; public {name}() : this(null!, \"\") {{ }}\n"),
        7 => ("", "private PromptRuntime? Prompts { get; set; }\n"),
        8 when parent is null => ("", $"protected internal {name}(in PromptRuntime prompts) => _prompts = prompts;\n"),
        _ => ("", ""),
    };

    private (string Open, string Close) Around(string name) => _dice.Number(_dice.Wrong(2) ? 1 : 6, 11) switch
    {
        7 => ($"public partial class {name}Outer {{ ", " }"),
        1 => ($"public partial class {name}Outer<T> {{ ", " }"),
        2 => ($"public partial struct {name}Outer {{ ", " }"),
        3 => ($"public partial interface I{name}Outer {{ ", " }"),
        4 => ($"public partial record {name}Outer {{ ", " }"),
        5 => ($"public class {name}Outer {{ ", " }"),
        6 => ($"public static partial class {name}Outer {{ ", " }"),
        _ => ("", ""),
    };
}
