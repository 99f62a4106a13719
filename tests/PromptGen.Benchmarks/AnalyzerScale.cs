using System.Collections.Immutable;
using System.Globalization;
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
    private const double MostGrowth = 1.3;

    /// <summary>How often a project is measured: large ones take minutes, and vary less.</summary>
    private static readonly (int Prompts, int Kilobytes, int Rounds)[] s_projects = [(1_000, 0, 5), (3_000, 0, 3), (10_000, 0, 2), (100, 0, 9), (100, 1, 9), (100, 10, 5), (100, 50, 3), (100, 100, 3)];

    /// <param name="project">Prompts, kilobytes and rounds of the project that is measured in this process; empty = all, each in a process of its own.</param>
    /// <returns>0 where the cost per prompt is the same for many prompts, and that per KB the same for long templates; 1 otherwise.</returns>
    public static async Task<int> RunAsync(string[] project)
    {
        if (project is [var prompts, var kilobytes, var rounds])
        {
            await MeasureAsync(50, 4, 2);
            Console.WriteLine(await MeasureAsync(int.Parse(prompts, CultureInfo.InvariantCulture), int.Parse(kilobytes, CultureInfo.InvariantCulture), int.Parse(rounds, CultureInfo.InvariantCulture)));
            return 0;
        }

        var perPrompt = new List<double>();
        var perKilobyte = new List<double>();
        (Cost Cost, int Length) shorter = default;
        foreach (var (count, length, times) in s_projects)
        {
            var cost = await RunAloneAsync([Text(count), Text(length), Text(times)]);
            Console.WriteLine($"{count,6:N0} prompts {(length == 0 ? "" : $"of {length} KB"),9}   {cost.In("per prompt", 1)}");
            if (count > 100)
            {
                perPrompt.Add(cost.Analyzers);
            }
            else if (length > 0)
            {
                var longer = cost - shorter.Cost;
                perKilobyte.Add(longer.Analyzers / (length - shorter.Length));
                Console.WriteLine($"{"each further KB",28}   {longer.In("per KB", length - shorter.Length)}");
            }

            shorter = (cost, length);
        }

        // What a few KB cost is within the noise: only those of the two longest templates are compared.
        return perPrompt[^1] <= MostGrowth * perPrompt[0] && perKilobyte[^1] <= MostGrowth * perKilobyte[^2] ? 0 : 1;
    }

    /// <summary>Measures one project alone: neither the just-in-time compiler nor most collections are a part of the times.</summary>
    private static async Task<Cost> RunAloneAsync(string[] project) => Cost.Parse(await OwnProcess.RunAsync(
        ["analyzers", .. project], ("DOTNET_TieredCompilation", "0"), ("DOTNET_gcConcurrent", "0"), ("DOTNET_GCgen0size", "10000000")));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Processor time per prompt, the first quartile of rounds in which the three take turns: other processes only add to it.</summary>
    private static async Task<Cost> MeasureAsync(int prompts, int kilobytes, int rounds)
    {
        var project = GeneratorCorpus.Compile(Corpus.Annotated, prompts, kilobytes);
        var generator = new List<double>();
        var visit = new List<double>();
        var all = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            generator.Add(await TimeAsync(project, static compilation =>
            {
                CSharpGeneratorDriver.Create([new PromptGenerator().AsSourceGenerator()], parseOptions: GeneratorCorpus.Options).RunGenerators(compilation);
                return Task.CompletedTask;
            }));
            visit.Add(await TimeAsync(project, static compilation => Analysis.JudgeAsync(compilation, [], new Visit())));
            all.Add(await TimeAsync(project, static compilation => Analysis.JudgeAsync(compilation, [])));
        }

        return new Cost(Quartile(generator) / prompts, Quartile(visit) / prompts, (Quartile(all) - Quartile(visit)) / prompts);
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

    /// <summary>Microseconds of processor time per prompt.</summary>
    private readonly record struct Cost(double Generator, double Visit, double Analyzers)
    {
        public static Cost operator -(Cost one, Cost other) => new(one.Generator - other.Generator, one.Visit - other.Visit, one.Analyzers - other.Analyzers);

        public static Cost Parse(string text) =>
            text.Split(' ').Select(static number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray() is [var generator, var visit, var analyzers] ? new Cost(generator, visit, analyzers) : throw new FormatException(text);

        public string In(string unit, int divisor) => string.Create(CultureInfo.InvariantCulture, $"generator {Generator / divisor,8:N1} µs   visit {Visit / divisor,8:N1} µs   analyzers {Analyzers / divisor,8:N1} µs {unit}");

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Generator} {Visit} {Analyzers}");
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
