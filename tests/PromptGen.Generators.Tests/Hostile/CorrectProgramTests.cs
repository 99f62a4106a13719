using Microsoft.CodeAnalysis;
using PromptGen.Generators.Tests.Harness;
using PromptGen.Generators.Tests.Pipeline;

namespace PromptGen.Generators.Tests.Hostile;

/// <summary>Correct programs have no diagnostic and compile without a warning.</summary>
public sealed class CorrectProgramTests
{
    private static readonly Dictionary<string, CorrectProgram> Programs = CorrectPrograms.All.ToDictionary(static program => program.Name, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Programs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Has_no_diagnostic(string name)
    {
        var program = Programs[name];
        var source = "namespace Acme;\n" + program.Source.Replace("«", "{{", StringComparison.Ordinal).Replace("»", "}}", StringComparison.Ordinal);
        string[] shared = source.Contains("[ModelCatalog]", StringComparison.Ordinal) ? [Sources.Triage] : [Sources.Triage, Sources.Models];
        AdditionalText[] files = program.File is var (path, text) ? [new PromptFile(path, text)] : [];
        var output = Analysis.Generate(Compile.Sources([.. shared, source]), files, out var failures);

        Assert.Empty(failures);
        Assert.Empty((await Analysis.JudgeAsync(output, files)).Where(static diagnostic => diagnostic.Severity > DiagnosticSeverity.Info).Select(static diagnostic => diagnostic.ToString()));
        Assert.Empty(output.Complaints());
    }
}
