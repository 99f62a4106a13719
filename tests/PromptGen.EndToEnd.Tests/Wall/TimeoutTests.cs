using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Rows 10, 11, 13: a provider that is silent.</summary>
public sealed class TimeoutTests : WallTests
{
    [Theory]
    [ViaBoth]
    public async Task Row10_A_silent_provider_is_left_at_its_time_out_and_not_asked_again(Via via)
    {
        Enqueue(via, ModelReply.Hang());
        BackupAnswers(via);

        await TimeOutAsync(via);
    }

    [Theory]
    [ViaBoth]
    public async Task Row11_An_answer_that_does_not_begin_after_its_headers_is_left_at_the_time_out(Via via)
    {
        Enqueue(via, Reply(Good) with { BodyDelay = TimeSpan.FromSeconds(20) });
        BackupAnswers(via);

        await TimeOutAsync(via);
    }

    [Theory]
    [ViaBoth]
    public async Task Row13_An_answer_that_stalls_half_way_is_left_at_the_time_out(Via via)
    {
        Enqueue(via, Reply(Good) with { Fault = ModelFault.Stall });
        BackupAnswers(via);

        await TimeOutAsync(via);
    }

    private async Task TimeOutAsync(Via via)
    {
        var call = Start(via);
        var silent = await Server.WaitForRequestAsync(1).WaitAsync(Hanging);
        Time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(call.IsCompleted);
        Time.Advance(TimeSpan.FromSeconds(0.1));
        var ended = await call;

        Assert.Equal([$"{Primary(via)} Initial AttemptTimeout", $"{Backup(via)} Fallback None"], ended.Ledger);
        Assert.Equal(TimeSpan.FromSeconds(5), ended.Took);
        Assert.False(ended.Result!.Cost.IsComplete);
        await silent.WaitForAbortAsync().WaitAsync(Hanging);
    }
}
