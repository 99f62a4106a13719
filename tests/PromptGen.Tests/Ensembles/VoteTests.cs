using PromptGen.Ensembles;
using PromptGen.Routing;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Ensembles;

/// <summary>A vote of three models, in front of a route with one: what ends it, what follows, and what the ledger has of it.</summary>
public sealed class VoteTests
{
    private const string Two = """{"value":2}""";
    private const string Three = """{"value":3}""";
    private const string Four = """{"value":4}""";

    private static readonly PromptStep Members = new(Tier.Fast, [Sample.Mini, Sample.Haiku, Sample.Llama]) { Samples = 1, Next = Sample.General };

    [Fact]
    public async Task Two_equal_answers_of_three_decide()
    {
        using var desk = new Desk();
        desk.Mini.Answers(Three, inputTokens: 1_000);
        desk.Haiku.Answers(Three, inputTokens: 1_000);

        var result = await AskAsync(desk);

        Assert.Equal((3, "mini", Tier.Fast), (result.Value, result.ModelId, result.Tier));
        Assert.Equal("mini Vote None, haiku Vote None", result.Attempts.Line());
        Assert.Equal([new PromptVote("mini", "3", 1), new PromptVote("haiku", "3", 1)], result.Votes);
        Assert.Equal(1, result.Agreement);
        Assert.Empty(desk.Llama.Requests);
        Assert.Empty(desk.Sonnet.Requests);
    }

    [Fact]
    public async Task Without_a_majority_the_first_step_of_the_route_follows_as_an_escalation()
    {
        using var desk = new Desk();
        MembersAnswer(desk, Two, Three, Four);
        desk.Sonnet.Answers(Three);

        var result = await AskAsync(desk);

        Assert.Equal("sonnet", result.ModelId);
        Assert.Equal("mini Vote None, haiku Vote None, llama3.1:70b Vote None, sonnet Escalation None", result.Attempts.Line());
        Assert.Equal(["2", "3", "4"], result.Votes.Select(static vote => vote.Choice));
        Assert.Null(result.Agreement);
    }

    [Fact]
    public async Task An_ensemble_without_a_route_ends_without_a_quorum()
    {
        using var desk = new Desk();
        MembersAnswer(desk, Two, Three, Four);

        var error = await Assert.ThrowsAsync<PromptException>(() => AskAsync(desk, route: false));

        Assert.Equal(PromptErrorCode.NoQuorum, error.Code);
        Assert.Equal("mini Vote None, haiku Vote None, llama3.1:70b Vote None", error.Attempts.Line());
        Assert.Equal(
            "Desk.Urgency: no answer has the votes that its ensemble needs. Attempts: 1. mini (Vote): accepted; 2. haiku (Vote): accepted; 3. llama3.1:70b (Vote): accepted.",
            error.Message);
    }

    [Fact]
    public async Task A_member_that_breaks_the_contract_has_no_vote()
    {
        using var desk = new Desk();
        MembersAnswer(desk, """{"value":9}""", Three, Three);

        var result = await AskAsync(desk);

        Assert.Equal("mini Vote SchemaMismatch, haiku Vote None, llama3.1:70b Vote None", result.Attempts.Line());
        Assert.Equal([new PromptVote("mini", null, 0), new PromptVote("haiku", "3", 1), new PromptVote("llama3.1:70b", "3", 1)], result.Votes);
        Assert.Equal("haiku", result.ModelId);
    }

    [Fact]
    public async Task A_winner_that_the_check_rejects_is_rejected_for_all_and_the_route_follows()
    {
        using var desk = new Desk();
        MembersAnswer(desk, Three, Three);
        desk.Sonnet.Answers(Four);

        var result = await AskAsync(desk, reject: static value => value == 3 ? "three" : null);

        Assert.Equal((4, "sonnet"), (result.Value, result.ModelId));
        Assert.Equal("mini Vote None, haiku Vote NotAccepted, sonnet Escalation None", result.Attempts.Line());
        Assert.Equal("three", result.Attempts[1].RejectionReason);
        Assert.Empty(desk.Llama.Requests);
    }

    [Fact]
    public async Task A_caller_that_cancels_ends_the_vote_and_every_request()
    {
        using var desk = new Desk();
        using var cancellation = new CancellationTokenSource();
        desk.Mini.Hangs();
        desk.Haiku.Hangs();
        var asking = AskAsync(desk, cancellationToken: cancellation.Token);
        await desk.Mini.WaitForRequestAsync(1);
        await desk.Haiku.WaitForRequestAsync(1);

        cancellation.Cancel();

        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => asking);
        Assert.Equal(cancellation.Token, error.CancellationToken);
        var inner = Assert.IsType<PromptException>(error.InnerException);
        Assert.Equal(PromptErrorCode.Cancelled, inner.Code);
        Assert.Equal(["haiku Vote Cancelled", "mini Vote Cancelled"], inner.Attempts.Select(static attempt => new[] { attempt }.Line()).Order());
        Assert.Empty(desk.Sonnet.Requests);
    }

    [Fact]
    public async Task A_caller_that_cancels_ends_a_vote_without_a_route_too()
    {
        using var desk = new Desk();
        using var cancellation = new CancellationTokenSource();
        desk.Mini.Hangs();
        desk.Haiku.Hangs();
        var asking = AskAsync(desk, route: false, cancellationToken: cancellation.Token);
        await desk.Haiku.WaitForRequestAsync(1);

        cancellation.Cancel();

        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => asking);
        Assert.Equal(cancellation.Token, error.CancellationToken);
        Assert.Equal(PromptErrorCode.Cancelled, Assert.IsType<PromptException>(error.InnerException).Code);
    }

    [Fact]
    public async Task A_content_filter_ends_the_call_and_no_step_follows()
    {
        using var desk = new Desk();
        desk.Mini.Fails(new ProviderException(PromptErrorCode.ContentFiltered));
        desk.Haiku.Answers(Three);

        var error = await Assert.ThrowsAsync<PromptException>(() => AskAsync(desk));

        Assert.Equal(PromptErrorCode.ContentFiltered, error.Code);
        Assert.Equal("mini Vote ContentFiltered, haiku Vote None", error.Attempts.Line());
        Assert.Empty(desk.Sonnet.Requests);
    }

    [Fact]
    public async Task A_deadline_that_passes_ends_the_call_and_no_step_follows()
    {
        using var desk = new Desk();
        desk.Mini.Hangs();
        desk.Haiku.Hangs();
        var asking = AskAsync(desk, deadline: TimeSpan.FromSeconds(4));
        await desk.Haiku.WaitForRequestAsync(1);

        desk.Clock.Advance(TimeSpan.FromSeconds(4));

        var error = await Assert.ThrowsAsync<PromptException>(() => asking);
        Assert.Equal(PromptErrorCode.DeadlineExceeded, error.Code);
        Assert.All(error.Attempts, static attempt => Assert.Equal(PromptErrorCode.DeadlineExceeded, attempt.Outcome));
        Assert.Empty(desk.Llama.Requests);
        Assert.Empty(desk.Sonnet.Requests);
    }

    [Fact]
    public async Task A_judge_selects_in_both_orders_and_the_check_judges_what_it_selected()
    {
        using var desk = new Desk();
        MembersAnswer(desk, Two, Three, Three);
        desk.Sonnet.Answers(Four);

        var result = await AskAsync(desk, judge: static values => values.ToList().IndexOf(3));
        Assert.Equal((3, "haiku"), (result.Value, result.ModelId));
        Assert.Equal("mini Vote None, haiku Vote None, llama3.1:70b Vote None", result.Attempts.Line());

        MembersAnswer(desk, Two, Three, Three);
        var rejected = await AskAsync(desk, reject: static value => value == 3 ? "three" : null, judge: static values => values.ToList().IndexOf(3));

        Assert.Equal((4, "sonnet"), (rejected.Value, rejected.ModelId));
        Assert.Equal("mini Vote None, haiku Vote NotAccepted, llama3.1:70b Vote None, sonnet Escalation None", rejected.Attempts.Line());
        Assert.Equal("three", rejected.Attempts[1].RejectionReason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(2)]
    public async Task A_judge_that_selects_by_position_or_nothing_selects_nothing(int position)
    {
        using var desk = new Desk();
        MembersAnswer(desk, Two, Three, Three);
        desk.Sonnet.Answers(Four);

        var result = await AskAsync(desk, judge: _ => position);

        Assert.Equal((4, "sonnet"), (result.Value, result.ModelId));
    }

    [Fact]
    public async Task A_value_that_cannot_be_compared_is_a_mistake_of_the_program()
    {
        using var desk = new Desk();
        MembersAnswer(desk, Three, Three);

        var error = await Assert.ThrowsAsync<PromptException>(() => AskAsync(desk, choice: static (_, _) => throw new InvalidTimeZoneException("CANARY")));

        Assert.Equal(PromptErrorCode.Configuration, error.Code);
        Assert.Equal("A check of the output of Desk.Urgency threw InvalidTimeZoneException.", error.Message);
        Assert.IsType<InvalidTimeZoneException>(error.InnerException);
    }

    /// <summary>The members answer, from the first on.</summary>
    private static void MembersAnswer(Desk desk, params string[] answers)
    {
        foreach (var (model, answer) in new[] { desk.Mini, desk.Haiku, desk.Llama }.Zip(answers))
        {
            model.Answers(answer);
        }
    }

    /// <summary>What generated code does: the vote, then the steps of the route.</summary>
    private static async Task<PromptResult<int>> AskAsync(
        Desk desk,
        Func<int, string?>? reject = null,
        Func<IReadOnlyList<int>, int>? judge = null,
        Action<ChoiceWriter, int>? choice = null,
        bool route = true,
        TimeSpan? deadline = null,
        CancellationToken cancellationToken = default)
    {
        var members = route ? Members : new PromptStep(Tier.Fast, [.. Members.Models]) { Samples = 1 };
        var prompt = new PromptDefinition<int>("Desk.Urgency", "00c0ffee", new UrgencyContract(), members.Next) { Deadline = deadline, Repairs = 0 };
        var ensemble = new PromptEnsemble<int>(members, choice ?? (static (writer, value) => writer.Number(value))) { IsJudged = judge is not null };
        var template = new UrgencyTemplate(Sample.Ticket);
        using var call = reject is null ? desk.Runtime.Start(prompt, cancellationToken) : desk.Runtime.Start(prompt, reject, cancellationToken);
        if (judge is null
            ? await Ensemble.VoteAsync(call, ensemble, template)
            : await Ensemble.JudgeAsync(call, ensemble, template, judge, static (judge, values, _) => new ValueTask<int>(judge(values))))
        {
            return call.Result;
        }

        return await call.TakeAsync(prompt.Route, template);
    }
}
