using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using PromptGen.Generators;
using PromptGen.Generators.Tests.Harness;
using static PromptGen.Benchmarks.ThreadTime;

namespace PromptGen.Benchmarks;

/// <summary>
/// What a build pays for the analyzers, above one that only looks at every type and method, beside what it pays for the generator: per prompt in projects of 1,000 to
/// 10,000 prompts, and per KB of template. Generated code is left out: no analyzer reads it, and the compiler would spend most of the time on it.
/// </summary>
internal static class AnalyzerScale
{
    private const int Rounds = 5;
    private const double MostGrowth = 1.3;

    /// <returns>Whether the cost per prompt is the same for many prompts, and that per KB the same for long templates.</returns>
    public static async Task<bool> RunAsync()
    {
        await MeasureAsync(500, 4);
        var prompts = new List<double>();
        foreach (var count in new[] { 1_000, 3_000, 10_000 })
        {
            var cost = await MeasureAsync(count, 0);
            prompts.Add(cost.Analyzers);
            Console.WriteLine($"{count,6:N0} prompts             generator {cost.Generator,7:F0} µs   visit {cost.Visit,6:F0} µs   analyzers {cost.Analyzers,7:F0} µs per prompt");
        }

        var kilobytes = new List<double>();
        var shortest = await MeasureAsync(100, 0);
        foreach (var length in new[] { 16, 64, 256 })
        {
            var cost = await MeasureAsync(100, length);
            kilobytes.Add((cost.Analyzers - shortest.Analyzers) / length);
            Console.WriteLine(
                $"   100 prompts of {length,3} KB   generator {(cost.Generator - shortest.Generator) / length,7:F1} µs   visit {(cost.Visit - shortest.Visit) / length,6:F1} µs   analyzers {kilobytes[^1],7:F1} µs per KB");
        }

        return prompts[^1] <= MostGrowth * prompts[0] && kilobytes[^1] <= MostGrowth * kilobytes[0];
    }

    /// <summary>Processor time per prompt, the first quartile of rounds in which the three take turns: other processes only add to it.</summary>
    private static async Task<(double Generator, double Visit, double Analyzers)> MeasureAsync(int prompts, int kilobytes)
    {
        var project = GeneratorCorpus.Compile(Corpus.Annotated, prompts, kilobytes);
        var generator = new List<double>();
        var visit = new List<double>();
        var all = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            generator.Add(await TimeAsync(project, static compilation =>
            {
                CSharpGeneratorDriver.Create([new PromptGenerator().AsSourceGenerator()], parseOptions: GeneratorCorpus.Options).RunGenerators(compilation);
                return Task.CompletedTask;
            }));
            visit.Add(await TimeAsync(project, static compilation => Analysis.JudgeAsync(compilation, [], new Visit())));
            all.Add(await TimeAsync(project, static compilation => Analysis.JudgeAsync(compilation, [])));
        }

        return (Quartile(generator) / prompts, Quartile(visit) / prompts, (Quartile(all) - Quartile(visit)) / prompts);
    }

    private static async Task<double> TimeAsync(Compilation project, Func<Compilation, Task> work)
    {
        // A clone has symbols of its own, so that nothing is read before. All declarations are bound: the compiler needs them whether anything analyzes them or not.
        var compilation = project.Clone();
        _ = compilation.GetDeclarationDiagnostics();
        GC.Collect();
        var time = Environment.CpuUsage.TotalTime;
        await work(compilation);
        return (Environment.CpuUsage.TotalTime - time).TotalMicroseconds;
    }

    /// <summary>The least that an analyzer of prompts can do.</summary>
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class Visit : DiagnosticAnalyzer
    {
        private static readonly DiagnosticDescriptor s_none = new("X0001", "Visit", "Visited", "Benchmark", DiagnosticSeverity.Hidden, isEnabledByDefault: true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [s_none];

        public override void Initialize(AnalysisContext context)
        {
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.EnableConcurrentExecution();
            context.RegisterSymbolAction(static symbol => symbol.Symbol.GetAttributes(), SymbolKind.Method, SymbolKind.NamedType);
        }
    }
}
