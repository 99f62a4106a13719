using Microsoft.Extensions.AI;
using PromptGen.Contracts;
using PromptGen.Providers;
using PromptGen.Routing;

namespace PromptGen.Tests.Execution;

/// <summary>The limits of a stream at their edges: how large its answer may be, and how long its model may be silent.</summary>
public sealed class StreamLimitTests
{
    private const int Most = 65_536;

    /// <summary>What an update counts for beside its text.</summary>
    private const int Update = 16;

    private static readonly TimeSpan FirstToken = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(Most - Update, "mini Initial None")]
    [InlineData(Most - Update + 1, "mini Initial OutputTooLarge, sonnet Escalation None")]
    public async Task An_answer_may_be_as_large_as_the_limit(int length, string ledger)
    {
        using var desk = Limited();
        desk.Mini.Streams((_, _) => Whole(new string('a', length)));
        desk.Sonnet.Streams("Dear Ada");
        var call = desk.Runtime.Stream(StreamSample.Text(), CancellationToken.None);

        await StreamDesk.ItemsAsync(call, StreamSample.Text()).ToListAsync();

        Assert.Equal(ledger, call.Attempts.Line());
    }

    [Theory]
    [InlineData(Most - 40_000, "mini Initial Truncated, haiku Resume None")]
    [InlineData(Most - 40_000 + 1, "mini Initial Truncated, haiku Resume OutputTooLarge")]
    public async Task A_text_may_be_as_large_as_the_limit_together_with_its_continuation(int length, string ledger)
    {
        using var desk = Limited();
        var prompt = new PromptDefinition<string>("Desk.Reply", "00c0ffee", TextContract.Instance, new PromptStep(Tier.Fast, [Sample.Mini, Sample.Haiku])) { Repairs = 0, Resume = true };
        desk.Mini.Stream().Send(new string('a', 40_000)).End();
        desk.Haiku.Streams((_, _) => Whole(new string('b', length)));
        var call = desk.Runtime.Stream(prompt, CancellationToken.None);

        await Record.ExceptionAsync(() => StreamDesk.ItemsAsync(call, prompt).ToListAsync());

        Assert.Equal(ledger, call.Attempts.Line());
    }

    [Fact]
    public async Task Progress_without_end_is_too_large_an_answer()
    {
        using var desk = Limited();
        desk.Mini.Streams(static (_, _) => Progress((Most / Update) + 1));
        desk.Sonnet.Streams("Dear Ada");
        var call = desk.Runtime.Stream(StreamSample.Text(), CancellationToken.None);

        Assert.Equal(["Dear Ada"], await StreamDesk.ItemsAsync(call, StreamSample.Text()).ToListAsync());
        Assert.Equal("mini Initial OutputTooLarge, sonnet Escalation None", call.Attempts.Line());
    }

    [Fact]
    public async Task Under_a_deadline_too_a_model_has_its_own_time_where_another_one_can_be_asked()
    {
        using var desk = new Desk();
        desk.Mini.Stream();
        desk.Haiku.Streams("Dear Ada");
        var prompt = StreamSample.Text(FirstToken * 4);
        var call = desk.Runtime.Stream(prompt, CancellationToken.None);

        var items = StreamDesk.ItemsAsync(call, prompt).ToListAsync();
        Assert.Equal(FirstToken, await desk.Clock.WaitForTimerAsync(TimeSpan.Zero));
        desk.Clock.Advance(FirstToken);

        Assert.Equal(["Dear Ada"], await items);
        Assert.Equal("mini Initial FirstTokenTimeout, haiku Fallback None", call.Attempts.Line());
    }

    [Fact]
    public async Task A_deadline_that_ends_together_with_the_time_of_the_model_is_the_reason()
    {
        using var desk = new Desk();
        desk.Mini.Stream();

        var items = desk.ReplyAsync(StreamSample.Text(FirstToken)).ToListAsync();
        desk.Clock.Advance(await desk.Clock.WaitForTimerAsync(TimeSpan.Zero));

        var error = await Assert.ThrowsAsync<PromptException>(() => items);
        Assert.Equal(PromptErrorCode.DeadlineExceeded, error.Code);
        Assert.Equal("mini Initial DeadlineExceeded", error.Attempts.Line());
    }

    [Fact]
    public async Task Once_the_time_of_the_first_token_is_over_nothing_that_follows_is_read()
    {
        using var desk = new Desk();
        desk.Mini.Streams((_, _) => LateAsync());
        desk.Haiku.Streams("Dear Ada");
        var call = desk.Runtime.Stream(StreamSample.Text(), CancellationToken.None);

        Assert.Equal(["Dear Ada"], await StreamDesk.ItemsAsync(call, StreamSample.Text()).ToListAsync());
        Assert.Equal("mini Initial FirstTokenTimeout, haiku Fallback None", call.Attempts.Line());

        async IAsyncEnumerable<ChatResponseUpdate> LateAsync()
        {
            await Task.CompletedTask;
            desk.Clock.Advance(FirstToken + TimeSpan.FromSeconds(1));
            yield return new ChatResponseUpdate(ChatRole.Assistant, []);
            yield return new ChatResponseUpdate(ChatRole.Assistant, "late") { FinishReason = ChatFinishReason.Stop };
        }
    }

    private static Desk Limited() => new(static builder => builder.Resilience.MaxAnswerBytes = Most);

    /// <summary>An answer of one update, which ends it.</summary>
    private static async IAsyncEnumerable<ChatResponseUpdate> Whole(string text)
    {
        await Task.CompletedTask;
        yield return new ChatResponseUpdate(ChatRole.Assistant, text) { FinishReason = ChatFinishReason.Stop };
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Progress(int count)
    {
        await Task.CompletedTask;
        for (var i = 0; i < count; i++)
        {
            yield return UpdateProgress.Mark(new ChatResponseUpdate(ChatRole.Assistant, []));
        }

        yield return new ChatResponseUpdate(ChatRole.Assistant, "late") { FinishReason = ChatFinishReason.Stop };
    }
}
