using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Calls;

/// <summary>How an answer is handled: accepted, repaired, escalated.</summary>
public sealed class AnswerTests : CallTests
{
    [Fact]
    public async Task A_good_answer_of_OpenAI_is_returned_with_its_cost()
    {
        Server.Enqueue(Reply(Good, input: 1_000, output: 500, cached: 400));

        var result = await Desk.AskMiniAsync("I was charged twice");

        Assert.Equal(new Triage(Queue.Billing, 3, 0.9), result.Value);
        Assert.Equal(Mini, result.ModelId);
        AssertLedger(result.Attempts, $"{Mini} Initial None");
        AssertCost(result, ((600 * 1m) + (400 * 0.5m) + (500 * 2m)) / 1_000_000);
        var request = Assert.Single(Server.Requests);
        Assert.Equal("You triage tickets.", request.TextOf("system"));
        Assert.Equal("I was charged twice", request.TextOf("user"));
        Assert.Equal("object", request.Schema!.Value.GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_good_answer_of_Anthropic_is_returned_with_its_cost()
    {
        Server.Enqueue(Reply(Good));

        var result = await Desk.AskSonnetAsync("I was charged twice");

        Assert.Equal(new Triage(Queue.Billing, 3, 0.9), result.Value);
        AssertLedger(result.Attempts, $"{Sonnet} Initial None");
        AssertCost(result, ((1_000 * 10m) + (500 * 20m)) / 1_000_000);
        var request = Assert.Single(Server.Requests);
        Assert.Equal("You triage tickets.", request.TextOf("system"));
        Assert.Equal(8_192, request.MaxOutputTokens);
    }

    [Fact]
    public async Task A_broken_answer_goes_back_with_every_violation_and_its_repair_is_accepted()
    {
        Server.Enqueue(Reply(Broken), Reply(Good));

        var result = await Desk.TriageAsync("I was charged twice");

        AssertLedger(result.Attempts, $"{Mini} Initial SchemaMismatch", $"{Mini} Repair None");
        AssertCost(result, 2 * ((1_000 * 1m) + (500 * 2m)) / 1_000_000);
        Assert.Equal(["/queue", "/urgency"], result.Attempts[0].Violations.Select(violation => violation.Pointer));
        var repair = Server.Requests[1];
        Assert.Equal(Broken, repair.TextOf("assistant"));
        Assert.Contains("/queue", repair.TextOf("user"), StringComparison.Ordinal);
        Assert.Contains("/urgency", repair.TextOf("user"), StringComparison.Ordinal);
        Assert.Contains("from 1 to 5", repair.TextOf("user"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repair_that_fails_escalates()
    {
        Server.Enqueue(Reply(Broken), Reply(Broken), Reply(Good));

        var result = await Desk.TriageAsync("I was charged twice");

        AssertLedger(result.Attempts, $"{Mini} Initial SchemaMismatch", $"{Mini} Repair SchemaMismatch", $"{Sonnet} Escalation None");
        Assert.Equal(Sonnet, result.ModelId);
        Assert.Equal(Tier.General, result.Tier);
        AssertCost(result, ((2 * 2_000m) + 20_000m) / 1_000_000);
        Assert.DoesNotContain(Server.Requests[2].Messages, message => message.Role == "assistant");
    }

    [Fact]
    public async Task An_unsure_answer_escalates_at_once_and_is_not_asked_for_more_confidence()
    {
        Server.Enqueue(Reply(Unsure), Reply(Good));

        var result = await Desk.TriageAsync("I was charged twice");

        AssertLedger(result.Attempts, $"{Mini} Initial NotAccepted", $"{Sonnet} Escalation None");
        Assert.Contains("Confidence", result.Attempts[0].RejectionReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fence_around_the_answer_is_taken_off_and_recorded()
    {
        Server.Enqueue(Reply($"Sure! Here it is:\n```json\n{Good}\n```"));

        var result = await Desk.TriageAsync("I was charged twice");

        AssertLedger(result.Attempts, $"{Mini} Initial None");
        Assert.NotEmpty(result.Attempts[0].Rungs);
    }

    [Theory]
    [InlineData(Good)]
    [InlineData("""{"queue":"Bil""")]
    public async Task An_answer_that_hit_the_output_limit_is_truncated_even_where_it_parses(string text)
    {
        Server.Enqueue(ModelReply.Length(text), Reply(Good));

        var result = await Desk.TriageAsync("I was charged twice");

        AssertLedger(result.Attempts, $"{Mini} Initial Truncated", $"{Sonnet} Escalation None");
    }

    [Fact]
    public async Task A_refusal_escalates_without_being_read()
    {
        Server.Enqueue(ModelReply.Refusal(), Reply(Good));

        var result = await Desk.TriageAsync("I was charged twice");

        AssertLedger(result.Attempts, $"{Mini} Initial Refused", $"{Sonnet} Escalation None");
    }

    [Fact]
    public async Task A_refusal_of_Anthropic_is_a_refusal_too()
    {
        Server.Enqueue(ModelReply.Refusal());

        var error = await Assert.ThrowsAsync<PromptException>(() => Desk.AskSonnetAsync("I was charged twice"));

        AssertLedger(error.Attempts, $"{Sonnet} Initial Refused");
    }

    [Fact]
    public async Task A_content_filter_ends_the_call_and_is_not_routed_around()
    {
        Server.Enqueue(ModelReply.ContentFilter());

        var error = await Assert.ThrowsAsync<PromptException>(() => Desk.TriageAsync("I was charged twice"));

        Assert.Equal(PromptErrorCode.ContentFiltered, error.Code);
        AssertLedger(error.Attempts, $"{Mini} Initial ContentFiltered");
    }

    [Fact]
    public async Task A_content_filter_that_comes_as_an_error_ends_the_call_too()
    {
        Server.Enqueue(ModelReply.ContentFilterError());

        var error = await Assert.ThrowsAsync<PromptException>(() => Desk.TriageAsync("I was charged twice"));

        Assert.Equal(PromptErrorCode.ContentFiltered, error.Code);
        AssertLedger(error.Attempts, $"{Mini} Initial ContentFiltered");
    }

    [Fact]
    public async Task Usage_that_is_not_reported_leaves_the_cost_incomplete()
    {
        Server.Enqueue(Reply(Good) with { ReportsUsage = false });

        var result = await Desk.AskMiniAsync("I was charged twice");

        AssertCost(result, 0, isComplete: false);
    }
}
