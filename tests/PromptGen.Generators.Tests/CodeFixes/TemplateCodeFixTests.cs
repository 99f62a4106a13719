using Microsoft.CodeAnalysis.CodeFixes;
using PromptGen.CodeFixes;
using PromptGen.Generators.Tests.Harness;
using PromptGen.Generators.Tests.Rules;

namespace PromptGen.Generators.Tests.CodeFixes;

/// <summary>PG0203, PG0205, PG0206, PG0207, PG0208 and PG0211: templates are written as they were meant, in literals of any kind and in files.</summary>
public sealed class TemplateCodeFixTests
{
    private const string File = "/project/Prompts/own.prompt";

    [Theory]
    [InlineData("Write \"user\"", "\"{{role user}}{{ticket}}\"", "\"{{role \\\"user\\\"}}{{ticket}}\"")]
    [InlineData("Write \"user\"", "@\"{{role user}}{{ticket}}\"", "@\"{{role \"\"user\"\"}}{{ticket}}\"")]
    [InlineData("Write \"user\"", "\"\"\"{{role user}}{{ticket}}\"\"\"", "\"\"\"{{role \"user\"}}{{ticket}}\"\"\"")]
    [InlineData("Write \"system\"", "\"{{role \\\"sytem\\\"}}Be brief.{{role \\\"user\\\"}}{{ticket}}\"", "\"{{role \\\"system\\\"}}Be brief.{{role \\\"user\\\"}}{{ticket}}\"")]
    [InlineData("Write ticket", "\"{{@ticket}}\"", "\"{{ticket}}\"")]
    [InlineData("Write {{/if}}", "\"{{#if ticket}}{{ticket}}{{/unless}}\"", "\"{{#if ticket}}{{ticket}}{{/if}}\"")]
    [InlineData("Add {{/if}} at the end of the template", "\"{{#if ticket}}{{ticket}}\"", "\"{{#if ticket}}{{ticket}}{{/if}}\"")]
    [InlineData("Add {{/if}} at the end of the template", "\"\"\"\n        {{#if ticket}}\n          {{ticket}}\n        \"\"\"", "\"\"\"\n        {{#if ticket}}\n          {{ticket}}{{/if}}\n        \"\"\"")]
    [InlineData("Change to {{#unless ticket}}", "\"{{#if !ticket}}none{{#if ticket}}!{{/if}}{{/if}}\"", "\"{{#unless ticket}}none{{#if ticket}}!{{/if}}{{/unless}}\"")]
    public async Task Writes_the_tag_that_was_meant(string title, string before, string after)
    {
        using var bench = new Workbench(Rule.Project(Source(before)));
        var action = Assert.Single(await bench.OfferedAsync(new TemplateSyntaxCodeFix()), action => action.Title == title);

        Assert.Equal(Source(after), await bench.ApplyAsync(action));
    }

    [Theory]
    [InlineData("Change to 'ticket'", "{{! 🙂 }}\r\n{{tikcet}}\r\n", "{{! 🙂 }}\r\n{{ticket}}\r\n")]
    public Task Renames_in_a_file(string title, string before, string after) => FixFileAsync(new PlaceholderCodeFix(), title, before, after);

    [Theory]
    [InlineData("Write \"system\"", "{{role system}}\nBe kind.\n{{role \"user\"}}\n{{ticket}}\n", "{{role \"system\"}}\nBe kind.\n{{role \"user\"}}\n{{ticket}}\n")]
    [InlineData("Add {{/if}} at the end of the template", "{{#if ticket}}\n{{ticket}}\n", "{{#if ticket}}\n{{ticket}}{{/if}}\n")]
    public Task Writes_the_tag_in_a_file(string title, string before, string after) => FixFileAsync(new TemplateSyntaxCodeFix(), title, before, after);

    [Fact]
    public Task Makes_a_placeholder_of_single_braces_in_a_file() => FixFileAsync(new WithoutEffectCodeFix(), "Change to {{ticket}}", "The ticket: {ticket}\n", "The ticket: {{ticket}}\n");

    [Fact]
    public Task Makes_placeholders_of_single_braces_all_at_once() => Fixing.VerifyAllAsync(
        new WithoutEffectCodeFix(), "braces", Source("\"{ticket} and {ticket}\""), Source("\"{{ticket}} and {{ticket}}\""));

    [Theory]
    [InlineData("\"\"", "\" {{ticket}}\"")]
    [InlineData("\"Hello.\"", "\"Hello. {{ticket}}\"")]
    [InlineData("\"\"\"Hello.\"\"\"", "\"\"\"Hello. {{ticket}}\"\"\"")]
    [InlineData("\"\"\"\n        Hello.\n        \"\"\"", "\"\"\"\n        Hello.\n        {{ticket}}\n        \"\"\"")]
    public Task Writes_an_unused_parameter(string before, string after) =>
        Fixing.VerifyAsync(new UnusedParameterCodeFix(), "Write {{ticket}} at the end of the template", Source(before), Source(after));

    [Fact]
    public Task Removes_an_unused_parameter() => Fixing.VerifyAsync(
        new UnusedParameterCodeFix(),
        "Remove parameter 'product'",
        Source("\"{{ticket}}\"").Replace("string ticket", "string ticket, string product", StringComparison.Ordinal),
        Source("\"{{ticket}}\""));

    [Fact]
    public Task Removes_a_template_that_is_never_sent() => Fixing.VerifyAsync(
        new UnmatchedTemplateCodeFix(), "Remove the template", Source("\"{{ticket}}\")]\n    [PromptTemplate(\"{{ticket}}!\", For = \"gemini*\""), Source("\"{{ticket}}\""));

    [Fact]
    public Task Says_which_of_two_templates_is_for_a_model() => Fixing.VerifyAsync(
        new EquallySpecificCodeFix(),
        "Use this template for 'gpt-4o-mini-2024-07-18' only",
        Source("\"{{ticket}}\"), PromptTemplate(\"{{ticket}}!\""),
        Source("\"{{ticket}}\"), PromptTemplate(\"{{ticket}}!\", For = Models.Mini"));

    [Fact]
    public async Task Writes_the_path_that_was_meant()
    {
        using var bench = new Workbench(Rule.Project(Source("File = @\"Prompts/onw.prompt\""))).With(File, "{{ticket}}");
        var action = Assert.Single(await bench.OfferedAsync(new FilePathCodeFix()));

        Assert.Equal("Change to 'Prompts/own.prompt'", action.Title);
        Assert.Equal(Source("File = @\"Prompts/own.prompt\""), await bench.ApplyAsync(action));
    }

    [Theory]
    [InlineData(FixAllScope.Project)]
    [InlineData(FixAllScope.Solution)]
    public async Task Fixes_all_files_at_once(FixAllScope scope)
    {
        const string Other = "/project/Prompts/other.prompt";
        using var bench = new Workbench(Rule.Project(Source("File = \"Prompts/own.prompt\"), PromptTemplate(File = \"Prompts/other.prompt\", For = \"gpt*\"")))
            .With(File, "{{tiket}} and {{#if tikcet}}{{ticket}}{{/if}}")
            .With(Other, "{{ticket}} {{tickett}}");

        await bench.ApplyAllAsync(new PlaceholderCodeFix(), "rename", scope);

        Assert.Equal("{{ticket}} and {{#if ticket}}{{ticket}}{{/if}}", await bench.FileAsync(File));
        Assert.Equal("{{ticket}} {{ticket}}", await bench.FileAsync(Other));
        Assert.Empty(await bench.DiagnosticsAsync("PG0202"));
    }

    private static async Task FixFileAsync(CodeFixProvider provider, string title, string before, string after)
    {
        using var bench = new Workbench(Rule.Project(Source("File = \"Prompts/own.prompt\""))).With(File, before);
        var action = Assert.Single(await bench.OfferedAsync(provider), action => action.Title == title);

        await bench.ApplyAsync(action);
        Assert.Equal(after, await bench.FileAsync(File));
        Assert.Empty(await bench.DiagnosticsAsync(provider.FixableDiagnosticIds[0]));
    }

    private static string Source(string template) => $$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Models.Mini)]
            [PromptTemplate({{template}})]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """;
}
