using Microsoft.Extensions.AI;

namespace PromptGen.Tests.Execution;

public class CancellationTests
{
    [Fact]
    public async Task A_call_cancelled_before_it_starts_asks_no_model()
    {
        using var desk = new Desk();
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        var error = await Cancelled(desk.AskAsync(cancellationToken: cancellation.Token), cancellation);

        Assert.Empty(error.Attempts);
        Assert.Empty(desk.Mini.Requests);
    }

    [Fact]
    public async Task A_request_in_flight_is_aborted_and_no_other_follows()
    {
        using var desk = new Desk();
        using var cancellation = new CancellationTokenSource();
        desk.Mini.Hangs();

        var call = desk.AskAsync(cancellationToken: cancellation.Token);
        var request = await desk.Mini.WaitForRequestAsync(1);
        await cancellation.CancelAsync();

        var error = await Cancelled(call, cancellation);
        Assert.Equal("mini Initial Cancelled", error.Attempts.Line());
        Assert.Equal(PromptCost.Unknown, error.Attempts[0].Cost);
        Assert.True(request.CancellationToken.IsCancellationRequested);
        Assert.Empty(desk.Haiku.Requests);
    }

    [Fact]
    public async Task A_client_that_ends_with_another_exception_when_cancelled_is_cancelled_anyway()
    {
        using var desk = new Desk();
        using var cancellation = new CancellationTokenSource();
        desk.Mini.Then(async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ContinueWith(static _ => { }, TaskScheduler.Default);
            throw new IOException("aborted");
        });

        var call = desk.AskAsync(cancellationToken: cancellation.Token);
        await desk.Mini.WaitForRequestAsync(1);
        await cancellation.CancelAsync();

        Assert.Equal("mini Initial Cancelled", (await Cancelled(call, cancellation)).Attempts.Line());
    }

    [Fact]
    public async Task A_pause_before_a_retry_is_cut_short()
    {
        using var desk = new Desk();
        using var cancellation = new CancellationTokenSource();
        desk.Mini.Fails(new ProviderException(PromptErrorCode.Overloaded));

        var call = desk.AskAsync(cancellationToken: cancellation.Token);
        await desk.Clock.WaitForTimerAsync(TimeSpan.Zero, Desk.LongestPause);
        await cancellation.CancelAsync();

        Assert.Equal("mini Initial Overloaded", (await Cancelled(call, cancellation)).Attempts.Line());
        Assert.Single(desk.Mini.Requests);
    }

    [Fact]
    public async Task Between_two_attempts_no_further_one_is_made()
    {
        using var desk = new Desk();
        using var cancellation = new CancellationTokenSource();
        desk.Mini.Then((_, _) =>
        {
            cancellation.Cancel();
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "no json")));
        });

        var error = await Cancelled(desk.AskAsync(cancellationToken: cancellation.Token), cancellation);

        Assert.Equal("mini Initial InvalidJson", error.Attempts.Line());
        Assert.Single(desk.Mini.Requests);
    }

    [Fact]
    public async Task An_acceptance_check_in_progress_is_aborted()
    {
        using var desk = new Desk();
        using var cancellation = new CancellationTokenSource();
        desk.Mini.Answers("""{"value":3}""");
        using var call = desk.Runtime.Start(
            Sample.Define(deadline: TimeSpan.FromSeconds(60)),
            static async (_, cancellationToken) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                return null;
            },
            cancellation.Token);

        var step = call.TryAsync(Sample.Fast, new UrgencyTemplate(Sample.Ticket)).AsTask();
        await cancellation.CancelAsync();

        Assert.Equal("mini Initial Cancelled", (await Cancelled(step, cancellation)).Attempts.Line());
    }

    [Fact]
    public async Task An_answer_that_was_accepted_is_returned_even_if_the_token_was_cancelled_meanwhile()
    {
        using var desk = new Desk();
        using var cancellation = new CancellationTokenSource();
        desk.Mini.Answers("""{"value":3}""");

        var result = await desk.AskAsync(
            reject: _ =>
            {
                cancellation.Cancel();
                return null;
            },
            cancellationToken: cancellation.Token);

        Assert.Equal(3, result.Value);
    }

    [Fact]
    public async Task A_time_out_of_the_clients_own_is_not_a_cancellation()
    {
        using var desk = new Desk();
        using var cancellation = new CancellationTokenSource();
        desk.Mini.Fails(new TaskCanceledException("HttpClient.Timeout", new TimeoutException()));
        desk.Haiku.Answers("""{"value":3}""");

        var result = await desk.AskAsync(cancellationToken: cancellation.Token);

        Assert.Equal("mini Initial AttemptTimeout, haiku Fallback None", result.Attempts.Line());
    }

    [Fact]
    public async Task The_next_call_is_as_good_as_new()
    {
        using var desk = new Desk();
        using var cancellation = new CancellationTokenSource();
        desk.Mini.Hangs().Answers("""{"value":3}""");
        var call = desk.AskAsync(cancellationToken: cancellation.Token);
        await desk.Mini.WaitForRequestAsync(1);
        await cancellation.CancelAsync();
        await Cancelled(call, cancellation);

        Assert.Equal("mini Initial None", (await desk.AskAsync()).Attempts.Line());
    }

    private static async Task<PromptException> Cancelled(Task call, CancellationTokenSource source)
    {
        var exception = await Assert.ThrowsAsync<OperationCanceledException>(() => call);
        Assert.Equal(source.Token, exception.CancellationToken);
        var ledger = Assert.IsType<PromptException>(exception.InnerException);
        Assert.Equal(PromptErrorCode.Cancelled, ledger.Code);
        return ledger;
    }
}
