using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using PromptGen.Generators.Diagnostics;

namespace PromptGen.Generators.Tests.Harness;

/// <summary>Runs the generator, then all analyzers over what came out, as the compiler does.</summary>
internal static class Analysis
{
    /// <summary>The date by which retirement and age are judged in tests.</summary>
    public static readonly DateTime Today = new(2026, 1, 15, 0, 0, 0, DateTimeKind.Utc);

    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
    [
        .. typeof(PromptAnalyzer).Assembly.GetTypes()
            .Where(static type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract && type != typeof(LifecycleAnalyzer) && type != typeof(CatalogAnalyzer) && type != typeof(LearnedAnalyzer))
            .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
        new LifecycleAnalyzer(static () => Today),
        new CatalogAnalyzer(static () => Today),
        new LearnedAnalyzer(static () => Today),
    ];

    /// <summary>The project with what the generator adds. A failure is what it reports that is no diagnostic of a rule.</summary>
    public static Compilation Generate(CSharpCompilation compilation, IEnumerable<AdditionalText> files, out ImmutableArray<Diagnostic> failures)
    {
        var output = Run(compilation, files, out var reported);
        failures = [.. reported.Where(static diagnostic => !IsRule(diagnostic))];
        return output;
    }

    /// <summary>What the generator reports itself.</summary>
    public static Diagnostic[] ReportedByGenerator(CSharpCompilation compilation)
    {
        Run(compilation, [], out var reported);
        return [.. reported.Where(IsRule)];
    }

    private static Compilation Run(CSharpCompilation compilation, IEnumerable<AdditionalText> files, out ImmutableArray<Diagnostic> reported)
    {
        var options = (CSharpParseOptions)compilation.SyntaxTrees[0].Options;
        CSharpGeneratorDriver.Create([new PromptGenerator().AsSourceGenerator()], files, options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var output, out reported);
        return output;
    }

    private static bool IsRule(Diagnostic diagnostic) => diagnostic.Id.StartsWith("PG", StringComparison.Ordinal);

    /// <summary>What the analyzers say of a project with its generated code, in the order of the source.</summary>
    public static async Task<Diagnostic[]> JudgeAsync(Compilation output, IEnumerable<AdditionalText> files, params DiagnosticAnalyzer[] analyzers)
    {
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([.. files]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false);
        var diagnostics = await output.WithAnalyzers(analyzers.Length == 0 ? Analyzers : [.. analyzers], options).GetAnalyzerDiagnosticsAsync();
        return [.. diagnostics.OrderBy(static diagnostic => diagnostic.Location.GetLineSpan().Path, StringComparer.Ordinal)
            .ThenBy(static diagnostic => diagnostic.Location.SourceSpan.Start)
            .ThenBy(static diagnostic => diagnostic.Id, StringComparer.Ordinal)];
    }
}
