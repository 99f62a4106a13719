using System.Globalization;
using System.Text;

namespace PromptGen.Generators.Tests.Hostile;

/// <summary>
/// A random program of hostile declarations: names that collide, attributes with values out of range, types and members that it is an error to use. It may
/// have errors of its own, as any program may while it is edited.
/// </summary>
internal sealed class HostileProgram
{
    private static readonly string[] s_spaces = ["Acme", "Acme.Support", "Acme.SUPPORT", "Acme.PromptGen", "Acme.ItemContract", "Acme.System", "Acme.@class"];
    private static readonly string[] s_scalars = ["int", "string", "string?", "double", "decimal", "bool", "long?", "Guid", "DateTimeOffset", "List<int>", "string[]", "Dictionary<string, int>", "(int A, string B)"];
    private static readonly string[] s_texts = ["a", @"a\nb", @"a\""b", "*/", "//", @"\u2028", @"\\", "«a»", "", @"\""\""\""", "ID", "Id", "{0}"];
    private static readonly string[] s_numbers = ["-1", "0", "1", "0.5", "1e28", "1e300", "double.NaN", "double.PositiveInfinity", "double.MinValue", "int.MaxValue"];
    private static readonly string[] s_integers = ["-1", "0", "1", "7", "int.MinValue", "int.MaxValue"];

    private readonly Random _random;
    private readonly string[] _names;
    private readonly List<string> _types = [];
    private readonly StringBuilder _source = new();

    private HostileProgram(int seed)
    {
        _random = new Random(seed);

        // Few names, so that they collide; each also in another case, as a member of the generator's or with an underscore.
        _names = [.. Enumerable.Range(0, 6).SelectMany(_ => Variants(Pick(HostileDeclarations.Words)))];
    }

    public static HostileDeclaration Of(int seed)
    {
        var program = new HostileProgram(seed);
        program.Write();
        return new HostileDeclaration("seed " + seed.ToString(CultureInfo.InvariantCulture), [program._source.ToString()], "*");
    }

    private void Write()
    {
        Line($"namespace {Pick(s_spaces)};");
        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            WriteOutput();
        }

        WriteCatalog();
        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            WriteClass();
        }
    }

    private void WriteOutput()
    {
        var name = New(_types);
        var members = Distinct(_random.Next(1, 5), name);
        switch (_random.Next(4))
        {
            case 0:
                Line($"{Obsolete()}public enum {name} {{ {string.Join(", ", members.Select(member => $"{Maybe($"[JsonStringEnumMemberName(\"{Pick(s_texts)}\")] ")}{Obsolete()}{member}"))} }}");
                break;
            case 1:
                Line($"{Obsolete()}public class {name} {{ {string.Concat(members.Select(member => $"{Obsolete()}{MemberAttributes("")}public {Type()} {member} {{ get; set; }} = default!; "))}}}");
                break;
            default:
                Line($"{Obsolete()}public record {name}({string.Join(", ", members.Select(member => $"{MemberAttributes("property: ")}{Type()} {member}"))});");
                break;
        }

        _types.Add(name);
    }

    private void WriteCatalog()
    {
        var fields = Distinct(3, "Models");
        string[] tiers = ["Fast", "General", "Deep"];
        Line($$"""[ModelCatalog] {{Maybe("file ", "public ")}}static class Models { {{string.Concat(fields.Select((field, index) => $"[Model(\"openai\", Tier.{tiers[index]}{Maybe($", InputPrice = {Pick(s_numbers)}")}{Maybe($", ContextWindow = {Pick(s_integers)}")})] public const string {field} = \"m{index}{Pick(s_texts)}\"; "))}}}""");
    }

    private void WriteClass()
    {
        var name = New(_types);
        _types.Add(name);
        var around = Chance(4) ? New(_types) : null;
        var ancestor = Chance(4) ? New(_types) : null;
        if (ancestor is not null)
        {
            _types.Add(ancestor);
            Line($"public class {ancestor} {{ {string.Concat(Distinct(2, ancestor).Select(member => $"protected int {member} = 1; "))}}}");
        }

        if (around is not null)
        {
            _types.Add(around);
            Line($"public partial class {around} {{");
        }

        var members = Distinct(_random.Next(1, 5), name);
        var (runtime, constructor) = _random.Next(4) switch
        {
            0 => ($"(PromptRuntime {Pick(_names)})", ""),
            1 => ("", $"private readonly PromptRuntime {members[0]}; public {name}(PromptRuntime runtime) => this.{members[0]} = runtime; "),
            2 => ("", $"{Obsolete()}public {name}(PromptRuntime runtime, int number = 1) => _prompts = runtime; "),
            _ => ("", ""),
        };
        Line($"{Obsolete()}public {Maybe("sealed ", "")}partial class {name}{runtime}{(ancestor is null ? "" : " : " + ancestor)} {{");
        Line(constructor);
        foreach (var member in members.Skip(1))
        {
            Line(_random.Next(3) switch
            {
                0 => $"public int {member} => 1;",
                1 => $"public sealed class {member};",
                _ => $"{Obsolete()}private static bool {member}({Type()} value) => true;",
            });
        }

        var prompts = Distinct(_random.Next(1, 4), name, [.. members]);
        foreach (var prompt in prompts)
        {
            WritePrompt(prompt, members);
        }

        Line(around is null ? "}" : "} }");
    }

    private void WritePrompt(string name, string[] members)
    {
        var parameters = Distinct(_random.Next(0, 4), "");
        var result = Chance(3) ? "string" : Type();
        var returns = _random.Next(6) switch
        {
            0 => $"IAsyncEnumerable<{result}>",
            1 => $"Task<PromptResult<{result}>>",
            2 => $"ValueTask<{result}>",
            _ => $"Task<{result}>",
        };
        var uses = string.Concat(parameters.Select(parameter => $"«json {parameter.TrimStart('@')}»"));
        Line($"{Obsolete()}[RoutedPrompt(Tier.Fast{Maybe(", EscalateTo = Tier.General")}{Maybe($", Repairs = {Pick(s_integers)}")}{Rarely($", Temperature = {Pick(s_numbers)}")}{Maybe($", Name = \"{Pick(s_texts)}\"")})]");
        Line($"[PromptTemplate(\"{uses}\")]{Rarely($"[AcceptIf(\"{Pick(members).TrimStart('@')}\")]")}{Rarely($"[Fallback(\"{Pick(members).TrimStart('@')}\")]")}{Rarely($"[AcceptWhen(\"{Pick(_names).TrimStart('@')}\", AtLeast = {Pick(s_numbers)})]")}{Rarely($"[Budget({Pick(s_numbers)})]")}");
        Line($"public partial {returns} {name}({string.Join(", ", parameters.Select(parameter => $"{(Chance(6) ? "CancellationToken" : Type())} {parameter}"))});");
        if (Chance(3))
        {
            Line($"[RoutedPrompt(Tier.Fast), PromptTemplate(\"«json q»\")] public partial Task<string> {name}({Type()}[][] q);");
        }
    }

    private string MemberAttributes(string target) =>
        Rarely($"[{target}JsonPropertyName(\"{Pick(s_texts)}\")] ") + Rarely($"[{target}Range({Pick(s_numbers)}, 1e3)] ") + Rarely($"[{target}Description(\"{Pick(s_texts)}\")] ") + Rarely($"[{target}MaxLength({Pick(s_integers)})] ");

    private string Obsolete() => _random.Next(10) switch
    {
        0 => "[Obsolete(\"no\", true)] ",
        1 => "[Obsolete] ",
        _ => "",
    };

    private string Type() => _types.Count > 0 && Chance(2) ? Pick([.. _types]) : Pick(s_scalars);

    private string New(List<string> taken) => Distinct(1, "", [.. taken, "Models"])[0];

    /// <summary>A number of distinct names that are not among those given.</summary>
    private string[] Distinct(int count, string other, string[]? taken = null)
    {
        var known = (taken ?? []).Append(other).Select(static name => name.TrimStart('@')).ToHashSet(StringComparer.Ordinal);
        var names = new List<string>();
        while (names.Count < count)
        {
            var name = Pick(_names);
            while (!known.Add(name.TrimStart('@')))
            {
                name += "1";
            }

            names.Add(name);
        }

        return [.. names];
    }

    private static string[] Variants(string word)
    {
        var bare = word.TrimStart('@');
        return [word, "@" + bare, bare.ToUpperInvariant() + "X", bare + "Prompt", bare + "Route", bare + "Template", bare + "_", bare + "1"];
    }

    private string Maybe(string text, string otherwise = "") => Chance(2) ? text : otherwise;

    private string Rarely(string text) => Chance(5) ? text : "";

    private bool Chance(int of) => _random.Next(of) == 0;

    private T Pick<T>(T[] items) => items[_random.Next(items.Length)];

    private void Line(string line) => _source.AppendLine(line);
}
