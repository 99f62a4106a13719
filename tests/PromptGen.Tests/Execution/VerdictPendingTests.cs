using System.Diagnostics;
using Microsoft.Extensions.AI;
using PromptGen.Testing;
using PromptGen.Tests.Budgets;
using PromptGen.Tests.Pipelines;
using PromptGen.Tests.Telemetry;

namespace PromptGen.Tests.Execution;

/// <summary>The time between an answer and the verdict on it: what the model is doing then, and what is left where no verdict follows.</summary>
[Collection(TelemetryCollection.Name)]
public sealed class VerdictPendingTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(50);

    [Fact]
    public async Task A_model_works_at_its_answer_and_not_at_the_check_of_it()
    {
        using var desk = new Desk();
        var load = desk.Runtime.Endpoints.Find(Sample.Mini).Connection!.Watch();
        var works = new List<int>();
        desk.Mini.Then((_, _) =>
        {
            works.Add(load.InFlight);
            return Task.FromResult(HedgeDesk.Answer(Numbers.Answer));
        });
        using var call = desk.Runtime.Start(
            Numbers.OnlyMini,
            (_, _) =>
            {
                works.Add(load.InFlight);
                return new ValueTask<string?>(default(string));
            },
            CancellationToken.None);

        Assert.True(await call.TryAsync(Numbers.OnlyMini.Route[0], new UrgencyTemplate(Sample.Ticket)));
        Assert.Equal([1, 0, 0], [.. works, load.InFlight]);
    }

    [Fact]
    public async Task An_answer_without_a_verdict_counts_what_it_may_have_cost_and_its_span_has_ended()
    {
        using var probe = new TelemetryProbe();
        var clock = new FailingClock();
        using var desk = new BudgetDesk(builder => builder.UseTimeProvider(clock).AddBudget("team", 1m, BudgetPeriod.Day));
        desk.Mini.Then((_, _) =>
        {
            clock.FailsNext = true;
            return Task.FromResult(HedgeDesk.Answer(Numbers.Answer, 0, 1));
        });
        var prompt = Sample.Define(repairs: 0, deadline: Deadline, route: Numbers.OnlyMini.Route[0]);

        using (var call = desk.Inner.Runtime.Start(prompt, static (_, _) => new ValueTask<string?>(default(string)), CancellationToken.None))
        {
            await Assert.ThrowsAsync<InvalidTimeZoneException>(async () => await call.TryAsync(prompt.Route[0], new UrgencyTemplate(Sample.Ticket)));
            Assert.Empty(call.Steps.Ledger.Attempts);
        }

        var balance = await desk.BalanceAsync("team", BudgetPeriod.Day);
        Assert.InRange(balance.SpentUsd, Numbers.Usd, Numbers.Usd + 0.0002m);
        Assert.Equal(0m, balance.ReservedUsd);
        Assert.Equal(ActivityStatusCode.Error, Assert.Single(probe.Attempts).Status);
    }

    [Fact]
    public async Task A_stream_without_a_verdict_is_no_work_of_its_model_any_more()
    {
        var clock = new FailingClock();
        using var desk = new Desk(builder => builder.UseTimeProvider(clock));
        var load = desk.Runtime.Endpoints.Find(Sample.Mini).Connection!.Watch();
        var prompt = StreamSample.Elements(Deadline, Numbers.OnlyMini.Route[0]);
        desk.Mini.Streams((_, _) =>
        {
            clock.FailsNext = true;
            return Updates();
        });

        var stream = desk.Runtime.Stream(prompt, StreamSample.Element, static (_, _) => new ValueTask<string?>(default(string)), CancellationToken.None);
        await Assert.ThrowsAsync<InvalidTimeZoneException>(async () => await stream.TryAsync(prompt.Route[0], new UrgencyTemplate(Sample.Ticket)));
        await stream.DisposeAsync();

        Assert.Equal(0, load.InFlight);
        Assert.False(clock.FailsNext);
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Updates()
    {
        yield return new ChatResponseUpdate(ChatRole.Assistant, """{"value":[1,""");
        await Task.CompletedTask;
    }

    /// <summary>A clock of the program that fails once to make a timer.</summary>
    private sealed class FailingClock : TimeProvider
    {
        private readonly ManualTimeProvider _inner = new();

        public bool FailsNext { get; set; }

        public override long TimestampFrequency => _inner.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => _inner.GetUtcNow();

        public override long GetTimestamp() => _inner.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (FailsNext)
            {
                FailsNext = false;
                throw new InvalidTimeZoneException("No timer is made.");
            }

            return _inner.CreateTimer(callback, state, dueTime, period);
        }
    }
}
