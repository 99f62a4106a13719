using Microsoft.Extensions.AI;
using PromptGen.Providers;
using PromptGen.Routing;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Providers;

public sealed class AnswerCapTests
{
    [Theory]
    [InlineData(0, 8_388_608)]
    [InlineData(300, 9_003_008)]
    [InlineData(4_096, 16_777_216)]
    [InlineData(1_000_000, 67_108_864)]
    [InlineData(int.MaxValue, 67_108_864)]
    [InlineData(-1, 8_388_608)]
    public void It_follows_from_the_output_limit(int tokens, long bytes)
    {
        var cap = AnswerCap.Of(new ChatOptions { MaxOutputTokens = tokens });

        Assert.Equal((bytes, bytes / 6), (cap.Bytes, cap.PartBytes));
    }

    [Fact]
    public void Without_an_output_limit_it_is_the_clients_own_or_64_MiB()
    {
        Assert.Equal(AnswerCap.Most, AnswerCap.Of(null).Bytes);
        Assert.Equal(AnswerCap.Most, AnswerCap.Of(new ChatOptions()).Bytes);
        Assert.Equal(9_003_008, AnswerCap.Of(null, outputLimit: 300).Bytes);
        Assert.Equal(8_388_608, AnswerCap.Of(new ChatOptions { MaxOutputTokens = 0 }, outputLimit: 300).Bytes);
    }

    [Fact]
    public async Task The_text_of_any_client_is_held_against_it()
    {
        using var desk = new Desk();
        desk.Mini.Answers(new string('a', 8_388_608 + (2_048 * 8) + 1));
        desk.Sonnet.Answers("""{"value":3}""");

        var result = await desk.AskAsync(Sample.Define(maxOutputTokens: 8));

        Assert.Equal("mini Initial OutputTooLarge, sonnet Escalation None", result.Attempts.Line());
    }

    [Theory]
    [InlineData(65_536, 4, true)]
    [InlineData(65_536, 5, false)]
    [InlineData(null, 600, false)]
    public async Task So_is_what_any_client_streams_text_and_thoughts_alike(int? option, int pieces, bool fits)
    {
        using var desk = new Desk(configure: builder => builder.Resilience.MaxAnswerBytes = option);
        var piece = new string('a', 16_000);
        desk.Mini.Streams((_, _) => Pieces(piece, pieces));
        var prompt = new PromptDefinition<IReadOnlyList<int>>("Desk.Urgencies", "00c0ffee", new UrgenciesContract(), Sample.Fast) { Repairs = 0, MaxOutputTokens = 8 };
        desk.Sonnet.Streams("[1]");

        var call = desk.Runtime.Stream(prompt, StreamSample.Element, CancellationToken.None);
        await StreamDesk.ToListAsync(StreamDesk.ItemsAsync(call, prompt));

        Assert.Equal($"mini Initial {(fits ? "InvalidJson" : "OutputTooLarge")}, sonnet Escalation None", call.Attempts.Line());

        static async IAsyncEnumerable<ChatResponseUpdate> Pieces(string piece, int count)
        {
            await Task.Yield();
            for (var i = 0; i < count; i++)
            {
                yield return new ChatResponseUpdate(ChatRole.Assistant, [new TextReasoningContent(piece)]);
            }

            yield return new ChatResponseUpdate(ChatRole.Assistant, "no list") { FinishReason = ChatFinishReason.Stop };
        }
    }

    [Fact]
    public async Task An_option_replaces_it_for_every_request()
    {
        using var desk = new Desk(configure: static builder => builder.Resilience.MaxAnswerBytes = 65_536);
        desk.Mini.Answers("""{"value":3}""");

        await desk.AskAsync();

        Assert.Equal(65_536, AnswerCap.Of(Assert.Single(desk.Mini.Requests).Options).Bytes);
    }
}
