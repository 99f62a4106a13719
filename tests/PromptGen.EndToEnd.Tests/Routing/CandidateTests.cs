using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using PromptGen.EndToEnd.Tests.Calls;
using PromptGen.Testing;
using PromptGen.Tests.Telemetry;

namespace PromptGen.EndToEnd.Tests.Routing;

/// <summary>A candidate takes the place of the first model for a share of the calls.</summary>
public sealed class CandidateTests : CallTests
{
    private CanaryDesk Canaries => new(Prompts);

    [Fact]
    public async Task The_candidate_is_asked_in_place_of_the_first_model()
    {
        Server.Enqueue(Reply(Good));

        var result = await Canaries.AlwaysAsync("I was charged twice");

        Assert.Equal((Haiku, "canary"), (result.ModelId, result.Arm));
        Assert.Equal("canary", Assert.Single(result.Attempts).Arm);
        AssertLedger(result.Attempts, $"{Haiku} Initial None");
    }

    [Fact]
    public async Task A_rejected_answer_of_the_candidate_escalates_and_stays_the_candidates_call()
    {
        Server.Enqueue(Reply(Broken), Reply(Broken), Reply(Good));

        var result = await Canaries.AlwaysAsync("I was charged twice");

        Assert.Equal((Sonnet, "canary"), (result.ModelId, result.Arm));
        AssertLedger(result.Attempts, $"{Haiku} Initial SchemaMismatch", $"{Haiku} Repair SchemaMismatch", $"{Sonnet} Escalation None");
        Assert.All(result.Attempts, static attempt => Assert.Equal("canary", attempt.Arm));
    }

    [Fact]
    public async Task Where_the_candidate_is_unavailable_the_call_is_one_of_the_control()
    {
        Server.Enqueue(ModelReply.Error(401), Reply(Good));

        var result = await Canaries.AlwaysAsync("I was charged twice");

        Assert.Equal((Mini, "control"), (result.ModelId, result.Arm));
        AssertLedger(result.Attempts, $"{Haiku} Initial Auth", $"{Mini} Fallback None");
        Assert.Equal(["canary", "control"], result.Attempts.Select(static attempt => attempt.Arm));
    }

    [Fact]
    public async Task A_candidate_of_the_same_tier_is_asked_first_and_only_once()
    {
        Server.Enqueue(ModelReply.Error(401), ModelReply.Error(401));

        var error = await Assert.ThrowsAsync<PromptException>(() => Canaries.OfTierAsync("I was charged twice", Guid.Empty));

        AssertLedger(error.Attempts, $"{Haiku} Initial Auth", $"{Mini} Fallback Auth");
    }

    [Theory]
    [InlineData(Plan.Free, Mini, "control")]
    [InlineData(Plan.Pro, Sonnet, "canary")]
    [InlineData(Plan.Enterprise, Haiku, null)]
    public async Task The_candidate_stays_below_the_ceiling_and_gets_no_call_that_enters_elsewhere(Plan plan, string model, string? arm)
    {
        Server.Enqueue(Reply(Good));

        var result = await Canaries.ByPlanAsync("I was charged twice", plan);

        Assert.Equal((model, arm), (result.ModelId, result.Arm));
        Assert.Equal([model], Asked());
    }

    [Fact]
    public async Task A_value_keeps_its_arm()
    {
        var arms = new List<string?>();
        for (var i = 0; i < 40; i++)
        {
            Server.Enqueue(Reply(Good), Reply(Good));
            var first = await Canaries.HalfAsync("Hello", $"customer-{i}");
            var second = await Canaries.HalfAsync("Something else", $"customer-{i}");

            Assert.Equal(first.Arm, second.Arm);
            Assert.Equal(first.Arm == "canary" ? Haiku : Mini, first.ModelId);
            arms.Add(first.Arm);
        }

        Assert.InRange(arms.Count(static arm => arm == "canary"), 10, 30);
    }

    [Fact]
    public async Task Streams_and_routes_for_chats_try_the_candidate_too()
    {
        Server.Enqueue(ModelReply.Text("Hello", 10, 10), ModelReply.Text("Hello", 10, 10), ModelReply.Text("Hello", 10, 10));

        await foreach (var _ in Canaries.StreamAsync("Hi", 7))
        {
        }

        var response = await Canaries.Chat().GetResponseAsync("Hi");
        await foreach (var _ in Canaries.Chat().GetStreamingResponseAsync("Hi"))
        {
        }

        Assert.Equal("canary", response.GetPromptResult()!.Arm);
        Assert.Equal([Haiku, Haiku, Haiku], Asked());
    }

    [Fact]
    public async Task Configuration_changes_the_share_without_a_restart_and_zero_stops_it()
    {
        var key = $"Canaries:CanaryDesk.AlwaysAsync:{Haiku}";
        var settings = new ConfigurationBuilder().AddInMemoryCollection().Build();
        using var prompts = PromptRuntime.Create(builder => builder
            .UseConfiguration(settings)
            .AddOpenAI("test-key", Server.OpenAIEndpoint)
            .AddAnthropic("test-key", Server.AnthropicEndpoint));
        var desk = new CanaryDesk(prompts);

        async Task<string?> ArmAsync(string? percent)
        {
            if (percent is not null)
            {
                settings[key] = percent;
                settings.Reload();
            }

            Server.Enqueue(Reply(Good));
            return (await desk.AlwaysAsync("Hello")).Arm;
        }

        Assert.Equal("canary", await ArmAsync(null));
        Assert.Equal("control", await ArmAsync("0"));
        Assert.Equal("control", await ArmAsync("lots"));
        Assert.Equal("control", await ArmAsync("101"));
        Assert.Equal("canary", await ArmAsync("100"));
        Assert.Equal([Haiku, Mini, Mini, Mini, Haiku], Asked());
    }

    [Fact]
    public async Task The_arm_is_reported_by_spans_and_measurements()
    {
        using var probe = new TelemetryProbe();
        Server.Enqueue(ModelReply.Error(401), Reply(Good));

        await Canaries.AlwaysAsync("I was charged twice");

        Assert.Equal("control", probe.Call.GetTagItem("promptgen.arm"));
        Assert.Equal(["canary", "control"], probe.Attempts.Select(static span => span.GetTagItem("promptgen.arm")));
    }
}
