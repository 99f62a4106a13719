namespace PromptGen;

/// <summary>Which calls key figures are computed of, and how they are grouped.</summary>
public sealed record KpiQuery
{
    /// <summary>What the calls are grouped by. Default: their prompt.</summary>
    public KpiGroup By { get; init; } = KpiGroup.Prompt;

    /// <summary>Only the calls of a prompt; null = of all.</summary>
    public string? Prompt { get; init; }

    /// <summary>Only the calls of a scope; null = of all.</summary>
    public string? Scope { get; init; }

    /// <summary>Only the calls that started then or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only the calls that started before.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The beginning of a period that the figures are compared with; null = they are not. It ends at <see cref="BaselineUntil"/>.</summary>
    public DateTimeOffset? BaselineFrom { get; init; }

    /// <summary>The end of the period that begins at <see cref="BaselineFrom"/>; null = <see cref="From"/>.</summary>
    public DateTimeOffset? BaselineUntil { get; init; }
}

/// <summary>What calls are grouped by.</summary>
public enum KpiGroup
{
    /// <summary>The prompt.</summary>
    Prompt,

    /// <summary>The model that answered; calls without an answer of a model are <c>none</c>.</summary>
    Model,

    /// <summary>The tier of the model that answered; calls without an answer of a model are <c>none</c>.</summary>
    Tier,

    /// <summary>The prompt and its version, as <c>Desk.TriageAsync 9f2c41d0</c>.</summary>
    Version,

    /// <summary>The day on which the call started, in UTC, as <c>2026-11-29</c>.</summary>
    Day,

    /// <summary>The scope; calls outside any are <c>none</c>.</summary>
    Scope,
}
