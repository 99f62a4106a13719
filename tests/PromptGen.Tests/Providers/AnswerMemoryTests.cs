using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using System.Text;
using Anthropic;
using Anthropic.Core;
using Microsoft.Extensions.AI;
using OpenAI;
using PromptGen.Providers;

namespace PromptGen.Tests.Providers;

/// <summary>What an answer in one piece costs in memory. Allocations are those of the whole process, so nothing runs beside these tests.</summary>
[Collection(nameof(AnswerMemoryTests))]
[CollectionDefinition(nameof(AnswerMemoryTests), DisableParallelization = true)]
public sealed class AnswerMemoryTests
{
    private const int OutputTokens = 4_096;
    private const string OpenAIHead = "data: {\"id\":\"a\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"";
    private const string OpenAITail = "\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    private const string AnthropicHead =
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"a\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}}\n\n"
        + "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"
        + "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"";

    private const string AnthropicTail =
        "\"}}\n\nevent: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
        + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":1}}\n\n"
        + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

    private static readonly AnswerCap Cap = AnswerCap.Of(new ChatOptions { MaxOutputTokens = OutputTokens });

    [Theory]
    [InlineData("openai", 1)]
    [InlineData("openai", 16)]
    [InlineData("anthropic", 1)]
    [InlineData("anthropic", 16)]
    public async Task An_event_of_50_MB_costs_at_most_three_times_the_cap(string protocol, int parallel)
    {
        using var client = Connect(protocol, textLength: 50_000_000);

        var allocated = await AllocatedAsync(() => Task.WhenAll(Enumerable.Range(0, parallel).Select(async _ =>
        {
            var error = await Assert.ThrowsAsync<ProviderRequestException>(() => LengthAsync(client));
            Assert.Equal(PromptErrorCode.OutputTooLarge, error.Code);
        })));

        Assert.InRange(allocated, 0, parallel * 3 * Cap.Bytes);
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task The_longest_event_that_passes_costs_no_more(string protocol)
    {
        var length = (int)Cap.PartBytes - 1_000;
        using var client = Connect(protocol, length);

        var allocated = await AllocatedAsync(async () => Assert.Equal(length, await LengthAsync(client)));

        Assert.InRange(allocated, 0, 3 * Cap.Bytes);
    }

    /// <summary>The least of three readings: what else the process allocates, such as for a pool that a collection has emptied, is no cost of the answer.</summary>
    private static async Task<long> AllocatedAsync(Func<Task> act)
    {
        var least = long.MaxValue;
        for (var i = 0; i < 3; i++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await act();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return least;
    }

    private static async Task<long> LengthAsync(IChatClient client)
    {
        var length = 0L;
        await foreach (var update in client.GetStreamingResponseAsync("Hello", new ChatOptions { MaxOutputTokens = OutputTokens }))
        {
            length += update.Text.Length;
        }

        return length;
    }

    private static IChatClient Connect(string protocol, int textLength)
    {
        var isOpenAI = protocol == "openai";
        var http = new HttpClient(new OneEvent(isOpenAI ? OpenAIHead : AnthropicHead, textLength, isOpenAI ? OpenAITail : AnthropicTail));
        return isOpenAI
            ? OpenAIChatClientExtensions.AsPromptClient(
                new OpenAIClient(new ApiKeyCredential("key"), new OpenAIClientOptions { Transport = new HttpClientPipelineTransport(http) }).GetChatClient("m"))
            : new AnthropicClient(new ClientOptions { ApiKey = "key", HttpClient = http }).AsPromptClient("m");
    }

    /// <summary>Answers every request with one event, without holding it in memory.</summary>
    private sealed class OneEvent(string head, int textLength, string tail) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var content = new StreamContent(new Text(head, textLength, tail));
            content.Headers.ContentType = new("text/event-stream");
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content });
        }

        /// <summary>A head, the letter a as often as asked for, a tail.</summary>
        private sealed class Text(string head, int textLength, string tail) : Stream
        {
            private readonly byte[] _head = Encoding.UTF8.GetBytes(head);
            private readonly byte[] _tail = Encoding.UTF8.GetBytes(tail);
            private int _position;

            public override bool CanRead => true;

            public override bool CanSeek => false;

            public override bool CanWrite => false;

            public override long Length => throw new NotSupportedException();

            public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

            public override int Read(Span<byte> buffer)
            {
                var tail = _head.Length + textLength;
                var count = Math.Min(buffer.Length, tail + _tail.Length - _position);
                for (var i = 0; i < count; i++, _position++)
                {
                    buffer[i] = _position < _head.Length ? _head[_position] : _position < tail ? (byte)'a' : _tail[_position - tail];
                }

                return count;
            }

            public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

            public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

            public override void Flush()
            {
            }

            public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

            public override void SetLength(long value) => throw new NotSupportedException();

            public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        }
    }
}
