using Microsoft.Extensions.AI;
using PromptGen.Caching;
using PromptGen.Routing;
using PromptGen.Tests.Execution;
using PromptGen.Tests.Telemetry;

namespace PromptGen.Tests.Caching;

/// <summary>A cache that fails, hangs or lies costs no call its answer; calls at once are one call, whose failure is its own.</summary>
public sealed class CacheFaultTests
{
    private const string Good = """{"value":3}""";

    private static readonly PromptDefinition<int> Prompt = Kept(Sample.Fast);

    private readonly ScriptedHybridCache _cache = new();

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("promptgen/1\n1\n1\n1\n")]
    [InlineData("promptgen/2\n1767225600000\n0.1\n1\nmini\n{\"value\":3}")]
    [InlineData("promptgen/1\n-1\n0.1\n1\nmini\n{\"value\":3}")]
    [InlineData("promptgen/1\n9999999999999999\n0.1\n1\nmini\n{\"value\":3}")]
    [InlineData("promptgen/1\n1767225600000\nNaN\n1\nmini\n{\"value\":3}")]
    [InlineData("promptgen/1\nNOW\n0.1\n1\nother\n{\"value\":3}")]
    [InlineData("promptgen/1\nNOW\n0.1\n1\nmini\n{\"value\":9}")]
    [InlineData("promptgen/1\nNOW\n0.1\n1\nmini\nnot json")]
    public async Task An_entry_that_cannot_be_used_is_removed_and_the_models_are_asked(string entry)
    {
        using var desk = NewDesk();
        desk.Mini.Answers(Good);
        var key = await KeyAsync(desk);
        _cache.Entries[key] = entry.Replace("NOW", desk.Clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

        var result = await AskAsync(desk);

        Assert.Equal((3, false), (result.Value, result.FromCache));
        Assert.Equal([key], _cache.Removed);
        Assert.True((await AskAsync(desk)).FromCache);
    }

    [Fact]
    public async Task An_entry_of_another_type_is_a_failure_of_the_cache()
    {
        using var desk = NewDesk();
        desk.Mini.Answers(Good);
        _cache.Entries[await KeyAsync(desk)] = 5;

        Assert.Equal(3, (await AskAsync(desk)).Value);
    }

    [Fact]
    public async Task A_cache_that_is_down_costs_no_answer_and_is_logged_once()
    {
        using var probe = new TelemetryProbe();
        using var desk = NewDesk(builder => builder.UseLoggerFactory(probe));
        _cache.Before = static () => throw new TimeoutException("down");
        for (var i = 0; i < 20; i++)
        {
            desk.Mini.Answers(Good);
            Assert.False((await AskAsync(desk)).FromCache);
        }

        Assert.Single(probe.Logs, static log => log.Event == "promptgen.cache_down");
        // Each call reads twice and writes once until the cache has failed five times in a row.
        Assert.Equal(4, _cache.Reads);

        _cache.Before = null;
        desk.Clock.Advance(TimeSpan.FromSeconds(11));
        desk.Mini.Answers(Good);
        await AskAsync(desk);
        Assert.True((await AskAsync(desk)).FromCache);
        Assert.Single(probe.Logs, static log => log.Event == "promptgen.cache_back");
    }

    [Fact]
    public async Task A_cache_that_hangs_is_waited_for_as_long_as_the_options_say()
    {
        using var desk = NewDesk(static builder => builder.Cache.Timeout = TimeSpan.FromMilliseconds(100));
        desk.Mini.Answers(Good);
        var never = new TaskCompletionSource();
        _cache.Before = () => never.Task;

        var call = AskAsync(desk);
        await desk.Clock.AdvanceUntilAsync(call, TimeSpan.FromMilliseconds(100));

        var result = await call;
        Assert.Equal((3, false), (result.Value, result.FromCache));
        Assert.InRange(result.Duration, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(199));
    }

    [Fact]
    public async Task A_caller_that_cancels_while_the_cache_is_read_gets_a_cancellation()
    {
        using var desk = NewDesk();
        using var source = new CancellationTokenSource();
        var never = new TaskCompletionSource();
        _cache.Before = () => never.Task;

        var call = AskAsync(desk, cancellationToken: source.Token);
        await source.CancelAsync();

        Assert.Equal(source.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call)).CancellationToken);
        Assert.Empty(desk.Mini.Requests);
    }

    [Fact]
    public async Task A_thousand_calls_at_once_are_one_request()
    {
        using var desk = NewDesk();
        var answer = new TaskCompletionSource<string>();
        AnswersLater(desk, answer.Task);

        var calls = Enumerable.Range(0, 1_000).Select(_ => AskAsync(desk)).ToArray();
        answer.SetResult(Good);
        var results = await Task.WhenAll(calls);

        Assert.Single(desk.Mini.Requests);
        Assert.Equal(999, results.Count(static result => result.FromCache));
    }

    [Fact]
    public async Task Where_the_first_caller_cancels_the_next_one_asks()
    {
        using var desk = NewDesk();
        using var source = new CancellationTokenSource();
        AnswersLater(desk, new TaskCompletionSource<string>().Task);
        desk.Mini.Answers(Good);

        var first = AskAsync(desk, cancellationToken: source.Token);
        var others = Enumerable.Range(0, 10).Select(_ => AskAsync(desk)).ToArray();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var results = await Task.WhenAll(others);
        Assert.Equal(2, desk.Mini.Requests.Count);
        Assert.Equal(9, results.Count(static result => result.FromCache));
    }

    [Fact]
    public async Task A_failure_is_not_shared()
    {
        using var desk = NewDesk();
        var answer = new TaskCompletionSource<string>();
        AnswersLater(desk, answer.Task);
        for (var i = 0; i < 3; i++)
        {
            desk.Mini.Answers(Good);
        }

        var first = AskAsync(desk, Kept(Sample.Fast, repairs: 0));
        var others = Enumerable.Range(0, 3).Select(_ => AskAsync(desk, Kept(Sample.Fast, repairs: 0))).ToArray();
        answer.SetResult("no");

        Assert.Equal(PromptErrorCode.RouteExhausted, (await Assert.ThrowsAsync<PromptException>(() => first)).Code);
        Assert.All(await Task.WhenAll(others), static result => Assert.Equal((3, false), (result.Value, result.FromCache)));
        Assert.True((await AskAsync(desk, Kept(Sample.Fast, repairs: 0))).FromCache);
    }

    [Fact]
    public async Task A_call_waits_for_another_one_no_longer_than_its_deadline()
    {
        using var desk = NewDesk();
        AnswersLater(desk, new TaskCompletionSource<string>().Task);

        _ = AskAsync(desk);
        var second = AskAsync(desk, Kept(Sample.Fast, deadline: TimeSpan.FromSeconds(2)));
        await desk.Clock.AdvanceUntilAsync(second, TimeSpan.FromSeconds(2));

        Assert.Equal(PromptErrorCode.DeadlineExceeded, (await Assert.ThrowsAsync<PromptException>(() => second)).Code);
        Assert.Single(desk.Mini.Requests);
    }

    [Fact]
    public async Task The_cache_in_memory_makes_room_for_new_answers()
    {
        using var cache = new MemoryHybridCache(2_000);
        for (var i = 0; i < 20; i++)
        {
            await cache.SetAsync($"key {i}", new string('x', 100));
        }

        var kept = 0;
        for (var i = 0; i < 20; i++)
        {
            kept += await cache.GetOrCreateAsync($"key {i}", static _ => new ValueTask<string?>(default(string)), new() { Flags = Microsoft.Extensions.Caching.Hybrid.HybridCacheEntryFlags.DisableUnderlyingData }) is null ? 0 : 1;
        }

        Assert.InRange(kept, 1, 4);
        Assert.Equal("made", await cache.GetOrCreateAsync("other", static _ => new ValueTask<string>("made")));
    }

    [Fact]
    public async Task An_argument_that_throws_is_a_mistake_of_the_program()
    {
        using var desk = NewDesk();
        using var call = desk.Runtime.Start(Prompt, CancellationToken.None);

        var error = await Assert.ThrowsAsync<PromptException>(async () => await call.CachedAsync(new Broken()));

        Assert.Equal((PromptErrorCode.Configuration, "Desk.Urgency has no key for its answer: a parameter threw InvalidOperationException."), (error.Code, error.Message));
    }

    [Fact]
    public async Task An_answer_that_is_too_long_is_not_kept_and_entries_have_the_name_of_their_prompt()
    {
        using var desk = NewDesk(static builder => builder.Cache.MaxAnswerLength = 10);
        desk.Mini.Answers(Good);
        desk.Mini.Answers("3");

        await AskAsync(desk);
        Assert.Empty(_cache.Entries);
        await AskAsync(desk);
        Assert.Single(_cache.Entries);
        Assert.Equal(["Desk.Urgency"], _cache.Tags);
    }

    private static void AnswersLater(Desk desk, Task<string> answer) =>
        desk.Mini.Then(async (_, cancellationToken) => new ChatResponse(new ChatMessage(ChatRole.Assistant, await answer.WaitAsync(cancellationToken))) { FinishReason = ChatFinishReason.Stop });

    private static PromptDefinition<int> Kept(PromptStep route, int repairs = 1, TimeSpan? deadline = null) =>
        new("Desk.Urgency", "00c0ffee", new UrgencyContract(), new PromptStep(route.Tier, [Sample.Mini]))
        {
            Repairs = repairs,
            Deadline = deadline,
            CacheFor = TimeSpan.FromHours(1),
        };

    private Desk NewDesk(Action<PromptRuntimeBuilder>? configure = null) => new(builder =>
    {
        builder.UseCache(_cache);
        configure?.Invoke(builder);
    });

    /// <summary>The key of the only call: what is kept of it is removed again.</summary>
    private async Task<string> KeyAsync(Desk desk)
    {
        using var other = NewDesk();
        other.Mini.Answers(Good);
        await AskAsync(other);
        var key = _cache.Entries.Keys.Single();
        _cache.Entries.Clear();
        Assert.Empty(desk.Mini.Requests);
        return key;
    }

    private static async Task<PromptResult<int>> AskAsync(Desk desk, PromptDefinition<int>? prompt = null, CancellationToken cancellationToken = default)
    {
        var asked = prompt ?? Prompt;
        using var call = desk.Runtime.Start(asked, cancellationToken);
        var template = new UrgencyTemplate(Sample.Ticket);
        if (await call.CachedAsync(new Key()))
        {
            return call.Result;
        }

        return await call.TryAsync(asked.Route[0], template) ? call.Result : throw call.Exhausted();
    }

    private readonly struct Broken : ICacheKey
    {
        public void WriteKey(CacheKeyWriter key) => throw new InvalidOperationException("secret");
    }

    private readonly struct Key : ICacheKey
    {
        public void WriteKey(CacheKeyWriter key) => key.Text(Sample.Ticket);
    }
}
