using PromptGen.Budgets;
using PromptGen.Judging;
using PromptGen.Routing;
using PromptGen.Tests.Budgets;
using static PromptGen.Tests.Execution.HedgeDesk;

namespace PromptGen.Tests.Execution;

/// <summary>Where a model has not answered in time, the next one is called too: which of the two answers is used, and how the other request ends.</summary>
public class HedgeTests
{
    private const string One = """{"value":1}""";
    private const string Two = """{"value":2}""";

    [Fact]
    public async Task A_model_that_answers_in_time_is_the_only_one()
    {
        using var desk = new Desk();
        var slow = Slow(desk.Mini);

        var call = desk.AskAsync(Hedged());
        await desk.Clock.WaitForTimerAsync(After, After);
        desk.Clock.Advance(After - TimeSpan.FromTicks(1));
        slow.SetResult(Answer(One));

        Assert.Equal("mini Initial None", (await call).Attempts.Line());
        Assert.Empty(desk.Haiku.Requests);
    }

    [Fact]
    public async Task The_next_model_is_asked_too_and_ends_the_first_one_where_it_answers_first()
    {
        using var desk = new Desk();
        desk.Mini.Hangs();
        desk.Haiku.Answers(Two, 10, 20);

        var call = desk.AskAsync(Hedged());
        await HedgeAsync(desk);
        var result = await call;

        Assert.Equal("mini Initial Cancelled, haiku Hedge None", result.Attempts.Line());
        Assert.Equal(("haiku", 2, After), (result.ModelId, result.Value, result.Duration));
        Assert.Equal(((10 * 3m) + (20 * 4m)) / 1_000_000, result.Attempts[1].Cost.Usd);
        Assert.False(result.Cost.IsComplete);
        Assert.Single(desk.Haiku.Requests);
    }

    [Fact]
    public async Task The_first_model_ends_the_second_one_where_it_answers_first()
    {
        using var desk = new Desk();
        var slow = Slow(desk.Mini);
        desk.Haiku.Hangs();

        var call = desk.AskAsync(Hedged());
        await HedgeAsync(desk);
        await desk.Haiku.WaitForRequestAsync(1);
        slow.SetResult(Answer(One));
        var result = await call;

        Assert.Equal("mini Initial None, haiku Hedge Cancelled", result.Attempts.Line());
        Assert.Equal(("mini", 1), (result.ModelId, result.Value));
    }

    [Fact]
    public async Task A_client_that_ignores_its_token_does_not_hold_up_the_other_answer()
    {
        using var desk = new Desk();
        var late = Slow(desk.Mini);
        desk.Haiku.Answers(Two);

        var call = desk.AskAsync(Hedged(maxUsd: 0.02m));
        await HedgeAsync(desk);

        Assert.Equal("mini Initial Cancelled, haiku Hedge None", (await call).Attempts.Line());
        await Unobserved.AssertNoneAsync<DivideByZeroException>(() => late.SetException(new DivideByZeroException()));
    }

    [Fact]
    public async Task What_a_cancelled_request_reserved_counts_as_spent()
    {
        using var desk = new BudgetDesk(static builder => builder.AddBudget("team", 1m, BudgetPeriod.Day));
        desk.Mini.Hangs();
        desk.Inner.Haiku.Answers(Two, 10, 20);

        var call = desk.AskAsync(Hedged());
        await desk.Mini.WaitForRequestAsync(1);
        var reserved = (await desk.BalanceAsync("team", BudgetPeriod.Day)).ReservedUsd;
        await HedgeAsync(desk.Inner);
        var result = await call;

        Assert.InRange(reserved, 0.002m, 0.0021m);
        Assert.Equal(new BudgetBalance(reserved + result.Attempts[1].Cost.Usd, 0m), await desk.BalanceAsync("team", BudgetPeriod.Day));
    }

    [Theory]
    [InlineData(0.0085, null)]
    [InlineData(null, 0.0085)]
    public async Task Without_room_for_both_in_a_budget_the_first_model_goes_on_alone(double? call, double? all)
    {
        using var desk = new Desk(builder =>
        {
            if (all is { } usd)
            {
                builder.AddBudget("all", (decimal)usd, BudgetPeriod.Day);
            }
        });
        var slow = Slow(desk.Mini);

        var asked = desk.AskAsync(Hedged((decimal?)call));
        await HedgeAsync(desk);
        slow.SetResult(Answer(One));

        Assert.Equal("mini Initial None", (await asked).Attempts.Line());
        Assert.Empty(desk.Haiku.Requests);
    }

    [Fact]
    public async Task A_model_that_a_budget_refused_is_asked_where_the_first_one_turns_out_to_be_unavailable()
    {
        using var desk = new Desk();
        var slow = Slow(desk.Mini);
        desk.Haiku.Answers(Two);

        var call = desk.AskAsync(Hedged(0.0085m));
        await HedgeAsync(desk);
        slow.SetException(new ProviderException(PromptErrorCode.NotFound));

        Assert.Equal("mini Initial NotFound, haiku Fallback None", (await call).Attempts.Line());
    }

    [Fact]
    public async Task A_judge_of_the_second_answer_that_a_budget_refuses_does_not_decide_over_the_first_one()
    {
        using var desk = new Desk();
        var slow = Slow(desk.Mini);
        desk.Haiku.Answers(Two, 1, 1);
        using var call = desk.Runtime.StartJudged(
            Hedged(0.02m),
            (value, _) => Judge.DecideAsync(value == 2 ? AskSonnetAsync(desk) : Task.FromException<bool>(new PromptException(PromptErrorCode.ServerError, "down")), static good => good ? null : "bad", "judge", WhenUnknown.Accept),
            CancellationToken.None);

        var result = ResultAsync(call);
        await HedgeAsync(desk);
        await RecordedAsync(call, 1);
        slow.SetResult(Answer(One, 1, 1));

        Assert.Equal("mini Initial None, haiku Hedge BudgetExceeded", (await result).Attempts.Line());
        Assert.Empty(desk.Sonnet.Requests);
        Assert.Single(desk.Haiku.Requests);
    }

    [Fact]
    public async Task The_deadline_ends_both()
    {
        using var desk = new Desk();
        desk.Mini.Hangs();
        desk.Haiku.Hangs();

        var call = desk.FailAsync(Hedged(deadline: TimeSpan.FromSeconds(3)));
        await HedgeAsync(desk);
        await desk.Haiku.WaitForRequestAsync(1);
        await desk.Clock.AdvanceUntilAsync(call, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        var error = await call;

        Assert.Equal(PromptErrorCode.DeadlineExceeded, error.Code);
        Assert.Equal("mini Initial DeadlineExceeded, haiku Hedge DeadlineExceeded", error.Attempts.Line());
        Assert.Equal(TimeSpan.FromSeconds(3), desk.Clock.Elapsed);
    }

    [Fact]
    public async Task A_model_that_fails_in_time_is_replaced_as_without_a_hedge()
    {
        using var desk = new Desk();
        desk.Mini.Fails(new ProviderException(PromptErrorCode.Auth));
        desk.Haiku.Answers(Two);

        Assert.Equal("mini Initial Auth, haiku Fallback None", (await desk.AskAsync(Hedged())).Attempts.Line());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_both_answers_are_rejected_the_next_step_follows(bool firstComesFirst)
    {
        using var desk = new Desk();
        var (first, second) = (Slow(desk.Mini), Slow(desk.Haiku));
        desk.Sonnet.Answers("""{"value":3}""");

        var call = desk.AskAsync(Hedged(), static value => value < 3 ? "too low" : null);
        await HedgeAsync(desk);
        await desk.Haiku.WaitForRequestAsync(1);
        (firstComesFirst ? first : second).SetResult(Answer(One));
        (firstComesFirst ? second : first).SetResult(Answer(Two));

        Assert.Equal("mini Initial NotAccepted, haiku Hedge NotAccepted, sonnet Escalation None", (await call).Attempts.Line());
    }

    [Theory]
    [InlineData(true, "mini Initial NotAccepted, haiku Hedge None")]
    [InlineData(false, "mini Initial NotFound, haiku Hedge None")]
    public async Task A_first_model_that_is_rejected_or_fails_does_not_end_the_step(bool answers, string ledger)
    {
        using var desk = new Desk();
        var (first, second) = (Slow(desk.Mini), Slow(desk.Haiku));
        using var call = desk.Runtime.Start(Hedged(), static value => value < 2 ? "too low" : null, CancellationToken.None);

        var result = ResultAsync(call);
        await HedgeAsync(desk);
        await desk.Haiku.WaitForRequestAsync(1);
        if (answers)
        {
            first.SetResult(Answer(One));
        }
        else
        {
            first.SetException(new ProviderException(PromptErrorCode.NotFound));
        }

        await RecordedAsync(call, 1);
        second.SetResult(Answer(Two));
        Assert.Equal(ledger, (await result).Attempts.Line());
    }

    [Theory]
    [InlineData(PromptErrorCode.None, "mini Initial None, haiku Hedge NotAccepted")]
    [InlineData(PromptErrorCode.ContentFiltered, "mini Initial None, haiku Hedge ContentFiltered")]
    [InlineData(PromptErrorCode.NotFound, "mini Initial None, haiku Hedge NotFound")]
    public async Task A_second_model_that_is_rejected_or_fails_does_not_end_the_step(PromptErrorCode code, string ledger)
    {
        using var desk = new Desk();
        var first = Slow(desk.Mini);
        using var call = desk.Runtime.Start(Hedged(), static value => value > 1 ? "too high" : null, CancellationToken.None);
        if (code == PromptErrorCode.None)
        {
            desk.Haiku.Answers(Two);
        }
        else
        {
            desk.Haiku.Fails(new ProviderException(code));
        }

        var result = ResultAsync(call);
        await HedgeAsync(desk);
        await RecordedAsync(call, 1);
        first.SetResult(Answer(One));

        Assert.Equal(ledger, (await result).Attempts.Line());
    }

    [Fact]
    public async Task A_content_filter_ends_the_call_once_the_other_answer_is_rejected_too()
    {
        using var desk = new Desk();
        var first = Slow(desk.Mini);
        desk.Haiku.Fails(new ProviderException(PromptErrorCode.ContentFiltered));

        var call = desk.FailAsync(Hedged(), static _ => "never");
        await HedgeAsync(desk);
        await desk.Haiku.WaitForRequestAsync(1);
        first.SetResult(Answer(One));
        var error = await call;

        Assert.Equal(PromptErrorCode.ContentFiltered, error.Code);
        Assert.Equal("mini Initial NotAccepted, haiku Hedge ContentFiltered", error.Attempts.Line());
    }

    [Fact]
    public async Task A_second_model_that_is_unavailable_is_replaced_by_the_next_one_while_the_first_is_asked()
    {
        using var desk = new Desk();
        desk.Mini.Hangs();
        desk.Haiku.Fails(new ProviderException(PromptErrorCode.Auth));
        desk.Llama.Answers(Two);

        var call = desk.AskAsync(Hedged(route: new PromptStep(Tier.Fast, [Sample.Mini, Sample.Haiku], Sample.Llama)));
        await HedgeAsync(desk);

        Assert.Equal("mini Initial Cancelled, haiku Hedge Auth, llama3.1:70b Hedge None", (await call).Attempts.Line());
    }

    [Fact]
    public async Task Where_both_are_unavailable_the_models_behind_them_follow_one_after_another()
    {
        using var desk = new Desk();
        var (first, second) = (Slow(desk.Mini), Slow(desk.Haiku));
        desk.Llama.Answers(Two);
        using var call = desk.Runtime.Start(Hedged(route: new PromptStep(Tier.Fast, [Sample.Mini, Sample.Haiku], Sample.Llama)), CancellationToken.None);

        var result = ResultAsync(call);
        await HedgeAsync(desk);
        await desk.Haiku.WaitForRequestAsync(1);
        first.SetException(new ProviderException(PromptErrorCode.NotFound));
        await RecordedAsync(call, 1);
        second.SetException(new ProviderException(PromptErrorCode.Auth));

        Assert.Equal("mini Initial NotFound, haiku Hedge Auth, llama3.1:70b Fallback None", (await result).Attempts.Line());
    }

    [Fact]
    public async Task A_model_that_may_not_be_asked_is_skipped()
    {
        using var desk = new Desk();
        desk.Mini.Hangs();
        desk.Runtime.Endpoints.Find(Sample.Haiku).Connection!.Cooldown.Extend(TimeSpan.FromMinutes(1));
        desk.Llama.Answers(Two);

        var call = desk.AskAsync(Hedged(route: new PromptStep(Tier.Fast, [Sample.Mini, Sample.Haiku], Sample.Llama)));
        await HedgeAsync(desk);

        Assert.Equal("mini Initial Cancelled, llama3.1:70b Hedge None", (await call).Attempts.Line());
    }

    [Fact]
    public async Task Protected_data_reaches_no_hosted_model_by_a_hedge()
    {
        using var desk = new Desk();
        var slow = Slow(desk.Llama);
        var route = new PromptStep(Tier.SelfHosted, [Sample.Llama], Sample.Mini);
        var prompt = new PromptDefinition<int>("Desk.Urgency", "00c0ffee", new UrgencyContract(), route) { HedgeAfter = After, SelfHostedOnly = true };

        var call = desk.AskAsync(prompt);
        await HedgeAsync(desk);
        slow.SetResult(Answer(One));

        Assert.Equal("llama3.1:70b Initial None", (await call).Attempts.Line());
        Assert.Empty(desk.Mini.Requests);
    }

    [Fact]
    public async Task A_model_above_the_ceiling_is_not_asked_by_a_hedge()
    {
        using var desk = new Desk();
        var slow = Slow(desk.Mini);
        var prompt = Hedged(route: new PromptStep(Tier.Fast, [Sample.Mini], Sample.Sonnet));
        var entry = new RouteEntry(prompt.Route[0]);
        entry.By(prompt.Route[0], "plan = Free", Tier.Fast);
        using var call = desk.Runtime.Start(prompt, CancellationToken.None);

        var taken = call.TryAsync(call.Enter(entry)!, new UrgencyTemplate(Sample.Ticket));
        await HedgeAsync(desk);
        slow.SetResult(Answer(One));

        Assert.True(await taken);
        Assert.Equal("mini Initial None", call.Result.Attempts.Line());
        Assert.Empty(desk.Sonnet.Requests);
    }

    [Fact]
    public async Task The_check_of_an_answer_counts_and_ends_with_it()
    {
        using var desk = new Desk();
        var never = new TaskCompletionSource<string?>();
        desk.Mini.Answers(One, 10, 20);
        desk.Haiku.Answers(Two, 10, 20);
        using var call = desk.Runtime.Start(Hedged(), (value, _) => value == 1 ? new ValueTask<string?>(never.Task) : new ValueTask<string?>((string?)null), CancellationToken.None);

        var result = ResultAsync(call);
        await HedgeAsync(desk);

        Assert.Equal("mini Initial Cancelled, haiku Hedge None", (await result).Attempts.Line());
        Assert.True(call.Result.Cost.IsComplete);
    }

    [Fact]
    public async Task A_repair_belongs_to_the_model_that_broke_the_contract()
    {
        using var desk = new Desk();
        var slow = Slow(desk.Mini);
        desk.Mini.Answers(One);
        desk.Haiku.Hangs();

        var call = desk.AskAsync(Hedged());
        await HedgeAsync(desk);
        await desk.Haiku.WaitForRequestAsync(1);
        slow.SetResult(Answer("""{"value":9}"""));

        Assert.Equal("mini Initial SchemaMismatch, haiku Hedge Cancelled, mini Repair None", (await call).Attempts.Line());
    }

    [Fact]
    public async Task A_check_that_throws_ends_the_call_and_both_requests()
    {
        using var desk = new Desk();
        desk.Mini.Hangs();
        desk.Haiku.Answers(Two);

        var call = desk.FailAsync(Hedged(), static _ => throw new InvalidTimeZoneException());
        await HedgeAsync(desk);
        var error = await call;

        Assert.Equal(PromptErrorCode.NotAccepted, error.Code);
        Assert.IsType<InvalidTimeZoneException>(error.InnerException);
        Assert.Equal("haiku", error.Attempts[^1].ModelId);
    }

    [Fact]
    public async Task A_caller_that_cancels_ends_both()
    {
        using var desk = new Desk();
        using var source = new CancellationTokenSource();
        desk.Mini.Hangs();
        desk.Haiku.Hangs();

        var call = desk.AskAsync(Hedged(), cancellationToken: source.Token);
        await HedgeAsync(desk);
        await desk.Haiku.WaitForRequestAsync(1);
        await source.CancelAsync();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        Assert.Equal(source.Token, exception.CancellationToken);
        Assert.Equal("mini Initial Cancelled, haiku Hedge Cancelled", ((PromptException)exception.InnerException!).Attempts.Line());
    }

    [Fact]
    public async Task One_of_two_answers_that_come_at_once_is_accepted()
    {
        using var desk = new Desk();
        for (var i = 0; i < 300; i++)
        {
            var (first, second) = (Slow(desk.Mini), Slow(desk.Haiku));
            var call = desk.AskAsync(Hedged());
            await HedgeAsync(desk);
            await desk.Haiku.WaitForRequestAsync(i + 1);
            await Task.WhenAll(Task.Run(() => first.SetResult(Answer(One, 1, 1))), Task.Run(() => second.SetResult(Answer(Two, 1, 1))));

            var result = await call;
            var accepted = Assert.Single(result.Attempts, static attempt => attempt.Outcome == PromptErrorCode.None);
            Assert.Equal(PromptErrorCode.Cancelled, Assert.Single(result.Attempts, static attempt => attempt.Outcome != PromptErrorCode.None).Outcome);
            Assert.Equal((accepted.ModelId, accepted.ModelId == "mini" ? 1 : 2), (result.ModelId, result.Value));
        }
    }

    [Fact]
    public async Task The_models_of_a_canary_that_answer_beside_the_candidate_are_the_control()
    {
        using var desk = new Desk();
        var candidate = new PromptStep(Tier.Fast, [Sample.Haiku, Sample.Mini]);
        var prompt = new PromptDefinition<int>("Desk.Urgency", "00c0ffee", new UrgencyContract(), new PromptStep(Tier.Fast, [Sample.Mini]))
        {
            HedgeAfter = After,
            Canary = new PromptCanary("Desk.Urgency", 100, candidate),
            Entries = [candidate],
        };
        desk.Haiku.Hangs();
        desk.Mini.Answers(One);

        using var call = desk.Runtime.Start(prompt, CancellationToken.None);
        var taken = call.TryAsync(call.Enter(new RouteEntry(prompt.Route[0]))!, new UrgencyTemplate(Sample.Ticket));
        await HedgeAsync(desk);

        Assert.True(await taken);
        Assert.Equal("haiku Initial Cancelled, mini Hedge None", call.Result.Attempts.Line());
        Assert.Equal(["canary", "control"], call.Result.Attempts.Select(static attempt => attempt.Arm));
        Assert.Equal("control", call.Result.Arm);
    }
}
