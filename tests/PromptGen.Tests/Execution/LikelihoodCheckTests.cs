using PromptGen.Likelihoods;
using PromptGen.Routing;
using PromptGen.Testing;
using PromptGen.Tests.Contracts;

namespace PromptGen.Tests.Execution;

/// <summary>An answer is accepted where its model was sure enough of its tokens.</summary>
public sealed class LikelihoodCheckTests
{
    private const string Answer = """{"value":3}""";

    [Theory]
    [InlineData(0.9, 0.95, null)]
    [InlineData(1, 1, null)]
    [InlineData(0.9, 0.629, "probability 0.62 of the answer is below 0.9")]
    [InlineData(0.9, 0.5, "probability 0.5 of the answer is below 0.9")]
    [InlineData(0.00002, 0.00001, "probability 0 of the answer is below 0.00002")]
    public async Task An_answer_is_accepted_from_the_stated_probability_on(double atLeast, double probability, string? reason) =>
        Assert.Equal(reason, await ReasonAsync(Answer, "3", probability, new PromptLikelihood(atLeast)));

    [Fact]
    public async Task An_unlikely_answer_leads_to_the_next_step_without_a_repair()
    {
        using var desk = new Desk();
        desk.Mini.Answers(Answer, AnswerTokens.Of(Answer, ("3", 0.5)));
        desk.Sonnet.Answers(Answer, AnswerTokens.Of(Answer, ("3", 0.95)));
        var route = Sample.Chain(new PromptStep(Tier.Fast, [Sample.Mini]), Sample.General);

        var result = await desk.AskAsync(Define(1, route!, new PromptLikelihood(0.9)));

        Assert.Equal("mini Initial NotAccepted, sonnet Escalation None", result.Attempts.Line());
        Assert.Equal([1, 1], [desk.Mini.Requests.Count, desk.Sonnet.Requests.Count]);
    }

    [Fact]
    public async Task All_of_several_probabilities_count()
    {
        PromptLikelihood[] likelihoods = [new(0.3), new(0.7), new(0.9)];

        Assert.Equal("probability 0.5 of the answer is below 0.7", await ReasonAsync(Answer, "3", 0.5, likelihoods));
    }

    [Theory]
    [InlineData(0.95, null)]
    [InlineData(0.5, "probability 0.5 of 'Title' is below 0.9")]
    [InlineData(null, "the probability of 'Title' is unknown")]
    public async Task A_member_is_compared_by_its_own_tokens(double? probability, string? reason)
    {
        const string text = """{"title":"Late","stars":3,"tags":["Slow"]}""";
        using var desk = new Desk();
        _ = probability is { } known ? desk.Mini.Answers(text, AnswerTokens.Of(text, ("Late", known), ("Slow", 0.001))) : desk.Mini.Answers(text);
        var step = new PromptStep(Tier.Fast, [Sample.Mini]);
        using var call = desk.Runtime.Start(
            new PromptDefinition<Note>("Desk.Note", "00c0ffee", NoteContract.Instance, step) { Likelihoods = [new PromptLikelihood(0.9, "Title", "title")] },
            CancellationToken.None);

        Assert.Equal(reason is null, await call.TryAsync(step, new UrgencyTemplate(Sample.Ticket)));

        Assert.Equal(reason, Assert.Single(reason is null ? call.Result.Attempts : call.Exhausted().Attempts).RejectionReason);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(0.9, "calibrated probability 0.45 of the answer is below 0.5")]
    public async Task A_calibrated_probability_is_the_share_of_right_answers(double probability, string? reason) =>
        Assert.Equal(reason, await ReasonAsync(Answer, "3", probability, new PromptLikelihood(0.5) { Calibration = [new PromptCalibration("mini", [0, 1], [0, 0.5])] }));

    [Fact]
    public async Task Without_a_calibration_of_its_model_it_is_unknown() => Assert.Equal(
        "the calibrated probability of the answer is unknown",
        await ReasonAsync(Answer, "3", 1, new PromptLikelihood(0.5) { Calibration = [new PromptCalibration("haiku", [0, 1], [0, 1])] }));

    [Theory]
    [InlineData("{\"value\":3}", null)]
    [InlineData("```json\n{\"value\":3}\n```", null)]
    [InlineData("Here it is: {\"value\":3}", "the probability of the answer is unknown")]
    [InlineData("{\"value\":\"3\"}", "the probability of the answer is unknown")]
    [InlineData("```json\n{\"value\":\"3\"}\n```", "the probability of the answer is unknown")]
    public async Task The_tokens_of_an_answer_that_was_repaired_are_not_used(string answer, string? reason) =>
        Assert.Equal(reason, await ReasonAsync(answer, "3", 0.95, new PromptLikelihood(0.9)));

    [Theory]
    [InlineData(WhenUnknown.Reject)]
    [InlineData(WhenUnknown.Throw)]
    [InlineData(WhenUnknown.Accept)]
    public async Task An_unlikely_answer_is_rejected_whatever_holds_for_an_unknown_one(WhenUnknown whenUnknown)
    {
        using var desk = new Desk();
        desk.Mini.Answers(Answer, AnswerTokens.Of(Answer, ("3", 0.5)));

        var error = await desk.FailAsync(Define(new PromptLikelihood(0.9, WhenUnknown: whenUnknown)));

        Assert.Equal(PromptErrorCode.RouteExhausted, error.Code);
        Assert.Equal("mini Initial NotAccepted", error.Attempts.Line());
    }

    [Fact]
    public async Task An_answer_without_tokens_is_rejected_by_default()
    {
        using var desk = new Desk();
        desk.Mini.Answers(Answer);

        var error = await desk.FailAsync(Define(new PromptLikelihood(0.9)));

        Assert.Equal(PromptErrorCode.RouteExhausted, error.Code);
        Assert.Equal("mini Initial NotAccepted", error.Attempts.Line());
        Assert.Equal("the probability of the answer is unknown", error.Attempts[0].RejectionReason);
    }

    [Fact]
    public async Task It_is_accepted_where_the_declaration_says_so()
    {
        using var desk = new Desk();
        desk.Mini.Answers(Answer);

        var result = await desk.AskAsync(Define(new PromptLikelihood(0.9, WhenUnknown: WhenUnknown.Accept)));

        Assert.Equal("mini Initial None", result.Attempts.Line());
    }

    [Fact]
    public async Task It_ends_the_call_where_the_declaration_says_so()
    {
        using var desk = new Desk();
        desk.Mini.Answers(Answer);

        var error = await desk.FailAsync(Define(1, Sample.Fast, new PromptLikelihood(0.9, WhenUnknown: WhenUnknown.Throw)));

        Assert.Equal(PromptErrorCode.NotAccepted, error.Code);
        Assert.Equal("mini Initial NotAccepted", error.Attempts.Line());
        var inner = Assert.IsType<PromptException>(error.InnerException);
        Assert.Equal((PromptErrorCode.NotAccepted, "the probability of the answer is unknown."), (inner.Code, inner.Message));
    }

    [Fact]
    public async Task An_answer_that_breaks_its_contract_is_not_compared()
    {
        using var desk = new Desk();
        const string text = """{"value":9}""";
        desk.Mini.Answers(text, AnswerTokens.Of(text, ("9", 0.5)));

        var error = await desk.FailAsync(Define(new PromptLikelihood(0.9)));

        Assert.Equal("mini Initial SchemaMismatch", error.Attempts.Line());
        Assert.Null(error.Attempts[0].RejectionReason);
    }

    private static async Task<string?> ReasonAsync(string answer, string part, double probability, params PromptLikelihood[] likelihoods)
    {
        using var desk = new Desk();
        desk.Mini.Answers(answer, AnswerTokens.Of(answer, (part, probability)));
        var prompt = Define(likelihoods);
        using var call = desk.Runtime.Start(prompt, CancellationToken.None);
        var isAccepted = await call.TryAsync(prompt.Route[0], new UrgencyTemplate(Sample.Ticket));
        var attempt = Assert.Single(isAccepted ? call.Result.Attempts : call.Exhausted().Attempts);
        Assert.Equal(isAccepted ? PromptErrorCode.None : PromptErrorCode.NotAccepted, attempt.Outcome);
        return attempt.RejectionReason;
    }

    private static PromptDefinition<int> Define(params PromptLikelihood[] likelihoods) => Define(0, new PromptStep(Tier.Fast, [Sample.Mini]), likelihoods);

    private static PromptDefinition<int> Define(int repairs, PromptStep route, params PromptLikelihood[] likelihoods) =>
        new("Desk.Urgency", "00c0ffee", new UrgencyContract(), route) { Repairs = repairs, Likelihoods = likelihoods };
}
