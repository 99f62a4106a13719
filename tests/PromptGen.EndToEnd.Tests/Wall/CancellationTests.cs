using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Rows 47 and 48: the caller changes its mind, at every moment of a call.</summary>
public sealed class CancellationTests : WallTests, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    public void Dispose() => _cancellation.Dispose();

    [Theory]
    [ViaBoth]
    public async Task Row47_Before_the_call_no_model_is_asked(Via via)
    {
        await _cancellation.CancelAsync();

        await IsCancelledAsync(Start(via, cancellationToken: _cancellation.Token));

        Assert.Empty(Server.Requests);
    }

    [Theory]
    [ViaBoth]
    public async Task Row47_During_a_wait_before_a_retry_the_call_ends_at_once(Via via)
    {
        Enqueue(via, ModelReply.Error(429, retryAfter: "3"));

        var call = Start(via, cancellationToken: _cancellation.Token);
        await Time.WaitForTimerAsync(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3.3)).WaitAsync(Hanging);
        await _cancellation.CancelAsync();

        await IsCancelledAsync(call, $"{Primary(via)} Initial RateLimited");
        Assert.Equal(TimeSpan.Zero, Time.Elapsed);
    }

    [Theory]
    [ViaBoth("before the headers", "after the headers", "half way")]
    public async Task Row47_During_a_request_it_is_aborted(Via via, string moment)
    {
        Enqueue(via, moment switch
        {
            "before the headers" => ModelReply.Hang(),
            "after the headers" => Reply(Good) with { BodyDelay = TimeSpan.FromHours(1) },
            _ => Reply(Good) with { Fault = ModelFault.Stall },
        });

        var call = Start(via, cancellationToken: _cancellation.Token);
        var request = await Server.WaitForRequestAsync(1).WaitAsync(Hanging);
        await _cancellation.CancelAsync();

        await IsCancelledAsync(call, $"{Primary(via)} Initial Cancelled");
        await request.WaitForAbortAsync().WaitAsync(Hanging);
    }

    // The server cancels while it answers, so that the answer and the cancellation meet.
    [Theory]
    [ViaBoth]
    public async Task Row47_Between_two_attempts_no_further_one_is_made(Via via)
    {
        Otherwise = _ =>
        {
            _cancellation.Cancel();
            return ModelReply.Error(401);
        };

        var call = await AskAsync(via, cancellationToken: _cancellation.Token);

        Assert.Equal(PromptErrorCode.Cancelled, call.Code);
        Assert.Single(call.Attempts);
    }

    [Fact]
    public async Task Row47_During_the_check_of_an_answer_the_check_is_aborted()
    {
        var isChecking = new TaskCompletionSource();
        Desk.Check = async (_, token) =>
        {
            isChecking.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return null;
        };
        Enqueue(Via.OpenAI, Reply(Good));

        var call = Observe(token => Desk.CheckedAsync(Ticket, token), _cancellation.Token);
        await isChecking.Task.WaitAsync(Hanging);
        await _cancellation.CancelAsync();

        await IsCancelledAsync(call, $"{Primary(Via.OpenAI)} Initial Cancelled");
        Assert.True((await call).Attempts[0].Cost is { IsComplete: true, Usd: > 0 });
    }

    [Fact]
    public async Task Row48_An_answer_that_was_accepted_is_returned_though_the_token_was_cancelled_meanwhile()
    {
        Desk.Check = (_, _) =>
        {
            _cancellation.Cancel();
            return Task.FromResult<string?>(null);
        };
        Enqueue(Via.OpenAI, Reply(Good));

        var call = await Observe(token => Desk.CheckedAsync(Ticket, token), _cancellation.Token);

        Assert.Equal([$"{Primary(Via.OpenAI)} Initial None"], call.Ledger);
    }

    private static async Task IsCancelledAsync(Task<WallCall> call, params string[] ledger)
    {
        var ended = await call;
        Assert.IsAssignableFrom<OperationCanceledException>(ended.Error);
        Assert.Equal(PromptErrorCode.Cancelled, ended.Code);
        Assert.Equal(ledger, ended.Ledger);
    }
}
