using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace PromptGen.Tests.Execution;

/// <summary>
/// A callback that throws on the token that a client or a check got. On the system clock's thread such an exception ends the process; here it
/// would come out of <c>Advance</c>, or of the caller's <c>Cancel</c>.
/// </summary>
public sealed class HostileCallbackTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_clients_callback_that_throws_does_not_disturb_the_time_out_of_its_attempt()
    {
        using var desk = new Desk();
        desk.Mini.Then((_, token) => Spoil(new TaskCompletionSource<ChatResponse>().Task, token));
        desk.Haiku.Answers("""{"value":3}""");

        var call = desk.AskAsync();
        await desk.Mini.WaitForRequestAsync(1);
        desk.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("mini Initial AttemptTimeout, haiku Fallback None", (await call).Attempts.Line());
    }

    [Fact]
    public async Task Nor_does_it_reach_the_caller_who_cancels()
    {
        using var desk = new Desk();
        using var cancellation = new CancellationTokenSource();
        desk.Mini.Then((_, token) => Spoil(new TaskCompletionSource<ChatResponse>().Task, token));

        var call = desk.AskAsync(cancellationToken: cancellation.Token);
        await desk.Mini.WaitForRequestAsync(1);
        cancellation.Cancel();

        Assert.Equal(cancellation.Token, (await Assert.ThrowsAsync<OperationCanceledException>(() => call)).CancellationToken);
    }

    [Fact]
    public async Task Nor_the_time_out_of_a_stream()
    {
        using var desk = new Desk();
        desk.Mini.Streams((_, token) => Spoil(new ManualStream().ReadAsync(token), token));
        desk.Haiku.Streams("Dear Ada");

        var items = desk.ReplyAsync().ToListAsync();
        desk.Clock.Advance(await desk.Clock.WaitForTimerAsync(TimeSpan.Zero));

        Assert.Equal(["Dear Ada"], await items);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_checks_callback_that_throws_disturbs_neither_deadline_nor_caller(bool atDeadline)
    {
        using var desk = new Desk();
        using var cancellation = new CancellationTokenSource();
        desk.Mini.Answers("""{"value":3}""");
        var isChecking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var call = AskCheckedAsync(
            desk,
            (_, token) =>
            {
                isChecking.SetResult();
                return new(Spoil(new TaskCompletionSource<string?>().Task, token));
            },
            atDeadline ? Deadline : null,
            cancellation.Token);

        await isChecking.Task;
        if (atDeadline)
        {
            desk.Clock.Advance(Deadline);
            Assert.Equal(PromptErrorCode.DeadlineExceeded, (await Assert.ThrowsAsync<PromptException>(() => call)).Code);
        }
        else
        {
            cancellation.Cancel();
            await Assert.ThrowsAsync<OperationCanceledException>(() => call);
        }
    }

    [Fact]
    public async Task The_late_failure_of_an_abandoned_check_is_observed()
    {
        using var desk = new Desk();
        desk.Mini.Answers("""{"value":3}""");
        var fail = await AbandonCheckAsync(desk);

        await Unobserved.AssertNoneAsync<InvalidTimeZoneException>(fail);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static async Task<Action> AbandonCheckAsync(Desk desk)
        {
            var check = new TaskCompletionSource<string?>();
            var isChecking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var call = AskCheckedAsync(
                desk,
                (_, _) =>
                {
                    isChecking.SetResult();
                    return new(check.Task);
                },
                Deadline,
                CancellationToken.None);
            await isChecking.Task;
            desk.Clock.Advance(Deadline);
            await Assert.ThrowsAsync<PromptException>(() => call);
            return () => Interlocked.Exchange(ref check, null!).SetException(new InvalidTimeZoneException());
        }
    }

    private static async Task<int> AskCheckedAsync(Desk desk, Func<int, CancellationToken, ValueTask<string?>> reject, TimeSpan? deadline, CancellationToken cancellationToken)
    {
        var prompt = Sample.Define(deadline: deadline, route: [new PromptGen.Routing.PromptStep(Tier.Fast, [Sample.Mini])]);
        using var call = desk.Runtime.Start(prompt, reject, cancellationToken);
        return await call.TryAsync(prompt.Route[0], new UrgencyTemplate(Sample.Ticket)) ? call.Value : throw call.Exhausted();
    }

    private static T Spoil<T>(T result, CancellationToken token)
    {
        token.Register(static () => throw new InvalidOperationException("CANARY: a callback"));
        return result;
    }
}
