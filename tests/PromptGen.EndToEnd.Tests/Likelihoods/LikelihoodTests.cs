using PromptGen.EndToEnd.Tests.Calls;
using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Likelihoods;

/// <summary>Answers are accepted by the log-probabilities of their tokens, as OpenAI's protocol has them.</summary>
public sealed class LikelihoodTests : CallTests
{
    private const string Ticket = "I was charged twice";
    private const string Fenced = "```json\n" + Good + "\n```";
    private const string Repaired = """{"queue":"Billing","urgency":3,"confidence":0.9,}""";

    private LikelyDesk Likely => new(Prompts);

    [Fact]
    public async Task A_likely_value_is_accepted()
    {
        Server.Enqueue(Sure(Good, 0.95));

        var result = await Likely.SureAsync(Ticket);

        AssertLedger(result.Attempts, $"{Mini} Initial None");
        Assert.Equal(Queue.Billing, result.Value.Queue);
        Assert.True(Server.Requests[0].Body.GetProperty("logprobs").GetBoolean());
    }

    [Fact]
    public async Task An_unlikely_value_escalates_and_is_not_repaired()
    {
        Server.Enqueue(Sure(Good, 0.629), Reply(Good));

        var result = await Likely.SureAsync(Ticket);

        AssertLedger(result.Attempts, $"{Mini} Initial NotAccepted", $"{Sonnet} Escalation None");
        Assert.Equal("probability 0.62 of 'Queue' is below 0.9", result.Attempts[0].RejectionReason);
        Assert.Equal([true, false], Server.Requests.Select(static request => request.Body.TryGetProperty("logprobs", out _)));
    }

    [Fact]
    public async Task A_prompt_that_asks_for_no_probability_sends_none()
    {
        Server.Enqueue(Reply(Good));

        await Desk.TriageAsync(Ticket);

        Assert.False(Server.Requests[0].Body.TryGetProperty("logprobs", out _));
    }

    [Fact]
    public async Task The_value_of_a_repair_is_compared_by_its_own_tokens()
    {
        Server.Enqueue(Reply(Broken), Sure(Good, 0.95));

        var result = await Likely.KnownAsync(Ticket);

        AssertLedger(result.Attempts, $"{Mini} Initial SchemaMismatch", $"{Mini} Repair None");
    }

    [Fact]
    public async Task An_answer_without_probabilities_is_rejected_unless_the_declaration_says_otherwise()
    {
        Server.Enqueue(Reply(Good), Reply(Good), Reply(Good));

        var rejected = await Assert.ThrowsAsync<PromptException>(() => Likely.KnownAsync(Ticket));
        var accepted = await Likely.SureAsync(Ticket);
        var ended = await Assert.ThrowsAsync<PromptException>(() => Likely.StrictAsync(Ticket));

        Assert.Equal(PromptErrorCode.RouteExhausted, rejected.Code);
        Assert.Equal([$"{Mini} Initial NotAccepted"], Ledger(rejected.Attempts));
        Assert.Equal("the probability of 'Queue' is unknown", rejected.Attempts[0].RejectionReason);
        Assert.Contains("the probability of 'Queue' is unknown", rejected.Message, StringComparison.Ordinal);
        Assert.Equal([$"{Mini} Initial None"], Ledger(accepted.Attempts));
        Assert.Equal(PromptErrorCode.NotAccepted, ended.Code);
        Assert.Equal([$"{Mini} Initial NotAccepted"], Ledger(ended.Attempts));
        Assert.Equal("the probability of 'Queue' is unknown.", Assert.IsType<PromptException>(ended.InnerException).Message);
    }

    [Theory]
    [InlineData(Good, 1)]
    [InlineData(Fenced, 1)]
    [InlineData(Repaired, 0)]
    [InlineData("Here it is: " + Good, 0)]
    public async Task A_probability_is_known_where_the_text_of_the_answer_is_its_JSON(string answer, int accepted)
    {
        Server.Enqueue(Sure(answer, 0.95));

        var result = await Record.ExceptionAsync(() => Likely.KnownAsync(Ticket));

        Assert.Equal(accepted == 1, result is null);
    }

    [Fact]
    public async Task Tokens_of_another_text_give_no_probability()
    {
        Server.Enqueue(Reply(Good) with { LogProbabilities = AnswerTokens.Of(Good.Replace("Billing", "Bulling", StringComparison.Ordinal)) });

        var error = await Assert.ThrowsAsync<PromptException>(() => Likely.KnownAsync(Ticket));

        Assert.Equal("the probability of 'Queue' is unknown", error.Attempts[0].RejectionReason);
    }

    [Fact]
    public async Task A_judge_is_asked_about_likely_answers_only()
    {
        Server.Enqueue(Sure(Good, 0.01), Reply(Good), Reply("""{"value":true}"""));

        var result = await Likely.JudgedAsync(Ticket);

        AssertLedger(result.Attempts, $"{Mini} Initial NotAccepted", $"{Sonnet} Escalation None", $"{Haiku} Judge None");
        Assert.Matches("^probability 0\\.[0-9]{1,2} of the answer is below 0\\.9$", result.Attempts[0].RejectionReason!);
    }

    [Theory]
    [InlineData(0.95, null)]
    [InlineData(0.5, "probability 0.5 of 'Queue' is below 0.9")]
    public async Task The_winner_of_a_vote_has_the_probability_of_the_answer_that_it_is(double probability, string? reason)
    {
        Server.Enqueue(Mini, Sure(Good, probability));
        Server.Enqueue(Haiku, Reply(Good));
        Server.Enqueue(Sonnet, Reply(Good));

        var result = await Likely.AgreedAsync(Ticket);

        Assert.Equal(reason is null ? Mini : Sonnet, result.ModelId);
        Assert.Equal(reason, result.Attempts.Select(static attempt => attempt.RejectionReason).FirstOrDefault(static one => one is not null));
    }

    [Fact]
    public async Task An_unlikely_answer_breaks_no_circuit_and_is_paid_for()
    {
        Server.Enqueue(Sure(Good, 0.5), Reply(Good));

        var result = await Likely.SureAsync(Ticket);

        AssertCost(result, (2_000m + 20_000m) / 1_000_000);
    }

    private static ModelReply Sure(string answer, double probability) =>
        Reply(answer) with { LogProbabilities = AnswerTokens.Of(answer, ("Billing", probability)) };
}
