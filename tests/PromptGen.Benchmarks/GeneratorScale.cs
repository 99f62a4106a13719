using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PromptGen.Generators;

namespace PromptGen.Benchmarks;

/// <summary>
/// What an edit costs in projects of 1,000 to 10,000 prompts, above a generator that only searches the attribute, in one process. Ends with 1 where
/// the own share per prompt grows with their number, or is above its bound.
/// </summary>
internal static class GeneratorScale
{
    private const int Edits = 8;

    private const double MostMicroseconds = 60;
    private const double MostKilobytes = 8;
    private const double MostGrowth = 1.3;

    // Below this, what is compared is the noise.
    private const double Noise = 10;

    public static int Run()
    {
        // Until the compiler's own code is compiled and optimized.
        Print("warm-up", Measure(new AttributeSearch(), 1_000), Measure(new PromptGenerator(), 1_000));
        Cost[] own =
        [
            .. new[] { 1_000, 3_000, 10_000 }.Select(static prompts =>
            {
                var search = Measure(new AttributeSearch(), prompts);
                var all = Measure(new PromptGenerator(), prompts);
                return Print($"{prompts:N0} prompts", search, all);
            }),
        ];
        var (first, last) = (own[0], own[^1]);
        return own.Any(static cost => cost.Unrelated > MostMicroseconds || cost.Own > MostMicroseconds || cost.UnrelatedKilobytes > MostKilobytes || cost.OwnKilobytes > MostKilobytes)
            || last.Unrelated > Math.Max(MostGrowth * first.Unrelated, Noise)
            || last.Own > Math.Max(MostGrowth * first.Own, Noise)
            ? 1
            : 0;
    }

    private static Cost Print(string name, Cost search, Cost all)
    {
        var own = new Cost(
            all.Unrelated - search.Unrelated,
            all.UnrelatedKilobytes - search.UnrelatedKilobytes,
            all.Own - search.Own,
            all.OwnKilobytes - search.OwnKilobytes,
            all.Heap - search.Heap);
        foreach (var (part, cost) in new[] { ("search", search), ("all", all), ("own share", own) })
        {
            Console.WriteLine(
                $"{name,-15} {part,-10} unrelated edit {cost.Unrelated,6:F1} µs {cost.UnrelatedKilobytes,5:F1} KB   edit of a prompt {cost.Own,6:F1} µs {cost.OwnKilobytes,5:F1} KB   heap {cost.Heap,5:F1} KB");
        }

        return own;
    }

    private static Cost Measure(IIncrementalGenerator generator, int prompts)
    {
        var compilation = GeneratorCorpus.Compile(Corpus.Plain, prompts);
        var empty = Heap();
        GeneratorDriver driver = CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: GeneratorCorpus.Options);
        driver = driver.RunGenerators(compilation);
        var number = 0;
        var unrelated = Quartile(prompts, () => Edit(0, _ => $"class Unrelated {{ int field{number++}; }}"));
        var own = Quartile(prompts, () => Edit(2 + (number * 37 % prompts), text => text.Replace("You triage", $"You triage{number++}", StringComparison.Ordinal)));
        var heap = (Heap() - empty) / 1024.0 / prompts;
        GC.KeepAlive(driver);
        GC.KeepAlive(compilation);
        return new Cost(unrelated.Microseconds, unrelated.Kilobytes, own.Microseconds, own.Kilobytes, heap);

        // As an editor does, from the edited project on.
        void Edit(int file, Func<string, string> change)
        {
            var tree = compilation.SyntaxTrees[file];
            compilation = compilation.ReplaceSyntaxTree(tree, GeneratorCorpus.Parse(change(tree.GetText().ToString()), tree.FilePath));
            driver = driver.RunGenerators(compilation);
        }
    }

    /// <summary>Processor time and allocation per prompt, the lower quartile of a few edits: other processes only add to it.</summary>
    private static (double Microseconds, double Kilobytes) Quartile(int prompts, Action edit)
    {
        edit();
        var times = new double[Edits];
        var bytes = new double[Edits];
        for (var i = 0; i < Edits; i++)
        {
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var time = Environment.CpuUsage.TotalTime;
            edit();
            times[i] = (Environment.CpuUsage.TotalTime - time).TotalMicroseconds / prompts;
            bytes[i] = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1024.0 / prompts;
        }

        Array.Sort(times);
        Array.Sort(bytes);
        return (times[Edits / 4], bytes[Edits / 4]);
    }

    private static long Heap()
    {
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>Per prompt.</summary>
    private readonly record struct Cost(double Unrelated, double UnrelatedKilobytes, double Own, double OwnKilobytes, double Heap);

    /// <summary>The least that a generator of prompts can do.</summary>
    private sealed class AttributeSearch : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context)
        {
            var names = context.SyntaxProvider.ForAttributeWithMetadataName(
                "PromptGen.RoutedPromptAttribute",
                static (node, _) => node is MethodDeclarationSyntax,
                static (attributed, _) => attributed.TargetSymbol.Name);
            context.RegisterSourceOutput(
                names.Collect().Select(static (all, _) => all.Length),
                static (production, count) => production.AddSource("Count.g.cs", $"// {count}"));
        }
    }
}
