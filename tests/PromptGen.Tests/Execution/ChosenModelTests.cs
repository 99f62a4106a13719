using PromptGen.Routing;

namespace PromptGen.Tests.Execution;

/// <summary>The caller's options name the model at which a call enters its route. One that must not be asked ends the call before a request.</summary>
public sealed class ChosenModelTests
{
    private const string Answer = """{"value":3}""";

    private static readonly PromptStep[] Choices =
    [
        new(Tier.Fast, [Sample.Mini]) { Next = Sample.General },
        new(Tier.Fast, [Sample.Haiku]) { Next = Sample.General },
        new(Tier.General, [Sample.Sonnet]),
        new(Tier.SelfHosted, [Sample.Llama]),
    ];

    [Theory]
    [InlineData("mini")]
    [InlineData("haiku")]
    [InlineData("sonnet")]
    [InlineData("llama3.1:70b")]
    public async Task The_named_model_is_asked_first(string named)
    {
        using var desk = new Desk();
        desk.Model(named).Answers(Answer);

        var result = await desk.EnterAsync(Define(Sample.Fast), Entry(named));

        Assert.Equal("options", result.RoutedBy);
        Assert.Equal($"{named} Initial None", result.Attempts.Line());
    }

    [Fact]
    public async Task Its_rejected_answer_leads_to_the_next_stronger_step()
    {
        using var desk = new Desk();
        desk.Haiku.Answers("no");
        desk.Sonnet.Answers(Answer);

        var result = await desk.EnterAsync(Define(Sample.Fast), Entry("haiku"));

        Assert.Equal("haiku Initial InvalidJson, sonnet Escalation None", result.Attempts.Line());
    }

    [Fact]
    public async Task A_self_hosted_model_is_within_every_ceiling_and_policy()
    {
        using var desk = new Desk();
        desk.Llama.Answers(Answer);
        var entry = Entry("llama3.1:70b");
        entry.When(Sample.Fast, "rule", Tier.Fast);

        var result = await desk.EnterAsync(Define(Sample.Fast, selfHostedOnly: true), entry);

        Assert.Equal("llama3.1:70b Initial None", result.Attempts.Line());
    }

    [Fact]
    public async Task A_model_at_the_ceiling_is_asked()
    {
        using var desk = new Desk();
        desk.Haiku.Answers(Answer);
        var entry = Entry("haiku");
        entry.When(Sample.Fast, "rule", Tier.Fast);

        Assert.Equal("haiku Initial None", (await desk.EnterAsync(Define(Sample.Fast), entry)).Attempts.Line());
    }

    [Fact]
    public async Task A_model_above_the_ceiling_of_the_call_is_refused()
    {
        var entry = Entry("sonnet");
        entry.When(Sample.Fast, "rule", Tier.Fast);

        await AssertRefusedAsync(Define(Sample.Fast), entry, "name sonnet, which is above the ceiling of the call, Fast");
    }

    [Fact]
    public Task A_model_of_a_tier_above_the_route_is_refused() =>
        AssertRefusedAsync(Define(new PromptStep(Tier.Fast, [Sample.Mini])), Entry("sonnet"), "name sonnet, of a tier that its route does not reach, General");

    [Fact]
    public Task A_hosted_model_is_refused_where_only_self_hosted_ones_may_be_asked() =>
        AssertRefusedAsync(Define(Sample.Fast, selfHostedOnly: true), Entry("mini"), "name mini, which is not self-hosted, and the call may reach self-hosted models only");

    [Theory]
    [InlineData("gpt-17")]
    [InlineData("MINI")]
    [InlineData("")]
    public Task The_message_does_not_repeat_an_id_that_the_catalog_does_not_have(string named) => AssertRefusedAsync(
        Define(Sample.Fast), Entry(named), "name a model that its catalog does not have, that can't do what the prompt needs, or for which it has no template");

    private static async Task AssertRefusedAsync(PromptDefinition<int> prompt, RouteEntry entry, string why)
    {
        using var desk = new Desk();

        var error = await Assert.ThrowsAsync<PromptException>(() => desk.EnterAsync(prompt, entry));

        Assert.Equal(PromptErrorCode.Configuration, error.Code);
        Assert.Equal($"The options of a call of Desk.Urgency {why}.", error.Message);
        Assert.Empty(error.Attempts);
        Assert.All([desk.Mini, desk.Haiku, desk.Sonnet, desk.Llama], static model => Assert.Empty(model.Requests));
    }

    private static RouteEntry Entry(string named) => new(Sample.Fast, new PromptOptions { Model = named });

    private static PromptDefinition<int> Define(PromptStep route, bool selfHostedOnly = false) =>
        new("Desk.Urgency", "00c0ffee", new UrgencyContract(), route) { Repairs = 0, Entries = Choices, Choices = Choices, SelfHostedOnly = selfHostedOnly };
}
