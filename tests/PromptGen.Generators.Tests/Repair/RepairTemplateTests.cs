using PromptGen.Generators.Tests.Harness;
using PromptGen.Generators.Tests.Pipeline;
using PromptGen.Generators.Tests.Rules;

namespace PromptGen.Generators.Tests.Repair;

/// <summary>The text that describes a broken answer to a model is a template like any other.</summary>
public sealed class RepairTemplateTests
{
    private const string OnMethod = """"
        namespace Acme;

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            [RepairTemplate("""
                Your triage of "{{ticket}}" has {{violations.Count}} mistakes:
                {{#each violations}}
                {{@index}}. {{pointer}}: {{message}} ({{expected}}, {{actual}})
                {{else}}
                It is no JSON: {{answer}}
                {{/each}}
                The schema is {{schema}}
                """)]
            public partial Task<Triage> TriageAsync(string ticket);
        }
        """";

    [Fact]
    public void The_template_on_the_method_is_written_into_the_prompt_s_file() =>
        Snapshot.Verify(Project(OnMethod).Files["Acme.Desk.TriageAsync.g.cs"]);

    [Fact]
    public void The_nearest_one_counts()
    {
        const string Three = """
            namespace Acme;

            [RepairTemplate("of the class")]
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("{{ticket}}")]
                [RepairTemplate("of the method")]
                public partial Task<Triage> OneAsync(string ticket);

                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("{{ticket}}")]
                public partial Task<Triage> TwoAsync(string ticket);

                public sealed partial class Inner(PromptRuntime prompts)
                {
                    [RoutedPrompt(Tier.Fast)]
                    [PromptTemplate("{{ticket}}")]
                    public partial Task<Triage> ThreeAsync(string ticket);
                }
            }

            public sealed partial class Other
            {
                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("{{ticket}}")]
                public partial Task<Triage> FourAsync(string ticket);

                [RoutedPrompt(Tier.Fast, Repairs = 0)]
                [PromptTemplate("{{ticket}}")]
                public partial Task<Triage> FiveAsync(string ticket);

                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("{{ticket}}")]
                public partial Task<string> SixAsync(string ticket);
            }
            """;
        var files = Project(Three, "[assembly: RepairTemplate(\"of the assembly\")]").Files;

        Assert.Contains("prompt.Append(\"of the method\");", files["Acme.Desk.OneAsync.g.cs"], StringComparison.Ordinal);
        Assert.Contains("prompt.Append(\"of the class\");", files["Acme.Desk.TwoAsync.g.cs"], StringComparison.Ordinal);
        Assert.Contains("prompt.Append(\"of the class\");", files["Acme.Desk.Inner.ThreeAsync.g.cs"], StringComparison.Ordinal);
        Assert.Contains("prompt.Append(\"of the assembly\");", files["Acme.Other.FourAsync.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain("RenderRepair", files["Acme.Other.FiveAsync.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain("RenderRepair", files["Acme.Other.SixAsync.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_give_way_to_what_the_repair_is_about()
    {
        var project = Project("""
            namespace Acme;

            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("{{answer}}{{violations}}{{outcome}}{{prompt}}")]
                [RepairTemplate("{{answer}} {{#each violations}}{{message}}{{/each}} {{outcome}} {{prompt}}")]
                public partial Task<Triage> JudgeAsync(int answer, string violations, string outcome, string prompt);
            }
            """);

        Assert.Empty(project.Output.Complaints());
    }

    [Fact]
    public void It_is_part_of_the_version()
    {
        var before = Project(OnMethod);
        var old = before.Files["Acme.Desk.TriageAsync.g.cs"];
        var now = before.Edit(2, "It is no JSON", "That is no JSON").Files["Acme.Desk.TriageAsync.g.cs"];

        Assert.NotEqual(Version(old), Version(now));
    }

    [Fact]
    public void An_edit_of_the_assembly_s_template_re_emits_the_prompts_that_have_no_nearer_one()
    {
        var project = Project(OnMethod, """
            [assembly: RepairTemplate("Again")]
            namespace Acme;

            public sealed partial class Other
            {
                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("{{ticket}}")]
                public partial Task<Triage> AskAsync(string ticket);
            }
            """);
        var old = project.Files;
        var now = project.Edit(3, "Again", "Once more").Files;

        Assert.Equal(["Acme.Other.AskAsync.g.cs"], now.Where(file => old[file.Key] != file.Value).Select(static file => file.Key));
    }

    [Fact]
    public Task A_name_that_does_not_exist_is_reported_inside_the_string() =>
        VerifyAsync("""[RepairTemplate("{{ticket}} {{#each violations}}{{{|PG0202:mesage|}}}{{/each}}{{answer}}")]""");

    [Fact]
    public Task Parameters_are_unknown_to_the_template_of_a_class_which_is_reported_once() => Rule.VerifyAsync("""
        [RepairTemplate("{{{|PG0202:ticket|}}} {{answer}}")]
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);

            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}!")]
            public partial Task<Triage> OtherAsync(string ticket);
        }
        """);

    [Fact]
    public Task A_syntax_error_is_reported_in_the_assembly_s_template() =>
        VerifyAsync("", """[assembly: RepairTemplate("{{#each {|PG0205:answer|}}}{{/each}}")]""");

    [Fact]
    public Task A_file_that_is_missing_is_reported() => VerifyAsync("""[RepairTemplate(File = {|PG0208:"missing.prompt"|})]""");

    [Fact]
    public Task A_problem_in_a_file_is_reported_there() => VerifyAsync(
        "",
        """[RepairTemplate(File = "Prompts/repair.prompt")]""",
        ("/project/Prompts/repair.prompt", "Once more: {{{|PG0202:violation|}}}"));

    [Fact]
    public Task A_sensitive_parameter_must_not_leak_through_a_repair() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, Fallbacks = ["llama3.1:70b"])]
            [PromptTemplate("{{ticket}}")]
            [PromptTemplate("{{ticket}} {{name}}", For = "llama*")]
            [RepairTemplate("{{name}}: {{answer}}")]
            public partial Task<Triage> AskAsync(string ticket, [Sensitive] string {|PG0601:name|});
        }
        """);

    [Fact]
    public Task The_answer_is_no_text_for_a_system_message() => VerifyAsync("""[RepairTemplate("{{role \"system\"}}{{{|PG0602:answer|}}}")]""");

    [Fact]
    public Task A_secret_is_found_here_too() => VerifyAsync("""[RepairTemplate("{|PG0603:-----BEGIN PRIVATE KEY-----|}")]""");

    /// <summary>One prompt, with a template for repairs on its method or above its class.</summary>
    private static Task VerifyAsync(string onMethod, string aboveClass = "", params (string Path, string Text)[] files) => Rule.VerifyAsync(
        $$$"""
        {{{aboveClass}}}
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            {{{onMethod}}}
            public partial Task<Triage> AskAsync(string ticket);
        }
        """,
        files);

    private static Generation Project(params string[] sources) => new([Sources.Models, Sources.Triage, .. sources]);

    private static string Version(string file) => file[(file.IndexOf("version ", StringComparison.Ordinal) + 8)..][..8];
}
