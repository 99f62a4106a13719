using Microsoft.CodeAnalysis.CSharp;
using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Hostile;

/// <summary>A program that is right, or wrong in one way that a PG diagnostic names.</summary>
/// <param name="Name">What is hostile about it.</param>
/// <param name="Sources">Its files, beside the catalog and output type of the design in the namespace <c>Acme</c>; one that declares a catalog keeps that alone. <c>«…»</c> is a tag of a template.</param>
/// <param name="Diagnostic">The one error that is reported; null where the program is supported.</param>
internal sealed record HostileDeclaration(string Name, string[] Sources, string? Diagnostic = null)
{
    public LanguageVersion Language { get; init; } = LanguageVersion.Latest;

    /// <summary>The source of a library that is referenced as <c>Lib</c>, not globally.</summary>
    public string? Aliased { get; init; }

    /// <summary>Whether the program has errors of its own beside the diagnostic.</summary>
    public bool IsBroken { get; init; }

    public CSharpCompilation Compile()
    {
        string[] shared = Array.Exists(Sources, static source => source.Contains("[ModelCatalog", StringComparison.Ordinal)) ? [Pipeline.Sources.Triage] : [Pipeline.Sources.Triage, Pipeline.Sources.Models];
        var files = Array.ConvertAll<string, string>(Language < LanguageVersion.CSharp10 ? Sources : [.. shared, .. Sources], static source => source.Replace("«", "{{", StringComparison.Ordinal).Replace("»", "}}", StringComparison.Ordinal));
        var program = Harness.Compile.Sources(Language, files);
        if (Language < LanguageVersion.CSharp10)
        {
            // The harness's global usings are of C# 10.
            program = program.RemoveSyntaxTrees(program.SyntaxTrees[0]);
        }

        if (Aliased is null)
        {
            return program;
        }

        return program.AddReferences(Harness.Compile.Sources(Aliased).ToLibrary().WithAliases(["Lib"]));
    }

    public override string ToString() => Name;
}
