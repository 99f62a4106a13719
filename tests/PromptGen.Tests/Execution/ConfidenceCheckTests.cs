using PromptGen.Likelihoods;
using PromptGen.Routing;

namespace PromptGen.Tests.Execution;

/// <summary>An answer is accepted by what it states of itself, calibrated by its model.</summary>
public sealed class ConfidenceCheckTests
{
    private const string Answer = """{"value":3}""";

    private static readonly PromptCalibration[] Maps = [new("haiku", [0, 1], [0, 1]), new("mini", [0, 1], [0, 0.5])];

    [Theory]
    [InlineData(0.3, null)]
    [InlineData(0.31, "calibrated Urgency 0.3 is below 0.31")]
    public async Task A_share_of_the_lower_bound_is_accepted(double atLeast, string? reason) => Assert.Equal(reason, await ReasonAsync(Define(atLeast: atLeast)));

    [Theory]
    [InlineData(0.3, null)]
    [InlineData(0.29, "calibrated Urgency 0.3 is above 0.29")]
    public async Task A_share_of_the_upper_bound_is_accepted(double atMost, string? reason) => Assert.Equal(reason, await ReasonAsync(Define(atMost: atMost)));

    [Fact]
    public async Task Each_model_is_compared_by_its_own_map()
    {
        using var desk = new Desk();
        desk.Mini.Answers(Answer);
        desk.Haiku.Answers(Answer);
        var prompt = Define(atLeast: 0.5, route: Sample.Chain(new PromptStep(Tier.Fast, [Sample.Mini]), new PromptStep(Tier.Fast, [Sample.Haiku])));

        var result = await desk.AskAsync(prompt);

        Assert.Equal("mini Initial NotAccepted, haiku Escalation None", result.Attempts.Line());
    }

    [Fact]
    public async Task Without_a_map_of_the_model_it_is_unknown()
    {
        using var desk = new Desk();
        desk.Sonnet.Answers(Answer);

        var error = await desk.FailAsync(Define(atLeast: 0.1, route: Sample.General));

        Assert.Equal(PromptErrorCode.RouteExhausted, error.Code);
        Assert.Equal("sonnet Initial NotAccepted", error.Attempts.Line());
        Assert.Equal("the calibrated Urgency is unknown", error.Attempts[0].RejectionReason);
    }

    [Fact]
    public async Task A_member_that_throws_is_a_check_that_threw()
    {
        using var desk = new Desk();
        desk.Mini.Answers(Answer);
        var bug = new InvalidTimeZoneException("CANARY");

        var error = await desk.FailAsync(Define(atLeast: 0.1, stated: _ => throw bug));

        Assert.Equal(PromptErrorCode.NotAccepted, error.Code);
        Assert.Same(bug, error.InnerException);
        Assert.Equal("The acceptance check threw InvalidTimeZoneException.", error.Attempts[0].RejectionReason);
    }

    [Fact]
    public async Task An_answer_that_was_rejected_before_keeps_its_reason()
    {
        var prompt = Define(atLeast: 0.9, likelihoods: [new PromptLikelihood(0.9)]);

        Assert.Equal("the probability of the answer is unknown", await ReasonAsync(prompt));
    }

    [Fact]
    public async Task The_member_of_an_answer_that_breaks_its_contract_is_not_read()
    {
        using var desk = new Desk();
        desk.Mini.Answers("""{"value":9}""");
        var read = 0;

        var error = await desk.FailAsync(Define(atLeast: 0.1, stated: _ => ++read));

        Assert.Equal("mini Initial SchemaMismatch", error.Attempts.Line());
        Assert.Equal(0, read);
    }

    private static async Task<string?> ReasonAsync(PromptDefinition<int> prompt)
    {
        using var desk = new Desk();
        desk.Mini.Answers(Answer);
        using var call = desk.Runtime.Start(prompt, CancellationToken.None);
        var isAccepted = await call.TryAsync(prompt.Route[0], new UrgencyTemplate(Sample.Ticket));
        var attempt = Assert.Single(isAccepted ? call.Result.Attempts : call.Exhausted().Attempts);
        Assert.Equal(isAccepted ? PromptErrorCode.None : PromptErrorCode.NotAccepted, attempt.Outcome);
        return attempt.RejectionReason;
    }

    /// <summary>An answer of 3 states 0.6; that of mini is right in half as many cases.</summary>
    private static PromptDefinition<int> Define(
        double? atLeast = null,
        double? atMost = null,
        Func<int, double?>? stated = null,
        PromptStep? route = null,
        IReadOnlyList<PromptLikelihood>? likelihoods = null) =>
        new("Desk.Urgency", "00c0ffee", new UrgencyContract(), route ?? new PromptStep(Tier.Fast, [Sample.Mini]))
        {
            Repairs = 0,
            Confidences = [new PromptConfidence<int>("Urgency", stated ?? (static value => value / 5.0), atLeast, atMost, Maps)],
            Likelihoods = likelihoods,
        };
}
