using System.Reflection;
using PromptGen.Health;
using PromptGen.Routing;
using PromptGen.Testing;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Health;

public class RetryBudgetTests
{
    private static readonly PromptDefinition<int> OnlyMini = Sample.Define(repairs: 0, route: new PromptStep(Tier.Fast, [Sample.Mini]));

    [Fact]
    public void Requests_pay_in_a_share_and_retries_draw_one_each()
    {
        var budget = Budget(new ResilienceOptions { MinRetriesPerSecond = 0 });
        Assert.False(budget.TryDraw(0));
        for (var i = 0; i < 14; i++)
        {
            budget.PayIn(0);
        }

        Assert.True(budget.TryDraw(0));
        Assert.True(budget.TryDraw(0));
        Assert.False(budget.TryDraw(0));
        budget.PayIn(0);
        Assert.True(budget.TryDraw(0));
        Assert.False(budget.TryDraw(0));
    }

    [Fact]
    public void What_was_paid_in_and_drawn_is_forgotten_after_ten_seconds()
    {
        var (budget, second) = (Budget(new ResilienceOptions { RetryBudget = 1, MinRetriesPerSecond = 0.1 }), TimeSpan.TicksPerSecond);
        budget.PayIn(0);

        Assert.True(budget.TryDraw(5 * second));
        Assert.True(budget.TryDraw(5 * second));
        Assert.False(budget.TryDraw(9 * second));
        Assert.False(budget.TryDraw(10 * second));
        Assert.True(budget.TryDraw(15 * second));
        Assert.False(budget.TryDraw(15 * second));
    }

    [Fact]
    public void However_many_draw_at_once_none_gets_more_than_there_is()
    {
        var budget = Budget(new ResilienceOptions());
        for (var i = 0; i < 1_000; i++)
        {
            budget.PayIn(0);
        }

        var drawn = 0;
        Parallel.For(0, 1_000, _ =>
        {
            if (budget.TryDraw(0))
            {
                Interlocked.Increment(ref drawn);
            }
        });

        Assert.Equal(210, drawn);
    }

    [Fact]
    public void A_successful_request_waits_neither_for_a_retry_nor_for_a_broken_answer()
    {
        var budget = Budget(new ResilienceOptions());
        var breaker = new ContractBreaker(new ResilienceOptions(), 0.5, new ManualTimeProvider());
        var (drawing, breaking) = (LockOf(budget), LockOf(breaker));
        Monitor.Enter(drawing);
        Monitor.Enter(breaking);
        try
        {
            var counting = new Thread(() =>
            {
                budget.PayIn(0);
                breaker.Record(broken: false, probe: 0, 0);
            });
            counting.IsBackground = true;
            counting.Start();
            Assert.True(counting.Join(TimeSpan.FromSeconds(30)));
        }
        finally
        {
            Monitor.Exit(drawing);
            Monitor.Exit(breaking);
        }
    }

    [Fact]
    public async Task When_the_retries_are_used_up_the_next_model_is_asked_at_once()
    {
        using var desk = new Desk(static builder => builder.Resilience.MinRetriesPerSecond = 0);
        desk.Mini.Fails(new ProviderException(PromptErrorCode.Overloaded));
        desk.Haiku.Answers("""{"value":3}""");

        var result = await desk.AskAsync();

        Assert.Equal("mini Initial Overloaded, haiku Fallback None", result.Attempts.Line());
        Assert.Equal(TimeSpan.Zero, desk.Clock.Elapsed);
    }

    [Fact]
    public async Task A_call_that_fails_says_that_there_was_no_retry_and_why()
    {
        using var desk = new Desk(static builder => builder.Resilience.MinRetriesPerSecond = 0);
        desk.Mini.Fails(new ProviderException(PromptErrorCode.Overloaded));

        var error = await desk.FailAsync(OnlyMini);

        Assert.Contains("mini (not again: the retry budget of openai is used up)", error.Message, StringComparison.Ordinal);
        Assert.Equal(PromptErrorCode.RouteExhausted, error.Code);
        Assert.Null(error.RetryAfter);
    }

    [Fact]
    public async Task Models_of_one_provider_share_their_retries_and_other_providers_have_their_own()
    {
        using var desk = new Desk(static builder => builder.Resilience.MinRetriesPerSecond = 0.2);
        var (fast, strong) = (new PromptStep(Tier.Fast, [Sample.Haiku]), new PromptStep(Tier.General, [Sample.Sonnet]));
        foreach (var model in new[] { desk.Mini, desk.Haiku, desk.Sonnet })
        {
            for (var i = 0; i < 3; i++)
            {
                model.Fails(new ProviderException(PromptErrorCode.Overloaded));
            }
        }

        var haiku = await Assert.ThrowsAsync<PromptException>(() => desk.WaitOutAsync(desk.AskAsync(Sample.Define(route: fast))));
        var sonnet = await Assert.ThrowsAsync<PromptException>(() => desk.WaitOutAsync(desk.AskAsync(Sample.Define(route: strong))));
        var mini = await Assert.ThrowsAsync<PromptException>(() => desk.WaitOutAsync(desk.AskAsync(OnlyMini)));

        Assert.Equal([3, 1, 3], [haiku.Attempts.Count, sonnet.Attempts.Count, mini.Attempts.Count]);
    }

    [Fact]
    public async Task The_last_try_draws_nothing()
    {
        using var desk = new Desk(static builder =>
        {
            builder.Resilience.MinRetriesPerSecond = 0.2;
            builder.Resilience.MaxRetries = 1;
            builder.Resilience.MinimumThroughput = 100;
        });
        for (var i = 0; i < 5; i++)
        {
            desk.Mini.Fails(new ProviderException(PromptErrorCode.Overloaded));
        }

        var attempts = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            attempts.Add((await Assert.ThrowsAsync<PromptException>(() => desk.WaitOutAsync(desk.AskAsync(OnlyMini)))).Attempts.Count);
        }

        Assert.Equal([2, 2, 1], attempts);
    }

    [Fact]
    public async Task Two_hundred_calls_into_an_outage_make_a_fifth_more_requests_and_ten()
    {
        const int Calls = 200;
        var requests = 0;
        var allAsked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var mini = new ScriptedChatClient(async (_, _) =>
        {
            if (Interlocked.Increment(ref requests) == Calls)
            {
                allAsked.SetResult();
            }

            await allAsked.Task;
            throw new ProviderException(PromptErrorCode.ServerError);
        });
        using var desk = new Desk(builder =>
        {
            builder.AddClient("mini", mini);
            builder.Resilience.MinimumThroughput = int.MaxValue;
            builder.Resilience.RetryDelay = TimeSpan.Zero;
        });

        var errors = await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => Task.Run(() => desk.FailAsync(OnlyMini))));

        Assert.Equal((Calls * 1.2) + 10, requests);
        Assert.Equal(requests, errors.Sum(static error => error.Attempts.Count));
    }

    private static object LockOf(object owner) => owner.GetType().GetField("_lock", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(owner)!;

    private static RetryBudget Budget(ResilienceOptions options) => new(options, new ManualTimeProvider());
}
