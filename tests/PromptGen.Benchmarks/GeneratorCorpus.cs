using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.Benchmarks;

/// <summary>What the prompts of a corpus look like.</summary>
public enum Corpus
{
    /// <summary>A route, a template, a record of six members of everyday types: what the figures of other generators were measured on.</summary>
    Plain,

    /// <summary>All of the design's example: bounds and an enum in the record, acceptance, budget, deadline.</summary>
    Annotated,
}

/// <summary>Projects of prompt methods, each with an output record of six members.</summary>
internal static class GeneratorCorpus
{
    public static readonly CSharpParseOptions Options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp12);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "PromptGen.dll" or "netstandard.dll" or "mscorlib.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>A new project: a file without prompts, the catalog, then a file for each prompt.</summary>
    /// <param name="corpus">What the prompts look like.</param>
    /// <param name="prompts">How many there are.</param>
    /// <param name="kilobytes">How much longer each template is.</param>
    public static CSharpCompilation Compile(Corpus corpus, int prompts, int kilobytes = 0) => CSharpCompilation.Create(
        "Corpus",
        [Parse("class Unrelated { }", "Unrelated.cs"), Parse(Catalog, "Models.cs"), .. Enumerable.Range(0, prompts).Select(i => Parse(Longer(corpus == Corpus.Plain ? Plain(i) : Annotated(i), kilobytes), $"Desk{i}.cs"))],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(SourceText.From(source, Encoding.UTF8), Options, path);

    private const string Catalog = """
        using PromptGen;
        namespace Corpus;
        [ModelCatalog]
        public static class Models
        {
            [Model("openai", Tier.Fast, InputPrice = 0.15, OutputPrice = 0.60, ContextWindow = 128_000, MaxOutputTokens = 16_384)]
            public const string Mini = "gpt-4o-mini-2024-07-18";
            [Model("anthropic", Tier.Fast, InputPrice = 0.80, OutputPrice = 4.00, ContextWindow = 200_000, MaxOutputTokens = 8_192)]
            public const string Haiku = "claude-3-5-haiku-20241022";
            [Model("anthropic", Tier.General, InputPrice = 3, OutputPrice = 15, ContextWindow = 200_000, MaxOutputTokens = 8_192)]
            public const string Sonnet = "claude-3-5-sonnet-20241022";
        }
        """;

    private static string Longer(string source, int kilobytes) => kilobytes == 0 ? source
        : source.Replace("{{ticket}}", string.Concat(Enumerable.Repeat("Answer for {{product}} in one sentence that an agent can act on, and say why.\n        ", kilobytes * 1024 / 80)) + "{{ticket}}", StringComparison.Ordinal);

    private static string Annotated(int number) => $$$""""
        using System.Collections.Generic;
        using System.ComponentModel.DataAnnotations;
        using System.Threading;
        using System.Threading.Tasks;
        using PromptGen;
        namespace Corpus;
        public enum Queue{{{Text(number)}}} { Billing, Account, Technical }
        public sealed record Triage{{{Text(number)}}}(
            Queue{{{Text(number)}}} Queue, [property: Range(1, 5)] int Urgency, [property: MaxLength(140)] string Summary,
            [property: Range(0, 1)] double Confidence, List<string> Tags, string? Owner);
        public sealed partial class Desk{{{Text(number)}}}
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 300)]
            [PromptTemplate("""
                {{role "system"}}
                You triage support tickets for {{product}}, number {{{Text(number)}}}.
                {{role "user"}}
                {{ticket}}
                """)]
            [AcceptWhen("Confidence", AtLeast = 0.8)]
            [Budget(0.05), Deadline(30)]
            public partial Task<Triage{{{Text(number)}}}> TriageAsync(string product, string ticket, CancellationToken cancellationToken = default);
        }
        """";

    private static string Plain(int number) => $$$""""
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using PromptGen;
        namespace Corpus;
        public sealed record Triage{{{Text(number)}}}(string Queue, int Urgency, string Summary, double Confidence, List<string> Tags, string? Owner);
        public sealed partial class Desk{{{Text(number)}}}
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General)]
            [PromptTemplate("""
                {{role "system"}}
                You triage support tickets for {{product}}, number {{{Text(number)}}}.
                {{role "user"}}
                {{ticket}}
                """)]
            public partial Task<Triage{{{Text(number)}}}> TriageAsync(string product, string ticket, CancellationToken cancellationToken = default);
        }
        """";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
