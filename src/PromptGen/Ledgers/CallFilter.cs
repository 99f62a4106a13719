namespace PromptGen;

/// <summary>Which calls are read. What is null selects nothing.</summary>
public sealed record CallFilter
{
    /// <summary>The call of this id.</summary>
    public string? CallId { get; init; }

    /// <summary>Those that a call made.</summary>
    public string? ParentCallId { get; init; }

    /// <summary>Those of a prompt, by its name.</summary>
    public string? Prompt { get; init; }

    /// <summary>Those that a model answered.</summary>
    public string? ModelId { get; init; }

    /// <summary>Those that ended so.</summary>
    public PromptErrorCode? Outcome { get; init; }

    /// <summary>Those of a scope.</summary>
    public string? Scope { get; init; }

    /// <summary>Those of a pipeline.</summary>
    public string? Pipeline { get; init; }

    /// <summary>Those that started then or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Those that started before.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How many at most. Default: all.</summary>
    public int? Limit { get; init; }

    /// <summary>Whether a call is selected, <see cref="Limit"/> aside.</summary>
    /// <param name="call">The call.</param>
    /// <returns>Whether it is.</returns>
    public bool Selects(CallRecord call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return (CallId is null || call.CallId == CallId)
            && (ParentCallId is null || call.ParentCallId == ParentCallId)
            && (Prompt is null || call.Prompt == Prompt)
            && (ModelId is null || call.ModelId == ModelId)
            && (Outcome is null || call.Outcome == Outcome)
            && (Scope is null || call.Scope == Scope)
            && (Pipeline is null || call.Pipeline == Pipeline)
            && !(call.StartedAt < From)
            && !(call.StartedAt >= Until);
    }
}
