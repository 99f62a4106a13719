using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Growth;

/// <summary>A project of any size, and what generator and analyzers take for it.</summary>
internal sealed record Project(string Source, params (string Path, string Text)[] Files)
{
    private const string Catalog = """
        [ModelCatalog] public static class Models
        {
            [Model("openai", Tier.Fast, InputPrice = 1, OutputPrice = 1, MaxOutputTokens = 100, ContextWindow = 1000)] public const string A = "gpt-2024-07-18";
            [Model("anthropic", Tier.General, InputPrice = 2, OutputPrice = 2, MaxOutputTokens = 100, ContextWindow = 1000)] public const string B = "claude-20241022";
        }

        """;

    /// <summary>One prompt with this inline template.</summary>
    public static Project OfTemplate(string template, string parameters = "string a, List<string> items, Order o") => Of($$"""
        public record Order(string Name, Order? Next, List<Order> Lines);
        public partial class Desk
        {
            [RoutedPrompt(Tier.Fast)] [PromptTemplate({{SymbolDisplay.FormatLiteral(template, quote: true)}})] public partial Task<string> AskAsync({{parameters}});
        }
        """);

    /// <summary>One prompt whose answer is of this type.</summary>
    public static Project OfOutput(string type, string declarations = "") => Of($$"""
        {{declarations}}
        public partial class Desk
        {
            [RoutedPrompt(Tier.Fast)] [PromptTemplate("x")] public partial Task<{{type}}> AskAsync();
        }
        """);

    /// <summary>One prompt with this schema file.</summary>
    public static Project OfSchema(string schema, params (string Path, string Text)[] others) => new(
        Catalog + """
        public partial class Desk
        {
            [RoutedPrompt(Tier.Fast)] [PromptTemplate("x")] [OutputSchema("a.schema.json")] public partial Task<System.Text.Json.JsonElement> AskAsync();
        }
        """,
        [("/x/a.schema.json", schema), .. others]);

    /// <summary>Declarations beside a catalog of two models.</summary>
    public static Project Of(string source, params (string Path, string Text)[] files) => new(Catalog + source, files);

    /// <summary>Declarations beside a catalog of this many models, all of one tier.</summary>
    public static Project OfModels(int models, string source) => new($$"""
        [ModelCatalog] public static class Models
        {
            {{Join("\n", models, static i => $"[Model(\"p{i % 7}\", Tier.Fast, InputPrice = 1, OutputPrice = 1, MaxOutputTokens = 100, ContextWindow = 1000)] public const string M{i} = \"model-{i}-2024-07-18\";")}}
        }

        {{source}}
        """);

    public static string Join(string separator, int count, Func<int, FormattableString> part) =>
        string.Join(separator, Enumerable.Range(0, count).Select(i => part(i).ToString(CultureInfo.InvariantCulture)));

    public static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    /// <summary>What generator and analyzers say of it.</summary>
    public Diagnostic[] Judge(CSharpCompilation compilation)
    {
        AdditionalText[] files = [.. Files.Select(static file => new PromptFile(file.Path, file.Text))];
        Analysis.Generate(compilation, files, out var failures);

        // Of the project as it is written: how the compiler copes with the generated code is not the question.
        return [.. failures, .. Analysis.JudgeAsync(compilation, files).GetAwaiter().GetResult()];
    }

    /// <summary>The compilation, bound: what the compiler takes for the project itself does not count.</summary>
    public CSharpCompilation Compile()
    {
        var compilation = Harness.Compile.Sources(Source);
        compilation.GetDiagnostics();
        return compilation;
    }

    /// <summary>The least that generator and analyzers took in a few readings.</summary>
    /// <param name="readings">How many readings there are.</param>
    /// <param name="until">What is little enough to end the readings; null = all are taken.</param>
    public Work Measure(int readings = 1, Work? until = null)
    {
        var least = Read();
        for (var reading = 1; reading < readings && !(until is { } bound && least.Time <= bound.Time && least.Bytes <= bound.Bytes); reading++)
        {
            var next = Read();
            least = new Work(next.Time < least.Time ? next.Time : least.Time, Math.Min(least.Bytes, next.Bytes));
        }

        return least;
    }

    private Work Read()
    {
        var compilation = Compile();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        Judge(compilation);
        return new Work(watch.Elapsed, GC.GetTotalAllocatedBytes(precise: true) - allocated);
    }
}

/// <summary>What was spent.</summary>
internal readonly record struct Work(TimeSpan Time, long Bytes);
