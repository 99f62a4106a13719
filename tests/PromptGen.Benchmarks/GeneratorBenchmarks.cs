using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using PromptGen.Generators;

namespace PromptGen.Benchmarks;

/// <summary>A project of 1,000 prompt methods, each with an output record of six members: what the generator costs per prompt.</summary>
[MemoryDiagnoser]
public class GeneratorBenchmarks
{
    private const int Prompts = 1_000;

    private CSharpCompilation _compilation = null!;
    private CSharpCompilation _fresh = null!;
    private GeneratorDriver _warm = null!;
    private SyntaxTree _unrelated = null!;
    private Dictionary<string, string[]> _generated = null!;
    private int _edit;

    [Params(Corpus.Plain, Corpus.Annotated)]
    public Corpus Corpus { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _compilation = NewCompilation();
        _unrelated = _compilation.SyntaxTrees[0];
        _warm = NewDriver().RunGenerators(_compilation);
        _generated = _warm.GetRunResult().Results[0].GeneratedSources
            .GroupBy(static file => string.Join('.', file.HintName.Split('.').Take(2)))
            .ToDictionary(static group => group.Key, static group => group.Select(static file => file.SourceText.ToString()).ToArray());
    }

    /// <summary>A compilation whose files are parsed again, so that no analysis of it is cached.</summary>
    [IterationSetup(Targets = [nameof(Cold), nameof(CompilerAlone)])]
    public void SetupCold() => _fresh = NewCompilation();

    /// <summary>The part of a build's bill that is the compiler's: finding and binding the attributed methods, parsing the text that was generated before.</summary>
    [Benchmark(OperationsPerInvoke = Prompts)]
    public GeneratorDriver CompilerAlone() => CSharpGeneratorDriver.Create([new ReplayGenerator(_generated).AsSourceGenerator()], parseOptions: GeneratorCorpus.Options).RunGenerators(_fresh);

    /// <summary>What a build pays: every symbol bound, everything read, planned and written once.</summary>
    [Benchmark(OperationsPerInvoke = Prompts)]
    public GeneratorDriver Cold() => NewDriver().RunGenerators(_fresh);

    /// <summary>What an editor pays for a keystroke in a file without prompts.</summary>
    [Benchmark(OperationsPerInvoke = Prompts)]
    public GeneratorDriver UnrelatedEdit() => _warm.RunGenerators(_compilation.ReplaceSyntaxTree(
        _unrelated,
        GeneratorCorpus.Parse($"class Unrelated {{ int field{_edit++}; }}", "Unrelated.cs")));

    private CSharpCompilation NewCompilation() => GeneratorCorpus.Compile(Corpus, Prompts);

    private static CSharpGeneratorDriver NewDriver() => CSharpGeneratorDriver.Create([new PromptGenerator().AsSourceGenerator()], parseOptions: GeneratorCorpus.Options);
}
