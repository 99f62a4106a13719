using System.ComponentModel;

namespace PromptGen.Routing;

/// <summary>Where a call enters its route, and the tier above which no answer may come from. Generated code fills it from the clauses of the prompt.</summary>
/// <param name="first">The first step of the route, where nothing decides.</param>
/// <param name="options">What the caller asks for; null = nothing.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct RouteEntry(PromptStep first, PromptOptions? options = null)
{
    private PromptStep? _byRule;
    private PromptStep? _byValue;
    private string? _rule;
    private string? _value;
    private ulong? _stickTo;

    /// <summary>Whether the caller's options or a rule have decided where the call enters.</summary>
    public readonly bool IsDecided => _byRule is not null || options?.Model is not null;

    /// <summary>The strongest tier that may answer; null = the route's own.</summary>
    public Tier? Ceiling { get; private set; }

    /// <summary>What decided, as the declaration says it; null = nothing did. It never holds text of an argument.</summary>
    public readonly string? RoutedBy => options?.Model is not null ? "options" : _byRule is not null ? _rule : _byValue is not null ? _value : null;

    /// <summary>What the caller asks for; null = nothing.</summary>
    internal readonly PromptOptions? Options => options;

    /// <summary>The step at which the call starts where the options name no model: what decided first, or the strongest one that the ceiling allows.</summary>
    internal readonly PromptStep Start
    {
        get
        {
            var start = _byRule ?? _byValue ?? first;
            if (!Exceeds(start))
            {
                return start;
            }

            var strongest = first;
            while (strongest.NextWithin(Ceiling) is { } next)
            {
                strongest = next;
            }

            return strongest;
        }
    }

    /// <summary>A rule holds. The first one decides; the ceilings of all hold.</summary>
    /// <param name="step">The step that it names.</param>
    /// <param name="rule">The rule as the declaration says it.</param>
    /// <param name="ceiling">The strongest tier that may answer; null = it does not say.</param>
    public void When(PromptStep step, string rule, Tier? ceiling = null)
    {
        if (_byRule is null)
        {
            (_byRule, _rule) = (step, rule);
        }

        Limit(ceiling);
    }

    /// <summary>A value has a case, or is otherwise. It decides where no rule does; its ceiling holds in any case.</summary>
    /// <param name="step">The step that the case names.</param>
    /// <param name="value">The case as the declaration says it.</param>
    /// <param name="ceiling">The strongest tier that may answer; null = it does not say.</param>
    public void By(PromptStep step, string value, Tier? ceiling = null)
    {
        (_byValue, _value) = (step, value);
        Limit(ceiling);
    }

    /// <summary>Calls with the same value have the same arm of the prompt's canary.</summary>
    /// <param name="value">The value; null = the call is drawn.</param>
    public void StickTo(string? value) => _stickTo = value is null ? null : StableHash.Of(value);

    /// <inheritdoc cref="StickTo(string?)"/>
    public void StickTo(long? value) => _stickTo = value is { } number ? StableHash.Mix((ulong)number) : null;

    /// <inheritdoc cref="StickTo(string?)"/>
    public void StickTo(ulong? value) => _stickTo = value is { } number ? StableHash.Mix(number) : null;

    /// <inheritdoc cref="StickTo(string?)"/>
    public void StickTo(Guid? value)
    {
        Span<char> text = stackalloc char[36];
        _stickTo = value is { } id && id.TryFormat(text, out _) ? StableHash.Of(text) : null;
    }

    /// <summary>The position of the call among the calls of a canary: a percentage from 0 to below 100; null = no value determines it, so it is drawn at random.</summary>
    internal readonly double? PointOf(PromptCanary canary) => _stickTo is { } hash ? canary.PointOf(hash) : null;

    private void Limit(Tier? ceiling)
    {
        if (ceiling is { } tier && !(Ceiling <= tier))
        {
            Ceiling = tier;
        }
    }

    private readonly bool Exceeds(PromptStep step) => Tiers.Exceeds(step.Tier, Ceiling);
}
