using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using PromptGen.Generators.Routing;
using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Pipeline;

/// <summary>A project under the generator: runs it, edits a file, runs it again with what it kept.</summary>
internal sealed class Generation
{
    private GeneratorDriver _driver;

    public Generation(string[] sources, params (string Path, string Text)[] files)
        : this(Compile.Sources(sources), files)
    {
    }

    public Generation(string[] sources, MetadataReference library)
        : this(Compile.Sources(sources).AddReferences(library), [])
    {
    }

    private Generation(CSharpCompilation compilation, (string Path, string Text)[] files, bool isTracked = true)
    {
        Compilation = compilation;
        _driver = CSharpGeneratorDriver.Create(
            [new PromptGenerator().AsSourceGenerator()],
            files.Select(static file => new PromptFile(file.Path, file.Text)),
            (CSharpParseOptions)Compilation.SyntaxTrees[0].Options,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: isTracked));
        Run();
    }

    /// <summary>A project of any size: the driver's record of steps, which takes time by the square of it, is off.</summary>
    public static Generation Large(params string[] sources) => new(Harness.Compile.Sources(sources), [], isTracked: false);

    public CSharpCompilation Compilation { get; private set; }

    /// <summary>The project with what was generated.</summary>
    public Compilation Output { get; private set; } = null!;

    public GeneratorRunResult Result { get; private set; }

    /// <summary>The generated files by name. The assembly's name, which differs in every compilation, reads <c>Acme</c>.</summary>
    public ImmutableSortedDictionary<string, string> Files => Result.GeneratedSources.ToImmutableSortedDictionary(
        static file => file.HintName,
        file => file.SourceText.ToString().Replace(Compilation.AssemblyName!, "Acme", StringComparison.Ordinal),
        StringComparer.Ordinal);

    /// <summary>Replaces text in the source file of that number and runs again.</summary>
    public Generation Edit(int source, string old, string replacement)
    {
        // The first tree holds the harness's usings.
        var tree = Compilation.SyntaxTrees[source + 1];
        var text = tree.GetText().ToString();
        Assert.Contains(old, text, StringComparison.Ordinal);
        Compilation = Compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(text.Replace(old, replacement, StringComparison.Ordinal), Encoding.UTF8)));
        return Run();
    }

    /// <summary>Makes this the one additional file and runs again.</summary>
    public Generation Edit(string path, string text)
    {
        _driver = _driver.ReplaceAdditionalTexts([new PromptFile(path, text)]);
        return Run();
    }

    /// <summary>Makes these the additional files and runs again.</summary>
    public Generation Edit(params (string Path, string Text)[] files)
    {
        _driver = _driver.ReplaceAdditionalTexts([.. files.Select(static file => new PromptFile(file.Path, file.Text))]);
        return Run();
    }

    /// <summary>Builds against another version of the one library and runs again.</summary>
    public Generation Replace(MetadataReference library)
    {
        Compilation = Compilation.ReplaceReference(Compilation.References.Last(), library);
        return Run();
    }

    public Generation Run()
    {
        _driver = _driver.RunGeneratorsAndUpdateCompilation(Compilation, out var output, out _);
        Output = output;
        Result = _driver.GetRunResult().Results.Single();
        Assert.Null(Result.Exception);
        return this;
    }

    /// <summary>Why each output of a step is as it is, for the plans of one method where it is named.</summary>
    public IncrementalStepRunReason[] Reasons(string step, string? method = null) =>
        [.. Steps(step).SelectMany(static run => run.Outputs).Where(output => method is null || output.Value is PromptPlan plan && plan.Declaration.Name == method).Select(static output => output.Reason)];

    /// <summary>Why each generated file is as it is.</summary>
    public IncrementalStepRunReason[] OutputReasons() =>
        [.. Result.TrackedOutputSteps.SelectMany(static step => step.Value).SelectMany(static run => run.Outputs).Select(static output => output.Reason)];

    public ImmutableArray<IncrementalGeneratorRunStep> Steps(string step) =>
        Result.TrackedSteps.TryGetValue(step, out var runs) ? runs : [];
}
