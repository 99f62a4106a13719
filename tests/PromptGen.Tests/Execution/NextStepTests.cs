using Microsoft.Extensions.AI;
using PromptGen.Catalog;
using PromptGen.Ensembles;
using PromptGen.Prompts;
using PromptGen.Routing;
using PromptGen.Tests.Telemetry;

namespace PromptGen.Tests.Execution;

/// <summary>What a call takes along to the next model and to the next step: the rejected answer, why it asks, which models it may ask.</summary>
[Collection(TelemetryCollection.Name)]
public sealed class NextStepTests
{
    private const string One = """{"value":1}""";
    private const string Two = """{"value":2}""";
    private const string Five = """{"value":5}""";

    private static readonly PromptStep[] Route =
        [new(Tier.Fast, [Sample.Mini]), new(Tier.Fast, [Sample.Haiku]), new(Tier.General, [Sample.Sonnet])];

    [Theory]
    [InlineData(Two, "previous: {\"value\":2} = 2")]
    [InlineData(null, "previous: {\"value\":1} = 1")]
    public async Task A_template_gets_the_answer_that_was_rejected_last(string? second, string previous)
    {
        using var desk = new Desk();
        desk.Mini.Answers(One);
        desk.Haiku.Answers(second ?? "{\"val", finishReason: second is null ? ChatFinishReason.Length : null);
        desk.Sonnet.Answers(Five);
        var prompt = new PromptDefinition<int>("Desk.Urgency", "00c0ffee", new UrgencyContract(), Sample.Chain(Route)) { Repairs = 0, UsesPrevious = true };
        using var call = desk.Runtime.Start(prompt, static value => value < 5 ? "too low" : null, CancellationToken.None);

        foreach (var step in prompt.Route)
        {
            Assert.Equal(step == prompt.Route[^1], await call.TryAsync(step, new PreviousTemplate()));
        }

        Assert.Contains("previous: none", Assert.Single(desk.Mini.Requests).Text, StringComparison.Ordinal);
        Assert.Contains("previous: {\"value\":1} = 1", Assert.Single(desk.Haiku.Requests).Text, StringComparison.Ordinal);
        Assert.Contains(previous, Assert.Single(desk.Sonnet.Requests).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_behind_one_that_failed_is_asked_because_of_that_even_where_an_answer_was_rejected_before()
    {
        using var desk = new Desk();
        desk.Mini.Answers(One);
        desk.Haiku.Fails(new ProviderException(PromptErrorCode.NotFound));
        desk.Sonnet.Answers(Five);
        var prompt = Sample.Define(route: [new PromptStep(Tier.Fast, [Sample.Mini]), new PromptStep(Tier.General, [Sample.Haiku, Sample.Sonnet])]);

        var result = await desk.AskAsync(prompt, static value => value < 5 ? "too low" : null);

        Assert.Equal("mini Initial NotAccepted, haiku Escalation NotFound, sonnet Fallback None", result.Attempts.Line());
    }

    [Fact]
    public async Task The_span_names_a_model_that_was_skipped_for_now_as_the_one_that_the_call_left()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk();
        desk.Runtime.Endpoints.Find(Sample.Mini).Connection!.Cooldown.Extend(TimeSpan.FromMinutes(1));
        desk.Haiku.Answers(Five);

        Assert.Equal("haiku Fallback None", (await desk.AskAsync()).Attempts.Line());

        Assert.Equal(
            [
                KeyValuePair.Create<string, object?>("promptgen.from.model", "mini"),
                KeyValuePair.Create<string, object?>("promptgen.to.model", "haiku"),
                KeyValuePair.Create<string, object?>("promptgen.reason", "circuit_open"),
            ],
            Assert.Single(probe.Call.Events, static one => one.Name == "promptgen.fallback").Tags);
    }

    [Fact]
    public async Task A_candidate_whose_rate_limit_is_used_up_is_not_asked_again_behind_the_models_of_the_control()
    {
        using var desk = new Desk();
        var limited = new ModelInfo("haiku", "anthropic", Tier.Fast) { RequestsPerMinute = 1 };
        var candidate = new PromptStep(Tier.Fast, [limited, Sample.Mini]);
        var prompt = new PromptDefinition<int>("Desk.Urgency", "00c0ffee", new UrgencyContract(), new PromptStep(Tier.Fast, [Sample.Mini]))
        {
            Canary = new PromptCanary("Desk.Urgency", 100, candidate),
            Entries = [candidate],
        };
        desk.Haiku.Answers(Five);
        desk.Mini.Fails(new ProviderException(PromptErrorCode.Auth));
        Assert.Equal("haiku Initial None", (await desk.EnterAsync(prompt, new RouteEntry(prompt.Route[0]))).Attempts.Line());

        var call = Assert.ThrowsAsync<PromptException>(() => desk.EnterAsync(prompt, new RouteEntry(prompt.Route[0])));
        await desk.Clock.AdvanceUntilAsync(call, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        var error = await call;

        Assert.Equal("mini Fallback Auth", error.Attempts.Line());
        Assert.Equal("control", error.Attempts[0].Arm);
        Assert.Contains("haiku (its limit per minute used up for another 60 s)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_members_of_a_vote_are_explained_in_their_own_order_whatever_the_order_of_the_steps()
    {
        using var desk = new Desk();
        var members = new PromptStep(Tier.Fast, [Sample.Haiku, Sample.Mini]) { Samples = 1, Next = new PromptStep(Tier.Fast, [Sample.Haiku, Sample.Mini]) };
        var prompt = new PromptDefinition<int>("Desk.Urgency", "00c0ffee", new UrgencyContract(), members.Next) { Order = StepOrder.Cheapest, Entries = [members] };

        var plan = await desk.Runtime.ExplainAsync(async () =>
        {
            using var call = desk.Runtime.Start(prompt, CancellationToken.None);
            await Ensemble.VoteAsync(call, new PromptEnsemble<int>(members, static (writer, value) => writer.Number(value)), new UrgencyTemplate(Sample.Ticket));
        });

        Assert.Equal([["haiku", "mini"], ["mini", "haiku"]], plan.Steps.Select(static step => step.Models.Select(static model => model.ModelId)));
    }

    private readonly struct PreviousTemplate : IPromptTemplate
    {
        public void Render(ModelInfo model, PromptWriter prompt)
        {
            prompt.Role(PromptRole.User);
            prompt.Append("previous: ");
            prompt.Append(prompt.Previous<int?>() is { } previous ? $"{previous.Answer} = {previous.Value}" : "none");
        }
    }
}
