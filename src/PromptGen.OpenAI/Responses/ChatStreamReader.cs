using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using PromptGen.Providers;

namespace PromptGen.OpenAI.Responses;

/// <summary>Reads a streamed answer.</summary>
/// <param name="modelId">The model that was asked, for messages.</param>
/// <param name="api">How the server counts.</param>
internal sealed class ChatStreamReader(string modelId, CompatibleApi api)
{
    private readonly ToolCallAssembler _calls = new();
    private readonly StringBuilder _refusal = new();
    private ChatFinishReason? _finishReason;
    private UsageDetails? _usage;
    private string? _responseId;
    private string? _responseModelId;
    private DateTimeOffset? _createdAt;

    /// <summary>Reads the events of a stream to their end.</summary>
    /// <exception cref="ProviderRequestException">The stream holds an error or no answer, or ends before the answer does.</exception>
    /// <exception cref="JsonException">An event is not JSON.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(Stream body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (hasChoice, isDone) = (false, false);
        var events = SseParser.Create(body, static (_, data) => data.SequenceEqual("[DONE]"u8) ? default : ParseData(data));
        await foreach (var item in events.EnumerateAsync(cancellationToken).ConfigureAwait(false))
        {
            if (item.Data.ValueKind == JsonValueKind.Undefined)
            {
                isDone = true;
                break;
            }

            if (ErrorReader.Read(item.Data, modelId) is { } error)
            {
                throw error;
            }

            ReadHead(item.Data);
            if (ChatResponseReader.FirstChoice(item.Data) is { } choice)
            {
                hasChoice = true;
                var contents = ReadChoice(choice, out var isProgress);
                if (contents.Count > 0)
                {
                    yield return Update(contents);
                }
                else if (isProgress)
                {
                    // The parts of a tool call and of a refusal are handed over at the end, and still show that the model is at work.
                    yield return UpdateProgress.Mark(Update(contents));
                }
            }
        }

        yield return End(hasChoice, isDone);
    }

    private static JsonElement ParseData(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.Clone();
    }

    private void ReadHead(JsonElement data)
    {
        _responseId ??= data.Text("id"u8);
        _responseModelId ??= data.Text("model"u8);
        _createdAt ??= ChatResponseReader.CreatedAt(data);

        // Some servers send running totals: the last one counts.
        _usage = UsageReader.Read(data, api) ?? _usage;
    }

    /// <param name="choice">The choice.</param>
    /// <param name="isProgress">Whether it has a part of what is handed over at the end.</param>
    private List<AIContent> ReadChoice(JsonElement choice, out bool isProgress)
    {
        var contents = new List<AIContent>(1);
        isProgress = false;
        if (choice.Member("delta"u8) is { ValueKind: JsonValueKind.Object } delta)
        {
            if ((delta.Text("reasoning_content"u8) ?? delta.Text("reasoning"u8)) is { } reasoning)
            {
                contents.Add(new TextReasoningContent(reasoning));
            }

            if (ChatResponseReader.ContentText(delta) is { Length: > 0 } text)
            {
                contents.Add(new TextContent(text));
            }

            var refusal = delta.Text("refusal"u8);
            _refusal.Append(refusal);
            isProgress = _calls.Add(delta) || !string.IsNullOrEmpty(refusal);
        }

        ChatResponseReader.ThrowIfFailed(choice, modelId);
        _finishReason = ChatResponseReader.FinishReason(choice) ?? _finishReason;
        return contents;
    }

    /// <summary>The last update: refusal, tool calls, usage and finish reason. A stream that was cut off has none.</summary>
    private ChatResponseUpdate End(bool hasChoice, bool isDone)
    {
        if (!hasChoice)
        {
            throw new ProviderRequestException(PromptErrorCode.ProtocolError, $"The stream of {modelId} holds no answer.");
        }

        if (_finishReason is null && !isDone)
        {
            throw new ProviderRequestException(PromptErrorCode.Truncated, $"The stream of {modelId} was closed before the answer was finished.");
        }

        var contents = _calls.Take().ToList();
        if (_refusal.Length > 0)
        {
            contents.Insert(0, new ErrorContent(_refusal.ToString()) { ErrorCode = ErrorCodes.Refusal });
        }

        if (_usage is not null)
        {
            contents.Add(new UsageContent(_usage));
        }

        var last = Update(contents);
        last.FinishReason = _finishReason;
        return last;
    }

    private ChatResponseUpdate Update(List<AIContent> contents) => new(ChatRole.Assistant, contents)
    {
        ResponseId = _responseId,
        MessageId = _responseId,
        ModelId = _responseModelId,
        CreatedAt = _createdAt,
    };
}
