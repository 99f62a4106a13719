using Microsoft.Extensions.AI;
using PromptGen.Tests.Telemetry;

namespace PromptGen.Tests.Execution;

/// <summary>Which updates of a stream are tokens: the ledger and telemetry have the time to the first one, and telemetry that between two.</summary>
[Collection(TelemetryCollection.Name)]
public sealed class StreamChunkTests
{
    private const string Model = "gen_ai.operation.name=chat, gen_ai.provider.name=openai, gen_ai.request.model=mini";

    [Fact]
    public async Task The_time_to_the_first_token_and_between_two_tokens_is_that_of_the_updates_with_content()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk(static builder => builder.Telemetry.UseLatestConventions = false);
        desk.Mini.Streams((_, _) => UpdatesAsync());
        var call = desk.Runtime.Stream(StreamSample.Text(), CancellationToken.None);

        Assert.Equal(["Dear ", "Ada", "."], await StreamDesk.ItemsAsync(call, StreamSample.Text()).ToListAsync());

        Assert.Equal(TimeSpan.FromMilliseconds(250), Assert.Single(call.Attempts).TimeToFirstToken);
        Assert.Equal([$"0.25 {{{Model}}}"], probe.Of("gen_ai.client.operation.time_to_first_chunk"));
        Assert.Equal([$"0.2 {{{Model}}}", $"0.3 {{{Model}}}"], probe.Of("gen_ai.client.operation.time_per_output_chunk"));
        Assert.Equal(0.25, Assert.Single(probe.Attempts).GetTagItem("gen_ai.response.time_to_first_chunk"));

        async IAsyncEnumerable<ChatResponseUpdate> UpdatesAsync()
        {
            await Task.CompletedTask;
            desk.Clock.Advance(TimeSpan.FromMilliseconds(200));
            yield return new ChatResponseUpdate(ChatRole.Assistant, []);
            desk.Clock.Advance(TimeSpan.FromMilliseconds(50));
            yield return new ChatResponseUpdate(ChatRole.Assistant, "Dear ");
            desk.Clock.Advance(TimeSpan.FromMilliseconds(100));
            yield return ManualStream.Usage(1_000, 500);
            desk.Clock.Advance(TimeSpan.FromMilliseconds(100));
            yield return new ChatResponseUpdate(ChatRole.Assistant, "Ada");
            desk.Clock.Advance(TimeSpan.FromMilliseconds(300));
            yield return new ChatResponseUpdate(ChatRole.Assistant, ".") { FinishReason = ChatFinishReason.Stop };
        }
    }

    [Fact]
    public async Task An_update_that_is_null_is_skipped()
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send((ChatResponseUpdate)null!).Send("Dear ").Send((ChatResponseUpdate)null!).Send("Ada").Finish();
        var call = desk.Runtime.Stream(StreamSample.Text(), CancellationToken.None);

        Assert.Equal(["Dear ", "Ada"], await StreamDesk.ItemsAsync(call, StreamSample.Text()).ToListAsync());
        Assert.Equal("mini Initial None", call.Attempts.Line());
    }
}
