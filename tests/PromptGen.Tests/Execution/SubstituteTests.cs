using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using PromptGen.Execution;
using PromptGen.Routing;

namespace PromptGen.Tests.Execution;

/// <summary>The method that answers once the route gave none: it has a time of its own, and its failure is an error with the ledger.</summary>
public sealed class SubstituteTests
{
    private static readonly PromptStep Step = new(Tier.Fast, [Sample.Mini]);

    [Fact]
    public async Task It_answers_with_what_it_was_given()
    {
        using var desk = new Desk();
        using var call = await ExhaustAsync(desk);

        Assert.Equal(7, await call.SubstituteAsync((3, 4), static (state, _) => ValueTask.FromResult(state.Item1 + state.Item2)));
        Assert.Equal(7, await call.SubstituteAsync((3, 4), static async (state, token) =>
        {
            await Task.Yield();
            return token.IsCancellationRequested ? 0 : state.Item1 + state.Item2;
        }));
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(5, false)]
    [InlineData(0.25, false)]
    public async Task One_that_takes_longer_is_ended_and_where_it_ignores_its_token_abandoned(double seconds, bool heeds)
    {
        using var desk = new Desk();
        using var call = await ExhaustAsync(desk);
        var never = new TaskCompletionSource<int>();

        var answer = call.SubstituteAsync((never, heeds), WaitAsync, seconds).AsTask();
        Assert.Equal(TimeSpan.FromSeconds(seconds), await desk.Clock.WaitForTimerAsync(TimeSpan.Zero));
        desk.Clock.Advance(TimeSpan.FromSeconds(seconds));

        var error = await Assert.ThrowsAsync<PromptException>(() => answer);
        Assert.Equal(PromptErrorCode.RouteExhausted, error.Code);
        Assert.IsType<TimeoutException>(error.InnerException);
        Assert.Equal("mini Initial Truncated", error.Attempts.Line());
        Assert.EndsWith("Its [Fallback] method took too long.", error.Message, StringComparison.Ordinal);

        static ValueTask<int> WaitAsync((TaskCompletionSource<int> Never, bool Heeds) state, CancellationToken token) =>
            new(state.Heeds ? state.Never.Task.WaitAsync(token) : state.Never.Task);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_it_throws_is_inside_an_error_with_the_ledger(bool atOnce)
    {
        using var desk = new Desk();
        using var call = await ExhaustAsync(desk);

        var error = await Assert.ThrowsAsync<PromptException>(async () => await call.SubstituteAsync(
            atOnce,
            static (atOnce, _) => atOnce ? throw new InvalidTimeZoneException("CANARY") : new ValueTask<int>(Task.FromException<int>(new InvalidTimeZoneException("CANARY")))));

        Assert.Equal(PromptErrorCode.RouteExhausted, error.Code);
        Assert.IsType<InvalidTimeZoneException>(error.InnerException);
        Assert.Equal("mini Initial Truncated", error.Attempts.Line());
        Assert.EndsWith("Its [Fallback] method threw InvalidTimeZoneException.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Prompts_that_are_each_other_s_substitute_end_with_an_error(bool isAsync)
    {
        using var desk = new Desk();
        var calls = 0;

        var error = await Assert.ThrowsAsync<PromptException>(() => AskAsync());

        Assert.Equal(16, calls - 1);
        Assert.Equal(PromptErrorCode.RouteExhausted, error.Code);
        Assert.Equal(PromptErrorCode.Configuration, Innermost(error).Code);
        Assert.Contains("name each other in [Fallback] or [AcceptIf]", Innermost(error).Message, StringComparison.Ordinal);

        // Calls beside each other are not inside one another.
        calls = 0;
        await Assert.ThrowsAsync<PromptException>(() => AskAsync());
        Assert.Equal(16, calls - 1);

        async Task<int> AskAsync()
        {
            calls++;
            using var call = await ExhaustAsync(desk);
            return await call.SubstituteAsync(0, async (_, _) =>
            {
                if (isAsync)
                {
                    await Task.Yield();
                }

                return await AskAsync();
            });
        }
    }

    [Fact]
    public async Task So_do_streamed_prompts()
    {
        using var desk = new Desk();
        var calls = 0;

        var error = await Assert.ThrowsAsync<PromptException>(() => StreamDesk.ToListAsync(ReplyAsync()));

        Assert.Equal(16, calls - 1);
        Assert.Equal(PromptErrorCode.Configuration, Innermost(error).Code);

        async IAsyncEnumerable<string> ReplyAsync()
        {
            calls++;
            var call = await ExhaustStreamAsync(desk);
            try
            {
                await foreach (var item in call.Substitute(0, (_, _) => ReplyAsync()))
                {
                    yield return item;
                }
            }
            finally
            {
                await call.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task A_caller_who_cancels_does_not_wait_for_it()
    {
        using var desk = new Desk();
        using var cancellation = new CancellationTokenSource();
        using var call = await ExhaustAsync(desk, cancellation.Token);
        var answer = call.SubstituteAsync(new TaskCompletionSource<int>(), static (never, _) => new ValueTask<int>(never.Task)).AsTask();

        cancellation.Cancel();

        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => answer);
        Assert.Equal(cancellation.Token, error.CancellationToken);
        Assert.Equal("mini Initial Truncated", Assert.IsType<PromptException>(error.InnerException).Attempts.Line());
    }

    [Fact]
    public async Task The_deadline_of_the_call_may_be_why_it_runs_and_does_not_count()
    {
        using var desk = new Desk();
        var deadline = TimeSpan.FromSeconds(3);
        var prompt = Sample.Define(deadline: deadline, route: [Step]);
        desk.Mini.Hangs();
        using var call = desk.Runtime.Start(prompt, CancellationToken.None);
        var step = call.TryAsync(Step, new UrgencyTemplate(Sample.Ticket)).AsTask();
        await desk.Mini.WaitForRequestAsync(1);
        desk.Clock.Advance(deadline);
        Assert.False(await step);

        var given = new TaskCompletionSource<int>();
        var answer = call.SubstituteAsync(given, static (given, _) => new ValueTask<int>(given.Task)).AsTask();
        desk.Clock.Advance(TimeSpan.FromSeconds(4.9));
        given.SetResult(5);

        Assert.Equal(5, await answer);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(86_401)]
    public async Task A_time_that_cannot_be_is_refused(double seconds)
    {
        using var desk = new Desk();
        using var call = await ExhaustAsync(desk);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await call.SubstituteAsync(0, static (_, _) => ValueTask.FromResult(1), seconds));
    }

    [Fact]
    public async Task Each_item_of_a_stream_has_the_time_and_what_the_caller_takes_does_not_count()
    {
        using var desk = new Desk();
        await using var call = await ExhaustStreamAsync(desk);
        var source = new ManualStream();
        await using var items = call.Substitute(source, static (source, token) => TextAsync(source, token)).GetAsyncEnumerator();

        source.Send("Dear ");
        Assert.True(await items.MoveNextAsync());
        Assert.Equal("Dear ", items.Current);
        desk.Clock.Advance(TimeSpan.FromHours(1));
        var next = items.MoveNextAsync().AsTask();
        desk.Clock.Advance(TimeSpan.FromSeconds(4));
        source.Send("Ada");
        Assert.True(await next);

        next = items.MoveNextAsync().AsTask();
        desk.Clock.Advance(TimeSpan.FromSeconds(5));

        var error = await Assert.ThrowsAsync<PromptException>(() => next);
        Assert.IsType<TimeoutException>(error.InnerException);
        Assert.Equal("mini Initial Auth", error.Attempts.Line());
        await source.Disposed;
    }

    [Theory]
    [InlineData("call")]
    [InlineData("read")]
    [InlineData("no stream")]
    public async Task A_stream_that_fails_is_an_error_with_the_ledger(string where)
    {
        using var desk = new Desk();
        await using var call = await ExhaustStreamAsync(desk);
        var items = call.Substitute(where, static (where, _) => where switch
        {
            "call" => throw new InvalidTimeZoneException(),
            "read" => BrokenAsync(),
            _ => null!,
        });

        var error = await Assert.ThrowsAsync<PromptException>(() => items.ToListAsync());

        Assert.IsType(where == "no stream" ? typeof(InvalidOperationException) : typeof(InvalidTimeZoneException), error.InnerException);
        Assert.Equal("mini Initial Auth", error.Attempts.Line());
    }

    private static PromptException Innermost(PromptException error)
    {
        while (error.InnerException is PromptException inner)
        {
            error = inner;
        }

        return error;
    }

    private static async Task<PromptCall<int>> ExhaustAsync(Desk desk, CancellationToken cancellationToken = default)
    {
        desk.Mini.Answers("""{"value":""", finishReason: ChatFinishReason.Length);
        var call = desk.Runtime.Start(Sample.Define(route: [Step]), cancellationToken);
        Assert.False(await call.TryAsync(Step, new UrgencyTemplate(Sample.Ticket)));
        return call;
    }

    private static async Task<PromptStream<string>> ExhaustStreamAsync(Desk desk)
    {
        desk.Mini.Streams(static (_, _) => throw new ProviderException(PromptErrorCode.Auth));
        var call = desk.Runtime.Stream(StreamSample.Text(null, Step), CancellationToken.None);
        Assert.False(await call.TryAsync(Step, new UrgencyTemplate(Sample.Ticket)));
        return call;
    }

    private static async IAsyncEnumerable<string> TextAsync(ManualStream source, [EnumeratorCancellation] CancellationToken token)
    {
        await foreach (var update in source.ReadAsync(token))
        {
            yield return update.Text;
        }
    }

    private static async IAsyncEnumerable<string> BrokenAsync()
    {
        await Task.Yield();
        yield return "Dear ";
        throw new InvalidTimeZoneException();
    }
}
