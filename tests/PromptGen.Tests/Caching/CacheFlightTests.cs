using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Caching;

/// <summary>Calls at once wait for the one that leads them, and for no other one.</summary>
public sealed class CacheFlightTests
{
    private const string Three = """{"value":3}""";
    private const string Four = """{"value":4}""";
    private const string Five = """{"value":5}""";

    [Fact]
    public async Task A_call_that_only_writes_does_not_end_the_wait_for_another_one()
    {
        using var desk = new Desk();
        var answer = new TaskCompletionSource<string>();
        desk.Mini.AnswersLater(answer.Task).Answers(Four);

        var first = desk.AskCachedAsync();
        var waiting = desk.AskCachedAsync();
        Assert.Equal(4, (await desk.AskCachedAsync(CachedCalls.Prompt, new PromptOptions { Cache = CacheMode.Write })).Value);
        answer.SetResult(Three);

        Assert.Equal((3, 3), ((await first).Value, (await waiting).Value));
        Assert.True((await waiting).FromCache);
    }

    [Fact]
    public async Task A_call_that_asks_for_itself_after_a_failure_ends_the_wait_for_no_later_one()
    {
        using var desk = new Desk();
        TaskCompletionSource<string>[] answers = [new(), new(), new()];
        foreach (var answer in answers)
        {
            desk.Mini.AnswersLater(answer.Task);
        }

        var failing = desk.AskCachedAsync();
        var second = desk.AskCachedAsync();
        answers[0].SetResult("no");
        await Assert.ThrowsAsync<PromptException>(() => failing);
        await desk.Mini.WaitForRequestAsync(2);
        var third = desk.AskCachedAsync();
        await desk.Mini.WaitForRequestAsync(3);
        var waiting = desk.AskCachedAsync();
        answers[1].SetResult(Four);
        Assert.Equal(4, (await second).Value);
        answers[2].SetResult(Five);

        Assert.Equal((5, 5), ((await third).Value, (await waiting).Value));
        Assert.Equal(3, desk.Mini.Requests.Count);
    }

    [Fact]
    public async Task An_answer_that_came_between_the_look_and_the_lead_is_taken_and_ends_the_lead()
    {
        var cache = new ScriptedHybridCache();
        using var desk = new Desk(builder => builder.UseCache(cache));
        desk.Mini.Answers(Three).Answers(Four);
        await desk.AskCachedAsync();
        var (key, entry) = Assert.Single(cache.Entries);
        cache.Entries.Clear();
        var looked = cache.Reads;
        cache.Before = () =>
        {
            if (cache.Reads == looked + 2)
            {
                cache.Entries[key] = entry;
            }

            return Task.CompletedTask;
        };

        var late = await desk.AskCachedAsync();
        Assert.Equal((3, true), (late.Value, late.FromCache));
        Assert.Single(desk.Mini.Requests);

        // No call waits for one that has ended.
        cache.Entries.Clear();
        var next = await desk.AskCachedAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal((4, false), (next.Value, next.FromCache));
    }

    [Fact]
    public async Task Calls_whose_own_check_refuses_the_shared_answer_each_ask()
    {
        using var desk = new Desk();
        TaskCompletionSource<string>[] answers = [new(), new(), new()];
        foreach (var answer in answers)
        {
            desk.Mini.AnswersLater(answer.Task);
        }

        var first = desk.AskCachedAsync();
        var others = Enumerable.Range(0, 2).Select(_ => desk.AskCachedAsync(reject: static value => value == 3 ? "too low" : null)).ToArray();
        answers[0].SetResult(Three);
        Assert.Equal(3, (await first).Value);
        answers[1].SetResult(Four);
        answers[2].SetResult(Four);

        Assert.All(await Task.WhenAll(others), static result => Assert.Equal((4, false), (result.Value, result.FromCache)));
        Assert.Equal(3, desk.Mini.Requests.Count);
    }
}
