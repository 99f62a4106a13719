using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using PromptGen.Providers;

namespace PromptGen.OpenAI.Responses;

/// <summary>Reads a plain answer.</summary>
internal static class ChatResponseReader
{
    /// <summary>Reads the body of an answer with a success status.</summary>
    /// <exception cref="ProviderRequestException">The body is an error, or not a chat completion.</exception>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<ChatResponse> ReadAsync(Stream body, string modelId, CompatibleApi api, CancellationToken cancellationToken)
    {
        using var document = await JsonDocument.ParseAsync(body, default, cancellationToken).ConfigureAwait(false);
        return Read(document.RootElement, modelId, api);
    }

    /// <summary>Reads a chat completion, which may be disposed afterwards.</summary>
    /// <exception cref="ProviderRequestException">It is an error, or not a chat completion.</exception>
    public static ChatResponse Read(JsonElement answer, string modelId, CompatibleApi api)
    {
        if (ErrorReader.Read(answer, modelId) is { } error)
        {
            throw error;
        }

        if (FirstChoice(answer) is not { } choice || choice.Member("message"u8) is not { ValueKind: JsonValueKind.Object } message)
        {
            throw new ProviderRequestException(PromptErrorCode.ProtocolError, $"The answer of {modelId} holds no choice with a message.");
        }

        ThrowIfFailed(choice, modelId);
        var id = answer.Text("id"u8);
        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, ReadContents(message)) { MessageId = id })
        {
            ResponseId = id,
            ModelId = answer.Text("model"u8),
            CreatedAt = CreatedAt(answer),
            FinishReason = FinishReason(choice),
            Usage = UsageReader.Read(answer, api),
            AdditionalProperties = Additional(answer, choice),
        };
        if (LogProbabilityReader.Read(choice) is { } tokens)
        {
            LogProbabilities.Set(response, tokens);
        }

        return response;
    }

    /// <summary>
    /// The choice that is the answer: the first one with index 0 or without an index, which some servers omit. A server may send several
    /// choices, which are different answers and must not be mixed.
    /// </summary>
    public static JsonElement? FirstChoice(JsonElement answer)
    {
        if (answer.Member("choices"u8) is not { ValueKind: JsonValueKind.Array } choices)
        {
            return null;
        }

        foreach (var choice in choices.EnumerateArray())
        {
            if (choice.Member("index"u8) is not { ValueKind: JsonValueKind.Number } index || (index.TryGetInt32(out var number) && number == 0))
            {
                return choice;
            }
        }

        return null;
    }

    /// <summary>The finish reason of a choice; unknown ones as they are.</summary>
    public static ChatFinishReason? FinishReason(JsonElement choice) => choice.Text("finish_reason"u8) switch
    {
        null => null,
        "stop" => ChatFinishReason.Stop,
        "length" or "model_length" => ChatFinishReason.Length,
        "content_filter" => ChatFinishReason.ContentFilter,
        "tool_calls" or "function_call" => ChatFinishReason.ToolCalls,
        var other => new ChatFinishReason(other),
    };

    /// <summary>Some servers say by the finish reason that they failed: DeepSeek lacks resources, Mistral and vLLM ended the answer themselves.</summary>
    /// <exception cref="ProviderRequestException">The choice says so.</exception>
    public static void ThrowIfFailed(JsonElement choice, string modelId)
    {
        PromptErrorCode? code = choice.Text("finish_reason"u8) switch
        {
            "insufficient_system_resource" => PromptErrorCode.Overloaded,
            "error" or "abort" => PromptErrorCode.ServerError,
            _ => null,
        };
        if (code is { } failure)
        {
            throw new ProviderRequestException(failure, $"The answer of {modelId} was ended by its provider: {failure}.");
        }
    }

    /// <summary>When the answer was made; null where that is not a possible time.</summary>
    public static DateTimeOffset? CreatedAt(JsonElement answer) =>
        answer.Member("created"u8) is { ValueKind: JsonValueKind.Number } created && created.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>The text of <c>content</c>, which some servers send in parts.</summary>
    public static string? ContentText(JsonElement message) => message.Member("content"u8) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Array } parts => string.Concat(parts.EnumerateArray().Select(static part => part.Text("text"u8))),
        _ => throw new ProviderRequestException(PromptErrorCode.ProtocolError, "The content of an answer is neither text nor parts of text."),
    };

    private static List<AIContent> ReadContents(JsonElement message)
    {
        var contents = new List<AIContent>();
        if ((message.Text("reasoning_content"u8) ?? message.Text("reasoning"u8)) is { } reasoning)
        {
            contents.Add(new TextReasoningContent(reasoning));
        }

        if (ContentText(message) is { Length: > 0 } text)
        {
            contents.Add(new TextContent(text));
        }

        if (message.Text("refusal"u8) is { } refusal)
        {
            contents.Add(new ErrorContent(refusal) { ErrorCode = ErrorCodes.Refusal });
        }

        if (message.Member("tool_calls"u8) is not null)
        {
            var calls = new ToolCallAssembler();
            calls.Add(message);
            contents.AddRange(calls.Take());
        }

        return contents;
    }

    private static AdditionalPropertiesDictionary? Additional(JsonElement answer, JsonElement choice)
    {
        AdditionalPropertiesDictionary? additional = null;
        if (answer.Text("system_fingerprint"u8) is { } fingerprint)
        {
            (additional ??= [])["system_fingerprint"] = fingerprint;
        }

        if (choice.Member("logprobs"u8) is { } logprobs)
        {
            (additional ??= [])["logprobs"] = logprobs.Clone();
        }

        return additional;
    }
}
