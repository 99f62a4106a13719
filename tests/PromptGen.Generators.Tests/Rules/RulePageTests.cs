using Microsoft.CodeAnalysis;
using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Rules;

/// <summary>The samples of the pages say what the analyzers say.</summary>
public sealed class RulePageTests
{
    private static readonly (string Path, string Text) Loose = ("/project/Schemas/loose.schema.json", """
        { "type": "object", "properties": { "label": { "type": "string", "format": "kebab-case" } }, "required": ["label"], "additionalProperties": false }
        """);

    public static TheoryData<string> Ids => [.. RulePage.All.Select(static page => page.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_wrong_sample_fires_its_rule_alone(string id) =>
        Assert.Equal([id], (await JudgeAsync(id, "wrong")).Select(static diagnostic => diagnostic.Id).Distinct());

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_right_sample_is_silent_and_compiles(string id)
    {
        Assert.Empty(await JudgeAsync(id, "right"));

        var output = Analysis.Generate(Compile.Sources(Rule.Project(Page(id).Sample("right"))), [.. Rule.Files.Select(static file => new PromptFile(file.Path, file.Text))], out _);
        Assert.Empty(output.Complaints());
    }

    private static RulePage Page(string id) => Assert.Single(RulePage.All, page => page.Id == id);

    // A note that is not the page's own is not what its sample is about.
    private static async Task<Diagnostic[]> JudgeAsync(string id, string label) =>
        [.. (await Rule.JudgeAsync(Page(id).Sample(label), [.. Rule.Files, Loose])).Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Info || diagnostic.Id == id)];
}
