using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace PromptGen.Generators.Tests.Harness;

/// <summary>Compiles source text against everything that the tests themselves run on, PromptGen included.</summary>
internal static class Compile
{
    private static readonly Lazy<MetadataReference[]> s_references = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path))]);

    /// <summary>What the SDK leaves out of every build: a library compiled against an older version of a reference.</summary>
    private static readonly KeyValuePair<string, ReportDiagnostic>[] s_quiet = [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)];

    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Collections.Immutable;
        global using System.ComponentModel;
        global using System.ComponentModel.DataAnnotations;
        global using System.Linq;
        global using System.Text.Json.Serialization;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using PromptGen;
        """;

    /// <summary>A library of these files, with the usings that a program has plus those of contracts.</summary>
    public static CSharpCompilation Sources(params string[] sources) => Sources(LanguageVersion.Latest, sources);

    public static CSharpCompilation Sources(LanguageVersion version, params string[] sources)
    {
        var options = new CSharpParseOptions(version);
        return CSharpCompilation.Create(
            "Acme" + Guid.NewGuid().ToString("N"),
            sources.Prepend(Usings).Select((source, index) => CSharpSyntaxTree.ParseText(source, options, $"Source{index}.cs")),
            s_references.Value,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable,
                warningLevel: 9999,
                specificDiagnosticOptions: s_quiet));
    }

    /// <summary>The compilation as a library that other programs reference.</summary>
    public static PortableExecutableReference ToLibrary(this CSharpCompilation compilation)
    {
        using var image = new MemoryStream();
        if (compilation.Emit(image) is { Success: false } result)
        {
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
        }

        return MetadataReference.CreateFromImage(image.ToArray());
    }

    /// <summary>Adds a generated file.</summary>
    public static CSharpCompilation With(this CSharpCompilation compilation, string hintName, string source) =>
        compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(
            source,
            (CSharpParseOptions)compilation.SyntaxTrees[0].Options,
            hintName));

    /// <summary>Errors and warnings, as text.</summary>
    public static string[] Complaints(this Compilation compilation) =>
        [.. compilation.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !diagnostic.IsSuppressed)
            .Select(diagnostic => diagnostic.ToString())];
}
