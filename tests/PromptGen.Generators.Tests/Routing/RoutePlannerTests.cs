using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Tests.Routing;

public sealed class RoutePlannerTests
{
    private static readonly ModelDeclaration MiniA = Model("mini-a", "openai", Generators.Model.Tier.Fast);
    private static readonly ModelDeclaration MiniB = Model("mini-b", "openai", Generators.Model.Tier.Fast);
    private static readonly ModelDeclaration Haiku = Model("haiku", "anthropic", Generators.Model.Tier.Fast);
    private static readonly ModelDeclaration Opus = Model("opus", "anthropic", Generators.Model.Tier.Deep, Generators.Model.ModelFeatures.Vision);
    private static readonly ModelDeclaration Llama = Model("llama", "ollama", Generators.Model.Tier.SelfHosted);

    [Fact]
    public void A_tier_is_one_step_with_its_models_another_provider_first()
    {
        var plan = Plan(ByTier(Generators.Model.Tier.Fast));

        var step = Assert.Single(plan.Steps);
        Assert.Equal("Fast", step.Name);
        Assert.Equal([MiniA, Haiku, MiniB], step.Models);
        Assert.Empty(plan.Findings);
    }

    [Fact]
    public void An_escalation_climbs_and_leaves_out_a_tier_in_between_that_has_no_model()
    {
        var plan = Plan(ByTier(Generators.Model.Tier.Fast, Generators.Model.Tier.Deep));

        Assert.Equal(["Fast", "Deep"], plan.Steps.Select(step => step.Name));
        Assert.Empty(plan.Findings);
    }

    [Theory]
    [InlineData(Generators.Model.Tier.Deep, Generators.Model.Tier.Fast)]
    [InlineData(Generators.Model.Tier.Fast, Generators.Model.Tier.SelfHosted)]
    [InlineData(Generators.Model.Tier.SelfHosted, Generators.Model.Tier.Deep)]
    internal void An_escalation_that_does_not_climb_counts_as_none(Generators.Model.Tier start, Generators.Model.Tier to) =>
        Assert.Equal(start, Assert.Single(Plan(ByTier(start, to)).Steps).Tier);

    [Fact]
    public void A_tier_without_a_model_is_found_where_it_is_named()
    {
        var start = Plan(ByTier(Generators.Model.Tier.General));
        var top = Plan(ByTier(Generators.Model.Tier.Fast, Generators.Model.Tier.General));

        Assert.Equal(Finding.At(new Place.Attribute("RoutedPrompt", 0, "#0"), "PG0402", "General"), Assert.Single(start.Findings));
        Assert.Equal(Finding.At(new Place.Attribute("RoutedPrompt", 0, "EscalateTo"), "PG0402", "General"), Assert.Single(top.Findings));
    }

    [Fact]
    public void Named_models_are_a_step_each_and_fallbacks_replace_every_other_model()
    {
        var plan = Plan(Route(models: ["mini-a", "opus"], fallbacks: ["mini-a", "llama"]));

        Assert.Equal(["mini-a", "opus"], plan.Steps.Select(step => Assert.Single(step.Models).Id));
        Assert.Equal(["llama"], plan.Steps[0].Fallbacks.Select(model => model.Id));
        Assert.Equal(["mini-a", "llama"], plan.Steps[1].Fallbacks.Select(model => model.Id));
    }

    [Fact]
    public void An_unknown_model_is_found_at_its_argument_with_what_was_probably_meant()
    {
        var plan = Plan(Route(models: ["mini-a", "opsu"], fallbacks: ["lama", "xyz"]));

        Assert.Equal(
            [("RoutedPrompt Fallbacks#0", "llama"), ("RoutedPrompt Fallbacks#1", null), ("RoutedPrompt #1", "opus")],
            plan.Findings.Select(finding => ($"RoutedPrompt {((Place.Attribute)finding.Place).Argument}", finding.Fix)));
        Assert.All(plan.Findings, finding => Assert.Equal("PG0401", finding.Id));
    }

    [Fact]
    public void A_tier_keeps_the_models_that_can_do_the_job_and_is_found_where_none_can()
    {
        var catalog = new[] { MiniA, Haiku with { Features = Generators.Model.ModelFeatures.Vision }, Opus };

        Assert.Equal(["haiku"], Assert.Single(Plan(ByTier(Generators.Model.Tier.Fast), Generators.Model.ModelFeatures.Vision, catalog).Steps).Models.Select(model => model.Id));
        Assert.Equal("PG0414", Assert.Single(Plan(ByTier(Generators.Model.Tier.Fast), Generators.Model.ModelFeatures.Audio, catalog).Findings).Id);
        Assert.Equal("PG0414", Assert.Single(Plan(Route(models: ["mini-a", "opus"]), Generators.Model.ModelFeatures.Vision, catalog).Findings).Id);
    }

    internal static ModelDeclaration Model(
        string id, string provider, Generators.Model.Tier tier, Generators.Model.ModelFeatures features = Generators.Model.ModelFeatures.StructuredOutput, double input = 1, double output = 2) =>
        new(id, "Acme.Models", id.Replace("-", "", StringComparison.Ordinal), provider, tier, input, output, double.NaN, 1_000, 500, features, tier == Generators.Model.Tier.SelfHosted, 0, null, null, Generators.Model.ModelDefaults.DialectOf(provider));

    internal static RouteDeclaration Route(
        Generators.Model.Tier? start = null, Generators.Model.Tier? escalateTo = null, string[]? models = null, string[]? fallbacks = null, int repairs = 1, int maxOutputTokens = 0) =>
        new(
            start,
            new EquatableArray<string>(models ?? []),
            escalateTo,
            new EquatableArray<string>(fallbacks ?? []),
            repairs,
            double.NaN,
            maxOutputTokens,
            Generators.Model.ModelFeatures.None,
            Generators.Model.Tolerance.Lenient,
            double.NaN,
            double.NaN,
            false);

    private static RouteDeclaration ByTier(Generators.Model.Tier start, Generators.Model.Tier? escalateTo = null) => Route(start, escalateTo);

    private static RoutePlan Plan(RouteDeclaration route, Generators.Model.ModelFeatures needed = Generators.Model.ModelFeatures.None, ModelDeclaration[]? models = null) => RoutePlanner.Plan(
        route,
        Generators.Model.Catalog.From([new CatalogDeclaration("Acme.Models", new EquatableArray<ModelDeclaration>(models ?? [MiniA, MiniB, Haiku, Opus, Llama]))]),
        new NeededFeatures(needed));
}
