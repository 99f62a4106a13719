using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace PromptGen.Generators.Tests.Pipeline;

/// <summary>An edit re-runs what depends on it and nothing else.</summary>
public sealed class CachingTests
{
    private static readonly string[] Steps =
    [
        TrackingNames.Declaration, TrackingNames.OwnCatalogs, TrackingNames.Catalog, TrackingNames.WithFiles, TrackingNames.Plan,
        TrackingNames.Contract, TrackingNames.Dialects, TrackingNames.Classes, TrackingNames.CatalogFile,
        TrackingNames.ContractNames, TrackingNames.FileNames,
    ];

    [Fact]
    public void The_same_project_again_runs_nothing()
    {
        var project = Sources.Project();

        AssertUntouched(project.Run());
        Assert.All(project.OutputReasons(), static reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Theory]
    [InlineData(4, "Number => 1", "Number => 2")]
    [InlineData(4, "public int Number => 1;", "public int Number => 1; public void New(string text) { }")]
    [InlineData(2, "/// <summary>Triages a ticket.</summary>", "/// <summary>Triages one ticket.</summary> // and more")]
    [InlineData(2, "public sealed partial class SupportDesk\n{", "public sealed partial class SupportDesk\n{\n\n")]
    [InlineData(0, "[ModelCatalog]", "// the models\n[ModelCatalog]")]
    public void An_edit_elsewhere_or_in_a_comment_re_emits_nothing(int source, string old, string replacement)
    {
        var project = Sources.Project().Edit(source, old, replacement);

        AssertUntouched(project);
        Assert.All(project.OutputReasons(), static reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void An_edit_in_another_prompt_does_not_change_this_one()
    {
        var project = Sources.Project().Edit(3, "Translate into", "Say in");

        Assert.Equal([IncrementalStepRunReason.Modified], Touched(project.Reasons(TrackingNames.Plan, "TranslateAsync")));
        Assert.Empty(Touched(project.Reasons(TrackingNames.Plan, "TriageAsync")));
        Assert.Empty(Touched(project.Reasons(TrackingNames.Contract)));
        Assert.Empty(Touched(project.Reasons(TrackingNames.Classes)));
        Assert.Single(project.OutputReasons(), static reason => reason == IncrementalStepRunReason.Modified);
    }

    [Fact]
    public void An_edit_of_the_output_type_in_another_file_re_emits_contract_and_prompt()
    {
        var before = Sources.Project();
        var old = before.Files;
        var now = before.Edit(1, "Range(1, 5)", "Range(1, 9)").Files;

        Assert.Equal(["Acme.SupportDesk.TriageAsync.g.cs", "Acme.Triage.Contract.g.cs"], Changed(old, now));
    }

    [Fact]
    public void An_edit_of_a_comment_that_describes_the_output_type_re_emits_contract_and_prompt()
    {
        var before = Sources.Project();
        var old = before.Files;
        var described = before.Edit(1, "public sealed record Triage(", "/// <summary>Where it goes.</summary>\npublic sealed record Triage(");
        var first = described.Files;
        var second = described.Edit(1, "Where it goes.", "Where it went.").Files;

        Assert.Equal(["Acme.SupportDesk.TriageAsync.g.cs", "Acme.Triage.Contract.g.cs"], Changed(old, first));
        Assert.Equal(["Acme.SupportDesk.TriageAsync.g.cs", "Acme.Triage.Contract.g.cs"], Changed(first, second));
    }

    [Fact]
    public void An_edit_of_a_template_file_re_emits_its_prompt_alone()
    {
        var project = Sources.Project();
        var old = project.Files;
        var now = project.Edit(Sources.ClaudePrompt.Path, "{{role \"user\"}}\n{{product}}: {{ticket}}").Files;

        Assert.Equal(["Acme.SupportDesk.TriageAsync.g.cs"], Changed(old, now));
    }

    [Fact]
    public void An_edit_of_a_price_re_emits_the_catalog_and_what_the_prompts_say_of_cost()
    {
        var project = Sources.Project();
        var old = project.Files;
        var now = project.Edit(0, "InputPrice = 3.00", "InputPrice = 4.00").Files;

        Assert.Equal(
            ["Acme.Models.Catalog.g.cs", "Acme.SupportDesk.TriageAsync.g.cs", "Acme.Translator.TranslateAsync.g.cs"],
            Changed(old, now));
    }

    [Fact]
    public void An_edit_of_a_dialect_re_emits_the_contracts_that_it_changes()
    {
        var project = Sources.Project();
        var old = project.Files;
        var now = project.Edit(0, "\"openai\", Tier.Fast,", "\"openai\", Tier.Fast, Dialect = SchemaDialect.AzureOpenAI,").Files;

        Assert.Equal(
            ["Acme.Models.Catalog.g.cs", "Acme.SupportDesk.TriageAsync.g.cs", "Acme.Translator.TranslateAsync.g.cs", "Acme.Triage.Contract.g.cs"],
            Changed(old, now));
    }

    [Fact]
    public void A_schema_file_whose_class_name_another_one_had_too_is_written_as_in_a_new_build()
    {
        (string Path, string Text)[] files = [("a/bc.schema.json", """{"type":"object"}"""), ("aBc.schema.json", """{"type":"object"}""")];
        var project = new Generation([Sources.Models, Asking("a/bc", "aBc")], files);
        var both = project.Files;
        project.Edit(1, "aBc", "a/bc");

        Assert.Equal(new Generation([Sources.Models, Asking("a/bc", "a/bc")], files).Files, project.Files);
        Assert.NotEqual(both.Keys, project.Files.Keys);
        Assert.Equal(both, project.Edit(1, "Second { [RoutedPrompt(Tier.Fast), PromptTemplate(\"x\"), OutputSchema(\"a/bc", "Second { [RoutedPrompt(Tier.Fast), PromptTemplate(\"x\"), OutputSchema(\"aBc").Files);

        static string Asking(string first, string second) => $$"""
            namespace Acme;
            public partial class First { [RoutedPrompt(Tier.Fast), PromptTemplate("x"), OutputSchema("{{first}}.schema.json")] public partial Task<System.Text.Json.JsonElement> OneAsync(); }
            public partial class Second { [RoutedPrompt(Tier.Fast), PromptTemplate("x"), OutputSchema("{{second}}.schema.json")] public partial Task<System.Text.Json.JsonElement> TwoAsync(); }
            """;
    }

    [Fact]
    public void A_class_whose_name_differs_in_case_renames_the_files_of_both_and_re_emits_nothing_else()
    {
        var project = Sources.Project();
        var old = project.Files;
        var now = project.Edit(3, "public sealed partial class Translator", "public sealed partial class SUPPORTDESK { [RoutedPrompt(Tier.Fast), PromptTemplate(\"x\")] public partial Task<string> TRIAGEASYNC(); }\n\npublic sealed partial class Translator").Files;

        Assert.Equal(
            ["Acme.SupportDesk.TriageAsync.g.cs", "Acme.SupportDesk.g.cs"],
            old.Keys.Except(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["Acme.SUPPORTDESK.TRIAGEASYNC_", "Acme.SUPPORTDESK_", "Acme.SupportDesk.TriageAsync_", "Acme.SupportDesk_"],
            now.Keys.Except(old.Keys, StringComparer.Ordinal).Select(static name => name[..(name.LastIndexOf('_') + 1)]).Order(StringComparer.Ordinal));
        Assert.Equal(["PromptClients.g.cs"], old.Keys.Intersect(now.Keys, StringComparer.Ordinal).Where(name => old[name] != now[name]));
    }

    private static void AssertUntouched(Generation project)
    {
        foreach (var step in Steps)
        {
            Assert.NotEmpty(project.Steps(step));
            Assert.True(Touched(project.Reasons(step)).Length == 0, $"{step}: {string.Join(", ", project.Reasons(step))}");
        }
    }

    private static IncrementalStepRunReason[] Touched(IncrementalStepRunReason[] reasons) =>
        [.. reasons.Where(static reason => reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged))];

    private static string[] Changed(ImmutableSortedDictionary<string, string> old, ImmutableSortedDictionary<string, string> now)
    {
        Assert.Equal(old.Keys.Order(StringComparer.Ordinal), now.Keys.Order(StringComparer.Ordinal));
        return [.. now.Where(file => old[file.Key] != file.Value).Select(static file => file.Key).Order(StringComparer.Ordinal)];
    }
}
