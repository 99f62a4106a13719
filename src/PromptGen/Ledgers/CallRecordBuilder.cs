using PromptGen.Routing;

namespace PromptGen.Ledgers;

/// <summary>Makes the record of an ended call. Not thread-safe.</summary>
/// <param name="options">Whether and how content is kept.</param>
internal sealed class CallRecordBuilder(LedgerOptions options)
{
    private readonly Dictionary<PromptDefinition, DeclaredNames> _names = new(ReferenceEqualityComparer.Instance);
    private readonly ContentText _text = new(options.Redact);

    public CallRecord Build(CallRecording call)
    {
        var end = call.End;
        var own = end.Attempts.Where(attempt => attempt.Level == call.Level);
        return new CallRecord
        {
            CallId = call.CallId,
            ParentCallId = call.Parent?.CallId,
            Prompt = call.Prompt.Name,
            Version = call.Prompt.FullVersion,
            StartedAt = call.StartedAt,
            Duration = end.Duration,
            Outcome = end.Outcome,
            IsSubstituted = end.IsSubstituted,
            FromCache = end.Saved is not null,
            Saved = end.Saved ?? PromptCost.Zero,
            ModelId = end.AnsweredBy?.Id,
            Tier = end.AnsweredBy?.Tier,
            RoutedBy = end.RoutedBy,
            EntryTier = call.EntryTier,
            Arm = end.Arm,
            Scope = call.Scope,
            Pipeline = call.Pipeline,
            Stage = call.Stage,
            TraceId = call.TraceId == default ? null : call.TraceId.ToHexString(),
            Cost = Sum(own),
            FullCost = Sum(end.Attempts),
            Attempts = [.. own.Select(attempt => Build(attempt, call))],
            Votes = Votes(end),
            Agreement = end.Agreement,
        };
    }

    private CallAttempt Build(PromptAttempt attempt, CallRecording call)
    {
        var content = call.Content.FirstOrDefault(content => ReferenceEquals(content.Attempt, attempt));
        return new CallAttempt
        {
            ModelId = attempt.ModelId,
            ResponseModelId = attempt.ResponseModelId,
            Provider = attempt.Provider,
            Tier = attempt.Tier,
            Reason = attempt.Reason,
            Outcome = attempt.Outcome,
            InputTokens = attempt.Usage?.InputTokenCount,
            OutputTokens = attempt.Usage?.OutputTokenCount,
            CachedInputTokens = attempt.Usage?.CachedInputTokenCount,
            ReasoningTokens = attempt.Usage?.ReasoningTokenCount,
            Cost = attempt.Cost,
            Duration = attempt.Duration,
            TimeToFirstToken = attempt.TimeToFirstToken,
            Arm = attempt.Arm,
            Rungs = attempt.Rungs,
            Violations = attempt.Violations.Count == 0 ? [] : [.. attempt.Violations.Select(violation => NamesOf(call.Prompt).Mask(violation.Pointer))],
            IsAbandoned = attempt.IsAbandoned,
            FromJournal = attempt.FromJournal,
            Request = content.Messages is { } messages ? _text.Of(messages) : null,
            Answer = content.Answer is { } answer ? _text.Of(answer) : null,
        };
    }

    private DeclaredNames NamesOf(PromptDefinition prompt)
    {
        if (!_names.TryGetValue(prompt, out var names))
        {
            _names.Add(prompt, names = DeclaredNames.Of(prompt.SchemaText));
        }

        return names;
    }

    private static PromptCost Sum(IEnumerable<PromptAttempt> attempts) => attempts.Aggregate(PromptCost.Zero, static (sum, attempt) => sum + attempt.Cost);

    /// <summary>The winner is the choice with the most weight; the first one where two have the same.</summary>
    private static CallVote[] Votes(in CallEnd end)
    {
        if (end.Votes is not { Count: > 0 } votes)
        {
            return [];
        }

        var winner = end.Agreement is null ? null : votes.Where(static vote => vote.Counted).GroupBy(static vote => vote.Choice).MaxBy(static choice => choice.Sum(static vote => vote.Weight))?.Key;
        return [.. votes.Select(vote => new CallVote(vote.ModelId, vote.Weight, vote.Counted, winner is not null && vote.Choice == winner))];
    }
}
