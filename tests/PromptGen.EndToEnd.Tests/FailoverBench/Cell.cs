using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using PromptGen.Budgets;
using PromptGen.EndToEnd.Tests.Wall;

namespace PromptGen.EndToEnd.Tests.FailoverBench;

/// <summary>One cell of the scorecard: a provider, a runtime and a clock of its own. After it the invariants of the wall are asserted.</summary>
[SuppressMessage("Design", "CA1001", Justification = "WaitAsync without a wait handle leaves nothing to dispose of.")]
internal sealed class Cell(Scenario scenario, Column column) : WallTests
{
    /// <summary>The time between the calls of S15.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(4);

    private const string Question = "Say in three sentences what a good route does when ticket FB-CANARY-PROMPT meets a model that fails.";
    private static readonly TimeSpan StreamIdleTimeout = new ResilienceOptions().StreamIdleTimeout;

    // Longer than any wait between attempts, shorter than any time-out.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(4.5);

    private readonly InMemoryBudgetStore _store = new();
    private readonly SemaphoreSlim _delivered = new(0);
    private BenchProvider? _provider;
    private WallCall? _last;
    private int _pauses;
    private int _pieces;

    public Scenario Scenario => scenario;

    public Column Column => column;

    /// <summary>What the last call ended with.</summary>
    public PromptErrorCode Code => _last!.Code;

    /// <summary>What the budget was charged for the scenario, without the probe after it.</summary>
    public decimal Spent { get; private set; }

    /// <summary>Runs the scenario.</summary>
    /// <returns>What the caller got and the provider logged.</returns>
    public async Task<BenchRun> RunAsync()
    {
        _provider = new BenchProvider(Time, ErrorText);
        Otherwise = _provider.Answer;
        Configure = Set;
        _ = Desk;
        var desk = new BenchDesk(Prompts);
        var calls = new List<BenchCall>();
        for (var i = 0; i < scenario.Calls; i++)
        {
            var start = i * Interval;
            Time.Advance(start > Time.Elapsed ? start - Time.Elapsed : TimeSpan.Zero);
            calls.Add(await CallAsync(desk));
        }

        var log = _provider.Log;
        Spent = (await _store.GetBalanceAsync(new BudgetLimit("bench", 100m, BudgetPeriod.Day))).SpentUsd;
        var probe = await SitOutAsync(Observe(token => desk.ProbeAsync(Question, token)));
        return new BenchRun(calls, log, probe.Error is null && CanonicalAnswer.IsWhole(probe.Text));
    }

    /// <summary>Asserts what the benchmark does not ask for.</summary>
    public async Task AssertStricterAsync(BenchRun run)
    {
        Assert.True(run.IsAlive);
        var isResumed = column.Resumes && scenario.WordsBefore > 0;
        Assert.All(run.Log.SkipLast(isResumed ? 1 : 0), static attempt => Assert.Equal(21, attempt.PromptTokens));
        if (scenario.Asked is { } asked)
        {
            Assert.Equal(asked(column), string.Concat(run.Log.Select(attempt => attempt.ModelId == scenario.Primary ? 'P' : 'F')));
        }

        if (isResumed)
        {
            // The fallback is asked once, with the delivered words beside the prompt, and what is new of its answer comes word by word too.
            Assert.InRange(run.Log[^1].PromptTokens, 21 + scenario.WordsBefore, 21 + scenario.WordsBefore + 60);
            Assert.Equal(60, _pieces);
        }
        else if (column.IsLive && scenario.WordsBefore > 0)
        {
            Assert.Equal(CanonicalAnswer.First(scenario.WordsBefore), run.Calls[0].Text);
            Assert.Equal(run.Calls[0].Text, Assert.IsType<PromptStreamException>(_last!.Error).PartialText);
        }

        await scenario.StricterAsync(this, run);
    }

    private void Set(PromptRuntimeBuilder builder) => builder
        .UseBudgetStore(_store)
        .AddBudget("bench", 100m, BudgetPeriod.Day)
        .UseConfiguration(new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                [$"Models:{BenchModels.Primary}:Id"] = scenario.Primary,
                [$"Models:{BenchModels.Primary}:TimeoutSeconds"] = $"{column.TimeOut.TotalSeconds}",
                [$"Models:{BenchModels.Fallback}:Id"] = scenario.Fallback,
                [$"Models:{BenchModels.Fallback}:TimeoutSeconds"] = $"{column.TimeOut.TotalSeconds}",
            })
            .Build());

    private async Task<BenchCall> CallAsync(BenchDesk desk)
    {
        var startedAt = Time.Elapsed;
        using var cancellation = new CancellationTokenSource();
        var call = column.IsLive
            ? ObserveStream(token => Count(column.Resumes ? desk.StreamWholeAsync(Question, token) : desk.StreamAsync(Question, token)), cancellation.Token)
            : Observe(token => desk.AskAsync(Question, token), cancellation.Token);
        var hangs = await SitOutAsync(call, startedAt + TimeSpan.FromSeconds(scenario.MaxWall + 1));
        if (hangs)
        {
            await cancellation.CancelAsync();
        }

        _last = await call;
        var outcome = hangs ? BenchOutcome.Hang : _last.Error is null ? BenchOutcome.Success : BenchOutcome.Error;
        var request = _last.LastRequest;
        return new BenchCall(
            outcome,
            _last.Text,
            _last.Written?.ModelId ?? request?.GetTagItem("gen_ai.response.model") as string,
            request?.GetTagItem("gen_ai.usage.output_tokens") is not null,
            startedAt,
            _last.Took);
    }

    /// <summary>Moves the clock whenever nothing else can happen: by the wait between attempts, by the pause after a word, by a silence.</summary>
    /// <returns>Whether the call was still running at its limit.</returns>
    private async Task<bool> SitOutAsync(Task<WallCall> call, TimeSpan limit)
    {
        var silence = scenario.Silence;
        while (!call.IsCompleted)
        {
            var wait = Time.WaitForTimerAsync(TimeSpan.FromTicks(1), LongestWait);
            var isSilent = silence is { } length && (!column.IsLive || _pauses == scenario.WordsBefore)
                ? WaitForSilenceAsync(length)
                : Task.Delay(Timeout.InfiniteTimeSpan, CancellationToken.None);
            await Task.WhenAny(call, wait, isSilent).WaitAsync(Hanging);
            if (call.IsCompleted)
            {
                break;
            }

            var step = wait.IsCompleted ? await wait : Shortest(silence!.Value);
            silence = wait.IsCompleted ? silence : null;
            if (Time.Elapsed + step > limit)
            {
                return true;
            }

            await KeepStepAsync(step, call);
            Time.Advance(step);
        }

        return false;
    }

    /// <summary>A stream goes on only when the caller has the word before the pause: what is delivered is delivered live.</summary>
    private async Task KeepStepAsync(TimeSpan step, Task<WallCall> call)
    {
        if (column.Resumes && scenario.WordsBefore > 0 && _pauses >= scenario.WordsBefore)
        {
            // Words that were delivered before are not delivered again.
            return;
        }

        if (column.IsLive && step == BenchProvider.Pause)
        {
            // The server pauses after the broken event of S10, too; the call ends there, and no further word is sent.
            var delivered = _delivered.WaitAsync(Hanging);
            Assert.True(await Task.WhenAny(delivered, call) == call || await delivered, "The word was not delivered.");
            _pauses++;
        }
    }

    private async Task WaitForSilenceAsync(TimeSpan length)
    {
        await Server.WaitForRequestAsync(1);
        await Time.WaitForTimerAsync(length, length);
    }

    /// <summary>What ends a silence first: the provider, or the time-out of the attempt or of a stream that has begun.</summary>
    private TimeSpan Shortest(TimeSpan silence)
    {
        var timeOut = _pauses > 0 ? StreamIdleTimeout : column.TimeOut;
        return silence < timeOut ? silence : timeOut;
    }

    private async IAsyncEnumerable<string> Count(IAsyncEnumerable<string> pieces)
    {
        await foreach (var piece in pieces)
        {
            _pieces++;
            _delivered.Release();
            yield return piece;
        }
    }
}
