using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PromptGen.Budgets;
using PromptGen.Routing;
using PromptGen.Testing;
using PromptGen.Tests.Execution;
using PromptGen.Tests.Telemetry;

namespace PromptGen.Tests.Budgets;

/// <summary>What was spent reaches the store, whatever the result of the first settlement.</summary>
[Collection(TelemetryCollection.Name)]
public class SettlementTests
{
    private static readonly PromptDefinition<int> OnlyMini = Sample.Define(repairs: 0, route: new PromptStep(Tier.Fast, [Sample.Mini]));
    private static readonly BudgetLimit Team = new("team", 1_000_000m, BudgetPeriod.Day);

    [Fact]
    public async Task A_settlement_that_fails_is_repeated_with_growing_pauses_until_the_store_confirms_it()
    {
        using var desk = Desk();
        var settled = new TaskCompletionSource();
        var failures = 0;
        Answer(desk, () => desk.Store.Before = _ => ++failures <= 3 ? throw new IOException() : Task.CompletedTask);
        desk.Store.After = _ =>
        {
            settled.SetResult();
            return Task.CompletedTask;
        };

        await desk.AskAsync(OnlyMini);
        foreach (var pause in new[] { 0.5, 1, 2 })
        {
            Assert.False(settled.Task.IsCompleted);
            desk.Clock.Advance(await desk.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(pause), TimeSpan.FromSeconds(pause)));
        }

        await settled.Task;
        Assert.Equal(new BudgetBalance(0.001m, 0m), await desk.BalanceAsync("team", BudgetPeriod.Day));
    }

    [Fact]
    public async Task A_settlement_whose_confirmation_is_lost_is_repeated_and_counts_once()
    {
        using var desk = Desk();
        var sent = 0;
        desk.Store.After = _ => ++sent == 1 ? throw new IOException() : Task.CompletedTask;
        Answer(desk);

        await desk.AskAsync(OnlyMini);
        desk.Clock.Advance(await PauseAsync(desk));
        await desk.DisposeAsync();

        Assert.Equal(2, sent);
        Assert.Equal(new BudgetBalance(0.001m, 0m), await desk.BalanceAsync("team", BudgetPeriod.Day));
    }

    [Fact]
    public async Task A_settlement_that_takes_too_long_is_repeated()
    {
        using var desk = Desk();
        Answer(desk, () => desk.Store.Before = static _ => new TaskCompletionSource().Task);

        await desk.AskAsync(OnlyMini);
        desk.Store.Before = null;
        desk.Clock.Advance(await desk.Clock.WaitForTimerAsync(TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(250)));
        desk.Clock.Advance(await PauseAsync(desk));
        await desk.DisposeAsync();

        Assert.Equal(new BudgetBalance(0.001m, 0m), await desk.BalanceAsync("team", BudgetPeriod.Day));
    }

    [Fact]
    public async Task What_was_spent_counts_although_the_store_is_back_after_the_reservation_has_expired()
    {
        using var desk = Desk();
        Answer(desk, () => desk.Store.Before = static _ => throw new IOException());
        await desk.AskAsync(OnlyMini);
        for (var elapsed = TimeSpan.Zero; elapsed < TimeSpan.FromMinutes(11);)
        {
            var pause = await PauseAsync(desk);
            Assert.InRange(pause, TimeSpan.FromSeconds(0.5), TimeSpan.FromMinutes(1));
            desk.Clock.Advance(pause);
            elapsed += pause;
        }

        Assert.Equal(default, await desk.BalanceAsync("team", BudgetPeriod.Day));
        desk.Store.Before = null;
        desk.Clock.Advance(await PauseAsync(desk));
        await desk.DisposeAsync();

        Assert.Equal(new BudgetBalance(0.001m, 0m), await desk.BalanceAsync("team", BudgetPeriod.Day));
    }

    [Fact]
    public async Task A_release_that_fails_is_repeated()
    {
        using var desk = Desk();
        desk.Mini.Then((_, _) =>
        {
            desk.Store.Before = static _ => throw new IOException();
            throw new ProviderException(PromptErrorCode.Auth);
        });

        await desk.FailAsync(OnlyMini);
        Assert.NotEqual(0m, (await desk.BalanceAsync("team", BudgetPeriod.Day)).ReservedUsd);
        desk.Store.Before = null;
        desk.Clock.Advance(await PauseAsync(desk));
        await desk.DisposeAsync();

        Assert.Equal(default, await desk.BalanceAsync("team", BudgetPeriod.Day));
    }

    [Fact]
    public async Task Calls_that_are_made_during_an_outage_are_counted_once_the_store_is_back()
    {
        await using var desk = Desk(options: static options => options.FailOpen = true);
        desk.Store.Before = static _ => throw new IOException();
        for (var i = 0; i < 20; i++)
        {
            Answer(desk);
            await desk.AskAsync(OnlyMini);
        }

        Assert.InRange(desk.Store.Operations, 5, 6);
        desk.Store.Before = null;
        await desk.DisposeAsync();

        Assert.Equal(new BudgetBalance(0.020m, 0m), await desk.BalanceAsync("team", BudgetPeriod.Day));
    }

    [Fact]
    public async Task A_settlement_that_the_store_refuses_holds_up_none_behind_it()
    {
        using var desk = Desk();
        Guid? refused = null;
        desk.Store.After = reservation => (refused ??= reservation.Id) == reservation.Id ? throw new InvalidDataException() : Task.CompletedTask;
        Answer(desk);
        await desk.AskAsync(OnlyMini);
        Answer(desk, () => desk.Store.Before = static _ => throw new IOException());
        await desk.AskAsync(OnlyMini);
        desk.Store.Before = null;

        desk.Clock.Advance(await PauseAsync(desk));
        await PauseAsync(desk);

        Assert.Equal(new BudgetBalance(0.002m, 0m), await desk.BalanceAsync("team", BudgetPeriod.Day));
    }

    [Fact]
    public async Task Disposal_waits_for_what_the_store_has_not_confirmed()
    {
        using var log = new TestLog("budget store did not");
        var desk = Desk(log, static options => options.ShutdownTimeout = TimeSpan.FromMinutes(5));
        Answer(desk, () => desk.Store.Before = static _ => throw new IOException());
        await desk.AskAsync(OnlyMini);
        var repeated = new TaskCompletionSource();
        desk.Store.Before = _ =>
        {
            repeated.TrySetResult();
            throw new IOException();
        };

        var disposal = desk.DisposeAsync().AsTask();
        await repeated.Task;
        Assert.False(disposal.IsCompleted);
        desk.Store.Before = null;
        while (!disposal.IsCompleted)
        {
            desk.Clock.Advance(await Task.WhenAny(disposal, PauseAsync(desk)) == disposal ? TimeSpan.Zero : TimeSpan.FromSeconds(0.5));
        }

        Assert.Empty(log.Lines);
        Assert.Equal(new BudgetBalance(0.001m, 0m), await desk.BalanceAsync("team", BudgetPeriod.Day));
    }

    [Fact]
    public async Task What_is_not_confirmed_within_the_limit_is_logged_with_its_amount_and_without_its_scope()
    {
        using var probe = new TelemetryProbe();
        using var log = new TestLog("budget store did not");
        var desk = Desk(log, static options => options.ShutdownTimeout = TimeSpan.FromSeconds(2));
        using (PromptBudget.Scope("CANARY-TENANT"))
        {
            Answer(desk, () => desk.Store.Before = static _ => throw new IOException());
            await desk.AskAsync(OnlyMini);
            Answer(desk);
            await Assert.ThrowsAsync<PromptException>(() => desk.AskAsync(OnlyMini));
        }

        var disposal = desk.DisposeAsync().AsTask();
        desk.Clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(disposal.IsCompleted);
        desk.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await disposal;

        Assert.Equal(
            [
                "Error: The budget store did not confirm 1 settlements of the budget team: $0.001000 may not be counted",
                "Error: The budget store did not confirm 1 settlements of the budget tenant: $0.001000 may not be counted",
            ],
            log.Lines);
        Assert.Equal(["0.001 {promptgen.budget.name=team}", "0.001 {promptgen.budget.name=tenant}"], probe.Of("promptgen.budget.lost"));
    }

    [Fact]
    public async Task Disposing_without_waiting_still_informs_the_store_in_the_background()
    {
        var desk = Desk();
        Answer(desk, () => desk.Store.Before = static _ => throw new IOException());
        await desk.AskAsync(OnlyMini);
        desk.Store.Before = null;

        desk.Dispose();
        await desk.DisposeAsync();

        Assert.Equal(new BudgetBalance(0.001m, 0m), await desk.BalanceAsync("team", BudgetPeriod.Day));
    }

    [Fact]
    public async Task A_container_waits_when_it_is_disposed()
    {
        var store = new WatchedBudgetStore(TimeProvider.System);
        var mini = new ScriptedChatClient();
        var services = new ServiceCollection()
            .AddSingleton<IBudgetStore>(store)
            .AddPromptGen(builder => builder.AddClient("mini", mini).AddBudget("team", 1m, BudgetPeriod.Day))
            .BuildServiceProvider();
        mini.Then((_, _) =>
        {
            store.Before = static _ => throw new IOException();
            return Task.FromResult(Good());
        });
        using (var call = services.GetRequiredService<PromptRuntime>().Start(OnlyMini, CancellationToken.None))
        {
            Assert.True(await call.TryAsync(OnlyMini.Route[0], new UrgencyTemplate("ticket")));
        }

        store.Before = null;
        await services.DisposeAsync();

        Assert.Equal(new BudgetBalance(0.001m, 0m), await store.GetBalanceAsync(new BudgetLimit("team", 1m, BudgetPeriod.Day)));
    }

    [Fact]
    public async Task No_attempt_is_admitted_while_too_much_is_unconfirmed_and_nothing_is_given_up()
    {
        using var log = new TestLog("budget store did not");
        var clock = new ManualTimeProvider();
        var store = new WatchedBudgetStore(clock) { After = static _ => throw new IOException() };
        var keeper = new BudgetKeeper(store, new BudgetStoreOptions(), clock, log);
        var reservations = Enumerable.Range(0, SettlementOutbox.Capacity + 100).Select(_ => keeper.Create(1m, [Team])).ToList();
        foreach (var reservation in reservations)
        {
            Assert.True((await keeper.ReserveAsync(reservation, CancellationToken.None))!.Value.IsGranted);
        }

        reservations.ForEach(reservation => keeper.Settle(reservation, 0.5m));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await keeper.ReserveAsync(keeper.Create(1m, [Team]), CancellationToken.None));

        store.After = null;
        await keeper.CloseAsync();
        Assert.Equal(new BudgetBalance(reservations.Count * 0.5m, 0m), await store.GetBalanceAsync(Team));
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task What_an_outbox_has_no_room_for_is_measured_and_logged()
    {
        using var probe = new TelemetryProbe();
        using var log = new TestLog("budget store did not");
        var clock = new ManualTimeProvider();
        var store = new WatchedBudgetStore(clock) { Before = static _ => throw new IOException() };
        var keeper = new BudgetKeeper(store, new BudgetStoreOptions { FailOpen = true }, clock, log);

        for (var i = 0; i < SettlementOutbox.Capacity + 3; i++)
        {
            keeper.Settle(keeper.Create(1m, [Team]), 0.5m);
        }

        Assert.Equal(["Error: The budget store did not confirm 1 settlements of the budget team: $0.500000 may not be counted"], log.Lines);
        Assert.Equal(3, probe.Of("promptgen.budget.lost").Count(static line => line == "0.5 {promptgen.budget.name=team}"));
        Assert.Equal(SettlementOutbox.Capacity.ToString(System.Globalization.CultureInfo.InvariantCulture), probe.Of("promptgen.budget.unsettled")[^1].Split(' ')[0]);
        store.Before = null;
        await keeper.CloseAsync();
        Assert.Equal(new BudgetBalance(SettlementOutbox.Capacity * 0.5m, 0m), await store.GetBalanceAsync(Team));
        Assert.Equal("Error: The budget store did not confirm 2 settlements of the budget team: $1.000000 may not be counted", log.Lines[^1]);
    }

    [Fact]
    public async Task After_thousands_of_calls_whose_settlements_fail_the_store_holds_the_sum_of_their_ledgers_and_no_reservation()
    {
        const int Calls = 20_000;
        var clock = new ManualTimeProvider();
        var store = new FaultyBudgetStore(new InMemoryBudgetStore(clock));
        using var model = new EvenModel();
        var runtime = PromptRuntime.Create(builder => builder
            .UseTimeProvider(clock)
            .AddClient("mini", model)
            .AddBudget(Team.Key, Team.MaxUsd, Team.Period)
            .UseBudgetStore(store, static options => (options.Timeout, options.ShutdownTimeout) = (TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5))));
        var ledgers = new ConcurrentBag<decimal>();

        // The clock does not advance while calls run: the store's time limit must not end a reservation that only waits for a thread.
        for (var round = 0; ledgers.Count < Calls && round < Calls / 50; round++, clock.Advance(TimeSpan.FromSeconds(5)))
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (_, _) =>
            {
                using var call = runtime.Start(OnlyMini, CancellationToken.None);
                if (await call.TryAsync(OnlyMini.Route[0], new UrgencyTemplate("ticket")))
                {
                    ledgers.Add(call.Result.Cost.Usd);
                }
                else
                {
                    // After failures in a row the store is not used for a second.
                    Assert.Equal(PromptErrorCode.BudgetExceeded, call.Exhausted().Code);
                }
            });
        }

        var disposal = runtime.DisposeAsync().AsTask();
        while (!disposal.IsCompleted)
        {
            // The pause before a repetition, or an operation that never ends.
            await Task.WhenAny(disposal, clock.WaitForTimerAsync(TimeSpan.Zero, TimeSpan.FromSeconds(1)), store.NextHangAsync());
            var longest = store.TakeHang() ? TimeSpan.FromSeconds(5) : TimeSpan.FromSeconds(1);
            var timer = clock.WaitForTimerAsync(TimeSpan.Zero, longest);
            clock.Advance(await Task.WhenAny(disposal, timer) == timer ? longest : TimeSpan.Zero);
        }

        Assert.True(ledgers.Count >= Calls);
        Assert.InRange(store.Faults, Calls / 10, Calls * 10);
        Assert.Equal(new BudgetBalance(ledgers.Sum(), 0m), await store.GetBalanceAsync(Team));
    }

    private static BudgetDesk Desk(ILoggerFactory? log = null, Action<BudgetStoreOptions>? options = null) => new(
        builder => builder
            .UseLoggerFactory(log ?? NullLoggerFactory.Instance)
            .AddBudget("team", 1m, BudgetPeriod.Day)
            .AddBudget("tenant", 1m, BudgetPeriod.Day, perScope: true),
        options);

    private static void Answer(BudgetDesk desk, Action? before = null) => desk.Mini.Then((_, _) =>
    {
        before?.Invoke();
        return Task.FromResult(Good());
    });

    /// <summary>The pause before the next repetition.</summary>
    private static Task<TimeSpan> PauseAsync(BudgetDesk desk) => desk.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(0.5), TimeSpan.FromMinutes(1));

    private static ChatResponse Good() => new(new ChatMessage(ChatRole.Assistant, """{"value":3}"""))
    {
        FinishReason = ChatFinishReason.Stop,
        Usage = new UsageDetails { InputTokenCount = 1_000, OutputTokenCount = 0 },
    };

    /// <summary>Every call costs the same small amount.</summary>
    private sealed class EvenModel : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(Good());

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }

    /// <summary>A store that loses some settlements and releases, loses the confirmation of some, and never answers some; by the number of the operation.</summary>
    private sealed class FaultyBudgetStore(IBudgetStore inner) : IBudgetStore
    {
        private int _operations;
        private int _faults;
        private TaskCompletionSource _hang = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Faults => _faults;

        /// <summary>Ends once an operation hangs that <see cref="TakeHang"/> has not returned.</summary>
        public Task NextHangAsync() => Volatile.Read(ref _hang).Task;

        public bool TakeHang()
        {
            var hang = Volatile.Read(ref _hang);
            return hang.Task.IsCompleted
                && Interlocked.CompareExchange(ref _hang, new(TaskCreationOptions.RunContinuationsAsynchronously), hang) == hang;
        }

        public ValueTask<BudgetDecision> ReserveAsync(BudgetReservation reservation, CancellationToken cancellationToken = default) =>
            inner.ReserveAsync(reservation, cancellationToken);

        public ValueTask SettleAsync(BudgetReservation reservation, decimal usd, CancellationToken cancellationToken = default) =>
            FailAsync(() => inner.SettleAsync(reservation, usd, cancellationToken));

        public ValueTask ReleaseAsync(BudgetReservation reservation, CancellationToken cancellationToken = default) =>
            FailAsync(() => inner.ReleaseAsync(reservation, cancellationToken));

        public ValueTask<BudgetBalance> GetBalanceAsync(BudgetLimit budget, CancellationToken cancellationToken = default) => inner.GetBalanceAsync(budget, cancellationToken);

        private async ValueTask FailAsync(Func<ValueTask> operation)
        {
            var kind = new Random(Interlocked.Increment(ref _operations)).Next(100);
            _ = kind < 16 && Interlocked.Increment(ref _faults) > 0;
            switch (kind)
            {
                case < 5:
                    throw new IOException();
                case < 10:
                    await operation();
                    throw new IOException();
                case < 15:
                    await Task.Yield();
                    await operation();
                    throw new TimeoutException();
                case 15:
                    await operation();
                    Volatile.Read(ref _hang).TrySetResult();
                    await new TaskCompletionSource().Task;
                    break;
                default:
                    await operation();
                    break;
            }
        }
    }
}
