using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Rows 22 and 52–54: providers that are down for a while, and how they are found to be up again.</summary>
public sealed class OutageTests : WallTests
{
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(10);

    [Theory]
    [ViaBoth]
    public async Task Row22_Through_an_outage_of_a_minute_every_call_is_served_and_the_model_is_back_soon(Via via)
    {
        var outage = TimeSpan.FromMinutes(1);
        Otherwise = request => request.ModelId == Primary(via) && Time.Elapsed < outage ? ModelReply.Error(503) : Reply(Good);

        var calls = new List<WallCall>();
        var servedAgainAt = TimeSpan.MaxValue;
        for (var i = 0; i < 20; i++)
        {
            var call = await AskAsync(via);
            calls.Add(call);
            if (call.Result!.ModelId == Primary(via) && Time.Elapsed < servedAgainAt)
            {
                servedAgainAt = Time.Elapsed;
            }

            Time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.All(calls, static call => Assert.NotNull(call.Result));
        Assert.InRange(servedAgainAt, outage, outage + TimeSpan.FromSeconds(30));
        Assert.InRange(calls.Sum(call => call.Attempts.Count(attempt => attempt.ModelId == Primary(via) && attempt.Outcome != PromptErrorCode.None)), 1, 10);
    }

    [Theory]
    [ViaBoth]
    public async Task Row52_When_all_models_are_down_the_error_lists_every_attempt_in_order(Via via)
    {
        Otherwise = request => request.ModelId == Primary(via) ? ModelReply.Error(500, message: ErrorText)
            : request.ModelId == Backup(via) ? ModelReply.Error(503, message: ErrorText)
            : ModelReply.Reset();

        var call = await AskAsync(via);

        Assert.Equal(PromptErrorCode.RouteExhausted, call.Code);
        Assert.Equal(
            ["ServerError", "ServerError", "ServerError", "Overloaded", "Overloaded", "Overloaded", "Transport", "Transport", "Transport"],
            call.Attempts.Take(9).Select(static attempt => attempt.Outcome.ToString()));
        Assert.Single(Log.Lines, static line => line.StartsWith("Error", StringComparison.Ordinal));
        Assert.All(call.Attempts, attempt => Assert.Contains(attempt.ToString(), call.Failure!.Message, StringComparison.Ordinal));
        LetRecover();
    }

    [Theory]
    [ViaBoth]
    public async Task Row53_When_all_circuits_are_open_the_call_ends_at_once_and_says_for_how_long(Via via)
    {
        await OpenAllCircuitsAsync(via);
        var (asked, before) = (Server.Requests.Count, Time.Elapsed);

        var call = await AskAsync(via);

        Assert.Equal(PromptErrorCode.CircuitOpen, call.Code);
        Assert.Empty(call.Attempts);
        Assert.Equal((asked, before), (Server.Requests.Count, Time.Elapsed));
        Assert.InRange(call.Failure!.RetryAfter!.Value, TimeSpan.Zero, Break);
        Assert.Contains("circuit open", call.Failure.Message, StringComparison.Ordinal);
        LetRecover();
    }

    [Theory]
    [ViaBoth]
    public async Task Row54_A_probe_that_succeeds_closes_the_circuit(Via via)
    {
        await OpenCircuitAsync(via);
        Time.Advance(Break);

        Assert.Equal([$"{Primary(via)} Initial None"], (await AskAsync(via)).Ledger);
        Assert.Equal([$"{Primary(via)} Initial None"], (await AskAsync(via)).Ledger);
    }

    [Theory]
    [ViaBoth]
    public async Task Row54_A_probe_that_is_rejected_shows_that_the_model_is_up(Via via)
    {
        await OpenCircuitAsync(via);
        Time.Advance(Break);
        Enqueue(via, ModelReply.Error(400));

        Assert.Equal([$"{Primary(via)} Initial BadRequest", $"{Backup(via)} Fallback None"], (await AskAsync(via)).Ledger);
        Assert.Equal([$"{Primary(via)} Initial None"], (await AskAsync(via)).Ledger);
    }

    [Theory]
    [ViaBoth]
    public async Task Row54_A_probe_that_its_caller_cancels_keeps_the_circuit_open(Via via)
    {
        await OpenCircuitAsync(via);
        Time.Advance(Break);
        Enqueue(via, ModelReply.Hang());
        using var cancellation = new CancellationTokenSource();

        var asked = Server.Requests.Count;
        var probe = Start(via, cancellationToken: cancellation.Token);
        await Server.WaitForRequestAsync(asked + 1).WaitAsync(Hanging);
        await cancellation.CancelAsync();

        Assert.Equal(PromptErrorCode.Cancelled, (await probe).Code);
        Assert.Equal([$"{Backup(via)} Fallback None"], (await AskAsync(via)).Ledger);
        Time.Advance(Break);
        Assert.Equal([$"{Primary(via)} Initial None"], (await AskAsync(via)).Ledger);
    }

    [Theory]
    [ViaBoth]
    public async Task Row54_A_probe_that_hangs_is_the_only_one_and_ends_with_its_time_out(Via via)
    {
        await OpenCircuitAsync(via);
        Time.Advance(Break);
        Enqueue(via, ModelReply.Hang());

        var asked = Server.Requests.Count;
        var probe = Start(via);
        await Server.WaitForRequestAsync(asked + 1).WaitAsync(Hanging);
        Assert.Equal([$"{Backup(via)} Fallback None"], (await AskAsync(via)).Ledger);
        Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal([$"{Primary(via)} Initial AttemptTimeout", $"{Backup(via)} Fallback None"], (await probe).Ledger);
        Time.Advance(Break);
        Assert.Equal([$"{Primary(via)} Initial None"], (await AskAsync(via)).Ledger);
    }

    private async Task OpenCircuitAsync(Via via)
    {
        Otherwise = request => request.ModelId == Primary(via) ? ModelReply.Error(500) : Reply(Good);
        while ((await AskAsync(via)).Ledger is not [var only] || only != $"{Backup(via)} Fallback None")
        {
        }

        Otherwise = static _ => Reply(Good);
    }

    private async Task OpenAllCircuitsAsync(Via via)
    {
        Otherwise = static _ => ModelReply.Error(500);
        while ((await AskAsync(via)).Code != PromptErrorCode.CircuitOpen)
        {
        }
    }
}
