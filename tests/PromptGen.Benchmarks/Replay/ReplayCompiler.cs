using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using PromptGen.Evaluation;
using PromptGen.Generators;

namespace PromptGen.Benchmarks.Replay;

/// <summary>Writes a prompt class for the strategies and models of a run, has the generator write its clients, compiles and loads it.</summary>
internal static class ReplayCompiler
{
    private static readonly CSharpParseOptions s_options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp12);

    private static int s_compiled;

    /// <summary>Compiles the prompts.</summary>
    /// <param name="select">Which answer to a question a judge selects; null = none.</param>
    public static IReplayDesk Compile(AnswerMetric metric, IReadOnlyList<ReplayStrategy> strategies, IReadOnlyList<ReplayModel> members, ReplayModel strong, PromptRuntime prompts, Func<string, string?> select)
    {
        var compilation = CSharpCompilation.Create(
            "Replay" + Interlocked.Increment(ref s_compiled).ToString(CultureInfo.InvariantCulture),
            [CSharpSyntaxTree.ParseText(SourceText.From(Source(metric, strategies, members, strong), Encoding.UTF8), s_options, "Desk.cs")],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, optimizationLevel: OptimizationLevel.Release));
        CSharpGeneratorDriver.Create([new PromptGenerator().AsSourceGenerator()], parseOptions: s_options).RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);
        using var image = new MemoryStream();
        var result = generated.Emit(image);
        if (!result.Success)
        {
            throw new InvalidOperationException("The prompts of the replay do not compile: " + string.Join("; ", result.Diagnostics.Where(static one => one.Severity == DiagnosticSeverity.Error).Take(5)));
        }

        var assembly = AssemblyLoadContext.Default.LoadFromStream(new MemoryStream(image.ToArray()));
        return (IReplayDesk)Activator.CreateInstance(assembly.GetType("Replay.Desk")!, BindingFlags.Instance | BindingFlags.Public, null, [prompts, select], null)!;
    }

    private static string Source(AnswerMetric metric, IReadOnlyList<ReplayStrategy> strategies, IReadOnlyList<ReplayModel> members, ReplayModel strong)
    {
        var source = new StringBuilder("""
            using System.Collections.Generic;
            using System.Threading.Tasks;
            using PromptGen;

            namespace Replay;

            [ModelCatalog]
            public static class Models
            {

            """);
        for (var i = 0; i < members.Count; i++)
        {
            Model(source, $"M{i}", "Fast", members[i]);
        }

        Model(source, "Strong", "Deep", strong);
        source.Append("}\n\n").Append(OutputType(metric)).Append("\n\npublic sealed partial class Desk(PromptRuntime prompts, System.Func<string, string?> select) : global::PromptGen.Benchmarks.Replay.IReplayDesk\n{\n");
        for (var i = 0; i < strategies.Count; i++)
        {
            source.Append(CultureInfo.InvariantCulture, $"    {strategies[i].Attributes} [PromptTemplate(\"{{{{question}}}}\")]\n    public partial Task<PromptResult<Solution>> Ask{i}Async(string question);\n\n");
        }

        source.Append("    public async Task<(string, IReadOnlyList<PromptAttempt>)> AskAsync(string strategy, string question) => Of(await (strategy switch\n    {\n");
        for (var i = 0; i < strategies.Count; i++)
        {
            source.Append(CultureInfo.InvariantCulture, $"        {SymbolDisplay.FormatLiteral(strategies[i].Name, quote: true)} => Ask{i}Async(question),\n");
        }

        return source.Append(CultureInfo.InvariantCulture, $$"""
                    _ => throw new System.ArgumentException(strategy),
                }));

                private int {{ReplayStrategy.Select}}(string question, IReadOnlyList<Solution> candidates)
                {
                    var selected = select(question);
                    for (var i = 0; i < candidates.Count; i++)
                    {
                        if (candidates[i].Answer == selected)
                        {
                            return i;
                        }
                    }

                    return -1;
                }

                private static (string, IReadOnlyList<PromptAttempt>) Of(PromptResult<Solution> result) => (result.Value.Answer, result.Attempts);
            }
            """).ToString();
    }

    /// <summary>The output type of the replayed prompts: answers that mean the same are equal, so that they are one vote.</summary>
    private static string OutputType(AnswerMetric metric) => $$"""
        public sealed record Solution
        {
            private static readonly global::PromptGen.Evaluation.AnswerMetric s_metric = global::PromptGen.Evaluation.AnswerMetric.Create("{{metric.Name}}", []);

            private readonly string _answer = "";

            public required string Reasoning { get; init; }

            public required string Answer
            {
                get => _answer;
                init => _answer = s_metric.Normalize(value);
            }
        }
        """;

    private static void Model(StringBuilder source, string field, string tier, ReplayModel model) => source.Append(
        CultureInfo.InvariantCulture,
        $"    [Model(\"replay\", Tier.{tier}, {(model.InputPrice is { } input ? string.Create(CultureInfo.InvariantCulture, $"InputPrice = {input}, OutputPrice = {model.OutputPrice}, ") : "")}MaxOutputTokens = 100000)] public const string {field} = {SymbolDisplay.FormatLiteral(model.Id, quote: true)};\n");
}

/// <summary>A replayed model with its prices.</summary>
/// <param name="Id">Its id, which is the name of the file with its outputs.</param>
/// <param name="InputPrice">USD per million tokens of input; null = unknown.</param>
/// <param name="OutputPrice">USD per million tokens of output; null = unknown.</param>
internal sealed record ReplayModel(string Id, double? InputPrice, double? OutputPrice);
