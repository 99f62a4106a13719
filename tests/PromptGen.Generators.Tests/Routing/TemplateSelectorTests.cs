using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Tests.Routing;

public sealed class TemplateSelectorTests
{
    private static readonly TemplateDeclaration ForAll = new("all", null, null, null);
    private static readonly TemplateDeclaration ForFast = new("fast", null, null, Model.Tier.Fast);
    private static readonly TemplateDeclaration ForClaude = new("claude", null, "claude*", null);
    private static readonly TemplateDeclaration ForHaiku = new("haiku", null, "gpt-x, claude-haiku", null);

    [Fact]
    public void The_most_specific_template_wins()
    {
        Assert.Equal([3], Choose([ForAll, ForFast, ForClaude, ForHaiku]));
        Assert.Equal([2], Choose([ForAll, ForFast, ForClaude]));
        Assert.Equal([1], Choose([ForAll, ForFast]));
        Assert.Equal([0], Choose([ForAll]));
    }

    [Fact]
    public void A_model_without_a_template_is_found() =>
        Assert.Equal(Finding.At(new Place.Method(), "PG0201", "claude-haiku"), Assert.Single(Select([ForClaude with { For = "gpt*" }]).Findings, finding => finding.Id == "PG0201"));

    [Fact]
    public void A_target_that_no_model_of_the_route_meets_is_found_where_it_is_written()
    {
        var findings = Select([ForAll, ForClaude with { For = "gpt*" }, ForFast with { ForTier = Model.Tier.Deep }]).Findings;

        Assert.Equal(
            [Finding.At(new Place.Attribute("PromptTemplate", 1, "For"), "PG0206", "No model of the route matches 'gpt*'", "fix the pattern, or remove the template"), Finding.At(new Place.Attribute("PromptTemplate", 2, "ForTier"), "PG0206", "The route has no model of tier Deep", "change ForTier or remove it")],
            findings);
    }

    [Fact]
    public void Two_templates_that_are_equally_specific_are_found_once() =>
        Assert.Equal(
            Finding.At(new Place.Attribute("PromptTemplate", 1), "PG0207", "claude-haiku", "1", "2") with { Fix = "claude-haiku" },
            Assert.Single(Select([ForClaude, ForClaude with { For = "*haiku" }]).Findings));

    private static int[] Choose(TemplateDeclaration[] templates) => [.. Select(templates).Choices.Select(choice => choice.Template)];

    private static TemplateSelection Select(TemplateDeclaration[] templates)
    {
        ModelDeclaration[] models = [RoutePlannerTests.Model("claude-haiku", "anthropic", Model.Tier.Fast)];
        PlannedStep[] steps = [new("Fast", Model.Tier.Fast, new EquatableArray<ModelDeclaration>(models), default)];
        return TemplateSelector.Select(new EquatableArray<TemplateDeclaration>(templates), new RoutePlan(new EquatableArray<PlannedStep>(steps), default));
    }
}
