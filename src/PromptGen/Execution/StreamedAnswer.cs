using Microsoft.Extensions.AI;
using PromptGen.Providers;

namespace PromptGen.Execution;

/// <summary>What the updates of one streamed answer say about it, apart from its items: how it ended, what it took, who answered.</summary>
internal sealed class StreamedAnswer
{
    /// <summary>What an update counts for beside its content, in characters.</summary>
    private const int UpdateSize = 16;

    private ChatFinishReason? _finishReason;
    private ErrorContent? _error;
    private UsageDetails? _usage;
    private string? _modelId;
    private string? _responseId;
    private bool _hasText;

    /// <summary>Whether anything came.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether a part of the answer came: the first token.</summary>
    public bool HasContent { get; private set; }

    /// <summary>How long <see cref="HasContent"/> took, at least 1; 0 = no part came.</summary>
    public int FirstTokenMicroseconds { get; set; }

    /// <summary>How much came, in characters: text, thoughts, and a little for each update, so that an answer without text ends as well.</summary>
    public long Size { get; private set; }

    /// <summary>What ledger and telemetry need of the answer; null where nothing came.</summary>
    public ChatResponse? Response => HasBegun ? new ChatResponse { Usage = _usage, ModelId = _modelId, ResponseId = _responseId, FinishReason = _finishReason } : null;

    /// <summary>Whether the model ended its answer, in whatever way.</summary>
    public bool IsWhole => _finishReason is not null;

    /// <summary>
    /// The outcome of the stream once it has ended. Without a finish reason it was cut off, whatever came before, even if the connection was
    /// closed cleanly.
    /// </summary>
    public PromptErrorCode Outcome =>
        !HasBegun ? PromptErrorCode.ProtocolError
        : _error?.ErrorCode == ErrorCodes.Refusal ? PromptErrorCode.Refused
        : _finishReason is null || _finishReason == ChatFinishReason.Length ? PromptErrorCode.Truncated
        : _finishReason == ChatFinishReason.ContentFilter ? PromptErrorCode.ContentFiltered
        : _error is not null && !_hasText ? HttpFailure.Classify(0, _error.ErrorCode)
        : PromptErrorCode.None;

    /// <returns>Whether it brought a part of the answer, or is marked as progress: an update that says nothing keeps no stream alive.</returns>
    public bool Add(ChatResponseUpdate update)
    {
        HasBegun = true;
        _finishReason = update.FinishReason ?? _finishReason;
        _modelId = update.ModelId ?? _modelId;
        _responseId = update.ResponseId ?? _responseId;
        Size += UpdateSize;
        var isContent = UpdateProgress.IsMarked(update);
        foreach (var content in update.Contents)
        {
            switch (content)
            {
                case UsageContent usage:
                    Count(usage.Details);
                    break;
                case ErrorContent error:
                    _error ??= error;
                    break;
                default:
                    var length = LengthOf(content);
                    Size += length;
                    isContent |= length > 0;
                    _hasText |= content is TextContent { Text: var text } && !string.IsNullOrWhiteSpace(text);
                    break;
            }
        }

        HasContent |= isContent;
        return isContent;
    }

    /// <summary>How much of an answer there is in a content; 0 = nothing. What is not text counts for 1.</summary>
    private static int LengthOf(AIContent? content) => content switch
    {
        TextContent text => text.Text.Length,
        TextReasoningContent reasoning => reasoning.Text.Length + (reasoning.ProtectedData?.Length ?? 0),
        FunctionCallContent call => string.IsNullOrEmpty(call.Name) && call.Arguments is not { Count: > 0 } ? 0 : 1,
        DataContent data => data.Data.IsEmpty ? 0 : 1,
        null => 0,
        _ => content.GetType() == typeof(AIContent) ? 0 : 1,
    };

    /// <summary>
    /// Usage is reported once, in parts, or as running totals: the largest reported number of each kind of token is the sum in all three cases.
    /// </summary>
    private void Count(UsageDetails details)
    {
        _usage ??= new UsageDetails();
        _usage.InputTokenCount = Most(_usage.InputTokenCount, details.InputTokenCount);
        _usage.OutputTokenCount = Most(_usage.OutputTokenCount, details.OutputTokenCount);
        _usage.TotalTokenCount = Most(_usage.TotalTokenCount, details.TotalTokenCount);
        _usage.CachedInputTokenCount = Most(_usage.CachedInputTokenCount, details.CachedInputTokenCount);
        _usage.ReasoningTokenCount = Most(_usage.ReasoningTokenCount, details.ReasoningTokenCount);
        foreach (var (name, count) in details.AdditionalCounts ?? [])
        {
            var counts = _usage.AdditionalCounts ??= [];
            counts[name] = counts.TryGetValue(name, out var known) ? Math.Max(known, count) : count;
        }
    }

    /// <summary>A negative number stays: it must not be hidden by a later one.</summary>
    private static long? Most(long? known, long? said) => known is null || said < 0 || (known >= 0 && said > known) ? said : known;
}
