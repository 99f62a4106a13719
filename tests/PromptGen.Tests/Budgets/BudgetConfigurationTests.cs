using Microsoft.Extensions.Configuration;
using PromptGen.Routing;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Budgets;

public class BudgetConfigurationTests
{
    private static readonly PromptDefinition<int> OnlyMini = Sample.Define(repairs: 0, route: new PromptStep(Tier.Fast, [Sample.Mini]));

    [Fact]
    public async Task Configuration_declares_a_budget()
    {
        using var desk = Configured(("Budgets:night:MaxUsd", "1e-3"), ("Budgets:night:Period", "Hour"), ("Budgets:night:Prompts", "Desk.*"), ("Budgets:night:PerScope", "true"));

        var error = await desk.FailAsync(OnlyMini);

        Assert.Contains("the budget 'night' of $0.001000 per hour and scope", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configuration_changes_what_the_program_declares_and_leaves_the_rest()
    {
        using var desk = Configured(static builder => builder.AddBudget("Team-A", 100m, TimeSpan.FromMinutes(15)), ("Budgets:team-a:MaxUsd", "0"));

        var error = await desk.FailAsync(OnlyMini);

        Assert.Contains("the budget 'Team-A' of $0.000000 per 00:15:00", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reload_changes_the_limit_and_keeps_what_was_spent()
    {
        var section = Section(("Budgets:team:MaxUsd", "0.0025"), ("Budgets:team:Period", "day"));
        using var desk = new Desk(builder => builder.UseConfiguration(section));
        desk.Mini.Answers("""{"value":3}""", 1_000, 0).Answers("""{"value":3}""", 1_000, 0);
        await desk.AskAsync(OnlyMini);
        Assert.Equal(PromptErrorCode.BudgetExceeded, (await desk.FailAsync(OnlyMini)).Code);

        section["Budgets:team:MaxUsd"] = "0.0035";
        section.Reload();
        await desk.AskAsync(OnlyMini);

        Assert.Contains("$0.001500 left", (await desk.FailAsync(OnlyMini)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reload_that_cannot_be_used_changes_nothing()
    {
        var section = Section(("Budgets:team:MaxUsd", "0"), ("Budgets:team:Period", "day"));
        using var desk = new Desk(builder => builder.UseConfiguration(section));

        section["Budgets:team:MaxUsd"] = "lots";
        section.Reload();

        Assert.Equal(PromptErrorCode.BudgetExceeded, (await desk.FailAsync(OnlyMini)).Code);
    }

    [Fact]
    public async Task The_largest_budget_can_be_configured()
    {
        using var desk = Configured(("Budgets:a:MaxUsd", "1000000000"), ("Budgets:a:Period", "day"));
        desk.Mini.Answers("""{"value":3}""", 0, 1_000);

        Assert.Equal(3, (await desk.AskAsync(OnlyMini)).Value);
    }

    [Theory]
    [InlineData("/a")]
    [InlineData(":a")]
    [InlineData("a/b")]
    public void A_name_that_looks_like_a_path_is_refused(string name)
    {
        var error = Assert.Throws<ArgumentException>(() => Configured(builder => builder.AddBudget(name, 1m, BudgetPeriod.Day)));

        Assert.StartsWith($"The name of a budget holds no '/' and no ':', not '{name}'.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Budgets:a:MaxUsd", "lots", "'Budgets:a:MaxUsd' must be a number of USD from 0 to 1000000000, not 'lots'")]
    [InlineData("Budgets:a:MaxUsd", "-1", "'Budgets:a:MaxUsd' must be a number")]
    [InlineData("Budgets:a:Period", "fortnight", "'Budgets:a:Period' must be hour, day, month, or a time")]
    [InlineData("Budgets:a:Period", "00:00:00.5", "'Budgets:a:Period' must be hour, day, month, or a time")]
    [InlineData("Budgets:a:PerScope", "perhaps", "'Budgets:a:PerScope' must be true or false")]
    [InlineData("Budgets:a:MaxEur", "1", "'Budgets:a:MaxEur' names no property of a budget; there are MaxUsd, Period, Prompts, PerScope")]
    [InlineData("Budgets:a:Period:Length", "1", "'Budgets:a:Period' must have a value")]
    [InlineData("Budgets:b:MaxUsd", "1", "'Budgets:b' declares a budget without Period")]
    [InlineData("Budgets:b:Period", "day", "'Budgets:b' declares a budget without MaxUsd")]
    [InlineData("Budgets:b/c:Period", "day", "'Budgets:b/c' names a budget with '/'")]
    public void A_value_that_cannot_be_used_is_named(string key, string value, string message)
    {
        var error = Assert.Throws<PromptException>(() => Configured(static builder => builder.AddBudget("a", 1m, BudgetPeriod.Day), (key, value)));

        Assert.Equal(PromptErrorCode.Configuration, error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static Desk Configured(params (string Key, string Value)[] values) => Configured(static _ => { }, values);

    private static Desk Configured(Action<PromptRuntimeBuilder> configure, params (string Key, string Value)[] values) => new(builder =>
    {
        configure(builder);
        builder.UseConfiguration(Section(values));
    });

    private static IConfigurationRoot Section(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(static value => KeyValuePair.Create(value.Key, (string?)value.Value)))
        .Build();
}
