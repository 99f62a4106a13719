using System.Diagnostics;
using Microsoft.Extensions.AI;
using PromptGen.Catalog;
using PromptGen.Routing;

namespace PromptGen.Ledgers;

/// <summary>
/// What a ledger records of one call, collected while the call is under way. It only refers to objects that exist in any case: <see cref="CallRecordBuilder"/> makes the record in the background.
/// </summary>
/// <param name="writer">Gets it once the call has ended; null = there is no ledger, and only the id is needed.</param>
/// <param name="prompt">The prompt.</param>
/// <param name="parent">The call that this one is part of; null = there is none, or that one is not recorded.</param>
/// <param name="level">How deep inside other calls it is: its own attempts are those of this level.</param>
/// <param name="startedAt">When it started.</param>
internal sealed class CallRecording(LedgerWriter? writer, PromptDefinition prompt, CallRecording? parent, byte level, DateTimeOffset startedAt)
{
    private List<AttemptContent>? _content;
    private string? _callId;

    /// <summary>The id of the call. Made where it is first needed, which is in the background for a caller that never asks.</summary>
    public string CallId => CallIds.Of(ref _callId);

    public CallRecording? Parent { get; } = parent;

    public PromptDefinition Prompt { get; } = prompt;

    public byte Level { get; } = level;

    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>Who pays.</summary>
    public string? Scope { get; } = PromptBudget.CurrentScope;

    public string? Pipeline { get; init; }

    public string? Stage { get; init; }

    public ActivityTraceId TraceId { get; init; }

    /// <summary>Whether messages and answers are kept.</summary>
    public bool CapturesContent { get; init; }

    /// <summary>The tier of the first step that it took; null = it took none.</summary>
    public Tier? EntryTier { get; private set; }

    public CallEnd End { get; private set; }

    public IReadOnlyList<AttemptContent> Content => _content ?? [];

    /// <summary>The call takes a step.</summary>
    public void Enter(Tier tier) => EntryTier ??= tier;

    /// <summary>Keeps what was sent and what came. Requests may end side by side.</summary>
    public void Add(PromptAttempt attempt, IReadOnlyList<ChatMessage> messages, string answer)
    {
        lock (this)
        {
            (_content ??= []).Add(new AttemptContent(attempt, messages, answer));
        }
    }

    /// <summary>The call has ended.</summary>
    public void Ended(in CallEnd end)
    {
        if (End.Attempts is null)
        {
            End = end;
            writer?.Add(this);
        }
    }
}

/// <summary>How a call ended.</summary>
/// <param name="Attempts">Its requests, those of the calls that it made among them.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="AnsweredBy">The model that answered; null = none did.</param>
/// <param name="IsSubstituted">Whether the prompt's own method answered.</param>
/// <param name="Duration">How long it took.</param>
internal readonly record struct CallEnd(IReadOnlyList<PromptAttempt> Attempts, PromptErrorCode Outcome, ModelInfo? AnsweredBy, bool IsSubstituted, TimeSpan Duration)
{
    public string? RoutedBy { get; init; }

    public string? Arm { get; init; }

    public IReadOnlyList<PromptVote>? Votes { get; init; }

    public double? Agreement { get; init; }

    /// <summary>What the call has cost whose answer this is; null = it is the call's own.</summary>
    public PromptCost? Saved { get; init; }
}

/// <summary>What was sent in one request, and what came.</summary>
internal readonly record struct AttemptContent(PromptAttempt Attempt, IReadOnlyList<ChatMessage> Messages, string Answer);
