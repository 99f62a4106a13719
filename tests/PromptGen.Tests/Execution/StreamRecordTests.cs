using Microsoft.Extensions.AI;
using PromptGen.Tests.Ledgers;
using PromptGen.Tests.Pipelines;
using PromptGen.Tests.Telemetry;

namespace PromptGen.Tests.Execution;

/// <summary>What the end of a streamed answer leaves behind: in the ledgers, in telemetry, and for the next call.</summary>
[Collection(TelemetryCollection.Name)]
public sealed class StreamRecordTests
{
    [Fact]
    public async Task A_model_whose_stream_breaks_off_with_a_long_wait_cools_down()
    {
        using var desk = new Desk();
        var wait = TimeSpan.FromMinutes(1);
        desk.Mini.Stream().Send("Dear ").End(new ProviderException(PromptErrorCode.RateLimited, wait));
        desk.Haiku.Answers(Numbers.Answer);
        await Assert.ThrowsAsync<PromptStreamException>(() => desk.ReplyAsync().ToListAsync());

        Assert.Equal("haiku Fallback None", (await desk.AskAsync()).Attempts.Line());
        desk.Mini.Answers(Numbers.Answer);
        desk.Clock.Advance(wait);
        Assert.Equal("mini Initial None", (await desk.AskAsync()).Attempts.Line());
    }

    [Fact]
    public async Task A_stream_that_is_disposed_by_a_caller_who_has_cancelled_is_cancelled_and_not_abandoned()
    {
        using var desk = new Desk();
        using var cancellation = new CancellationTokenSource();
        var updates = desk.Mini.Stream().Send("Dear");
        var prompt = StreamSample.Text();
        var stream = desk.Runtime.Stream(prompt, cancellation.Token);
        Assert.True(await stream.TryAsync(prompt.Route[0], new UrgencyTemplate(Sample.Ticket)));

        await cancellation.CancelAsync();
        await stream.DisposeAsync();

        Assert.Equal("mini Initial Cancelled", stream.Attempts.Line());
        Assert.False(stream.Attempts[0].IsAbandoned);
        await updates.Disposed;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_span_of_a_streamed_request_has_the_reason_of_its_end_its_id_and_its_tokens(bool latest)
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk(builder => builder.Telemetry.UseLatestConventions = latest);
        desk.Mini.Stream().Send(new ChatResponseUpdate(ChatRole.Assistant, "Dear ") { ResponseId = "answer-1" }).Send("Ada").Send(ManualStream.Usage(7, 2)).Finish();

        await desk.ReplyAsync().ToListAsync();

        var span = Assert.Single(probe.Attempts);
        Assert.Equal(["stop"], Assert.IsType<string[]>(span.GetTagItem("gen_ai.response.finish_reasons")));
        Assert.Equal("answer-1", span.GetTagItem("gen_ai.response.id"));
        Assert.Equal(2L, span.GetTagItem("gen_ai.usage.output_tokens"));
    }

    [Fact]
    public async Task A_ledger_with_content_has_the_text_of_a_stream()
    {
        var ledger = new InMemoryCallLedger();
        await using var desk = new RecordingDesk(ledger, static options => options.CaptureContent = true);
        desk.Models.Mini.Streams("Dear ", "Ada");

        await desk.Models.ReplyAsync().ToListAsync();

        await desk.CloseAsync();
        Assert.Equal("Dear Ada", Assert.Single(Assert.Single(await ledger.AllAsync()).Attempts).Answer);
    }
}
