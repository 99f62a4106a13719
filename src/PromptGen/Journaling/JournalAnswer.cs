using Microsoft.Extensions.AI;
using PromptGen.Providers;

namespace PromptGen;

/// <summary>The answer of a model, as it came: the prompt's contract reads it again when it is replayed.</summary>
public sealed record JournalAnswer
{
    /// <summary><see cref="PromptErrorCode.None"/> = <see cref="Text"/> is to be read; otherwise what the finish reason says, for example <see cref="PromptErrorCode.Truncated"/>.</summary>
    public PromptErrorCode Code { get; init; }

    /// <summary>The text of the answer.</summary>
    public required string Text { get; init; }

    /// <summary>The id of the model that answered; null where the provider did not report it.</summary>
    public string? ModelId { get; init; }

    /// <summary>Why the model stopped; null where the provider did not report it.</summary>
    public string? FinishReason { get; init; }

    /// <summary>The tokens that the provider reported; null where it reported none.</summary>
    public UsageDetails? Usage { get; init; }

    /// <summary>The tokens of the text with their log-probabilities; null where none were asked for.</summary>
    public IReadOnlyList<TokenLogProbability>? Tokens { get; init; }

    internal static JournalAnswer Of(PromptErrorCode code, string text, ChatResponse response) => new()
    {
        Code = code,
        Text = text,
        ModelId = response.ModelId,
        FinishReason = response.FinishReason?.Value,
        Usage = response.Usage,
        Tokens = LogProbabilities.Of(response),
    };

    internal ChatResponse ToResponse()
    {
        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, Text))
        {
            ModelId = ModelId,
            FinishReason = FinishReason is { Length: > 0 } reason ? new ChatFinishReason(reason) : null,
            Usage = Usage,
        };
        if (Tokens is { } tokens)
        {
            LogProbabilities.Set(response, tokens);
        }

        return response;
    }
}
