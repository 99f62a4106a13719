using PromptGen.Contracts;
using PromptGen.Routing;

namespace PromptGen.Tests.Execution;

/// <summary>Streams whose first item is hedged, and which another model continues where they break off.</summary>
public sealed class ResumedHedgeTests
{
    private const string Whole = "Dear Ada, thank you for your letter.";

    private static readonly TimeSpan After = TimeSpan.FromSeconds(2);

    private static readonly PromptDefinition<IReadOnlyList<int>> Elements =
        new("Desk.Urgencies", "00c0ffee", new UrgenciesContract(), Sample.Fast) { Repairs = 0, HedgeAfter = After, Resume = true };

    [Fact]
    public async Task The_stream_of_the_second_model_is_continued_by_the_next_step()
    {
        using var desk = new Desk();
        var (first, second) = (desk.Mini.Stream(), desk.Haiku.Stream());
        desk.Sonnet.Streams(Whole);
        var call = desk.Runtime.Stream(Text(), CancellationToken.None);

        var items = StreamDesk.ItemsAsync(call, Text()).ToListAsync();
        await HedgeAsync(desk);
        second.Send("Dear ", "Ada,").End();

        Assert.Equal(Whole, string.Concat(await items));
        Assert.Equal("mini Initial Cancelled, haiku Hedge Truncated, sonnet Resume None", call.Attempts.Line());
        Assert.Equal("Dear Ada,", Assert.Single(desk.Sonnet.Requests).Messages[^2].Text);
        await first.Disposed;
        await second.Disposed;
    }

    [Fact]
    public async Task The_stream_of_the_first_model_is_continued_by_the_one_that_was_asked_beside_it()
    {
        using var desk = new Desk();
        var (first, second) = (desk.Mini.Stream(), desk.Haiku.Stream());
        desk.Haiku.Streams(Whole);
        var call = desk.Runtime.Stream(Text(), CancellationToken.None);

        var items = StreamDesk.ItemsAsync(call, Text()).ToListAsync();
        await HedgeAsync(desk);
        first.Send("Dear ", "Ada,").End();

        Assert.Equal(Whole, string.Concat(await items));
        Assert.Equal("mini Initial Truncated, haiku Hedge Cancelled, haiku Resume None", call.Attempts.Line());
        Assert.Equal("Dear Ada,", desk.Haiku.Requests[1].Messages[^2].Text);
        Assert.Empty(desk.Sonnet.Requests);
        await second.Disposed;
    }

    [Fact]
    public async Task Elements_of_the_second_model_are_continued_behind_the_delivered_ones()
    {
        using var desk = new Desk();
        desk.Mini.Stream();
        var second = desk.Haiku.Stream();
        desk.Sonnet.Streams("[1,2,3]");
        var call = desk.Runtime.Stream(Elements, StreamSample.Element, CancellationToken.None);

        var items = StreamDesk.ItemsAsync(call, Elements).ToListAsync();
        await HedgeAsync(desk);
        second.Send("{\"value\":[1,", "2,").End();

        Assert.Equal([1, 2, 3], await items);
        Assert.Equal("mini Initial Cancelled, haiku Hedge Truncated, sonnet Resume None", call.Attempts.Line());
        Assert.Equal("{\"value\":[1,2]}", Assert.Single(desk.Sonnet.Requests).Messages[^2].Text);
    }

    [Fact]
    public async Task A_continuation_is_not_hedged()
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send("Dear ", "Ada,").End();
        var slow = desk.Haiku.Stream();
        desk.Sonnet.Streams(Whole);
        var prompt = Text(new PromptStep(Tier.Fast, [Sample.Mini, Sample.Haiku], Sample.Sonnet));
        var call = desk.Runtime.Stream(prompt, CancellationToken.None);

        var items = StreamDesk.ItemsAsync(call, prompt).ToListAsync();
        await desk.Haiku.WaitForRequestAsync(1);
        desk.Clock.Advance(After);
        slow.Send(Whole).Finish();

        Assert.Equal(Whole, string.Concat(await items));
        Assert.Equal("mini Initial Truncated, haiku Resume None", call.Attempts.Line());
        Assert.Empty(desk.Sonnet.Requests);
    }

    [Fact]
    public async Task The_models_behind_the_one_that_broke_off_are_asked_even_where_a_hedge_asked_them_before()
    {
        using var desk = new Desk();
        var first = desk.Mini.Stream();
        desk.Haiku.Fails(new ProviderException(PromptErrorCode.Auth)).Fails(new ProviderException(PromptErrorCode.Auth));
        desk.Sonnet.Stream();
        desk.Sonnet.Streams(Whole);
        var prompt = Text(new PromptStep(Tier.Fast, [Sample.Mini, Sample.Haiku], Sample.Sonnet));
        var call = desk.Runtime.Stream(prompt, CancellationToken.None);

        var items = StreamDesk.ItemsAsync(call, prompt).ToListAsync();
        await HedgeAsync(desk);
        await desk.Sonnet.WaitForRequestAsync(1);
        first.Send("Dear ", "Ada,").End();

        Assert.Equal(Whole, string.Concat(await items));
        Assert.Equal("mini Initial Truncated, haiku Hedge Auth, sonnet Hedge Cancelled, haiku Resume Auth, sonnet Resume None", call.Attempts.Line());
    }

    [Fact]
    public async Task The_deadline_ends_the_continuation()
    {
        using var desk = new Desk();
        desk.Mini.Stream();
        var second = desk.Haiku.Stream();
        var silent = desk.Sonnet.Stream();
        var prompt = new PromptDefinition<string>("Desk.Reply", "00c0ffee", TextContract.Instance, Sample.Fast)
        {
            Repairs = 0,
            HedgeAfter = After,
            Resume = true,
            Deadline = TimeSpan.FromSeconds(10),
        };

        var items = desk.ReplyAsync(prompt).ToListAsync();
        await HedgeAsync(desk);
        second.Send("Dear ", "Ada,").End();
        await desk.Sonnet.WaitForRequestAsync(1);
        desk.Clock.Advance(TimeSpan.FromSeconds(8));

        var error = await Assert.ThrowsAsync<PromptStreamException>(() => items);
        Assert.Equal((PromptErrorCode.DeadlineExceeded, "Dear Ada,"), (error.Code, error.PartialText));
        Assert.Equal("mini Initial Cancelled, haiku Hedge Truncated, sonnet Resume DeadlineExceeded", error.Attempts.Line());
        await silent.Disposed;
    }

    [Fact]
    public async Task A_caller_that_cancels_ends_the_continuation()
    {
        using var desk = new Desk();
        using var source = new CancellationTokenSource();
        desk.Mini.Stream();
        var (second, silent) = (desk.Haiku.Stream(), desk.Sonnet.Stream());

        var items = desk.ReplyAsync(Text(), source.Token).ToListAsync();
        await HedgeAsync(desk);
        second.Send("Dear ", "Ada,").End();
        await desk.Sonnet.WaitForRequestAsync(1);
        await source.CancelAsync();

        var cancelled = await Assert.ThrowsAsync<OperationCanceledException>(() => items);
        Assert.Equal(source.Token, cancelled.CancellationToken);
        Assert.Equal(
            "mini Initial Cancelled, haiku Hedge Truncated, sonnet Resume Cancelled",
            Assert.IsType<PromptStreamException>(cancelled.InnerException).Attempts.Line());
        await silent.Disposed;
    }

    private static PromptDefinition<string> Text(params PromptStep[] route) =>
        new("Desk.Reply", "00c0ffee", TextContract.Instance, route.Length > 0 ? Sample.Chain(route) : Sample.Fast) { Repairs = 0, HedgeAfter = After, Resume = true };

    /// <summary>The first model has not answered in time, and the second one is asked.</summary>
    private static async Task HedgeAsync(Desk desk)
    {
        await desk.Clock.WaitForTimerAsync(After, After);
        desk.Clock.Advance(After);
        await desk.Haiku.WaitForRequestAsync(1);
    }
}
