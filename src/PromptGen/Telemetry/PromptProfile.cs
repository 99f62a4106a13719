namespace PromptGen.Telemetry;

/// <summary>What telemetry reports of a prompt: computed once, when a listener is there for the first time.</summary>
/// <param name="name">The prompt's name.</param>
/// <param name="version">The prompt's version.</param>
/// <param name="tiers">The tiers of the route's steps, in order.</param>
/// <param name="hasFallback">Whether a step has more than one model.</param>
/// <param name="hasEnsemble">Whether models vote before the route.</param>
/// <param name="isHedged">Whether a second model is asked beside one that is slow.</param>
internal sealed class PromptProfile(string name, string version, IReadOnlyList<Tier> tiers, bool hasFallback, bool hasEnsemble, bool isHedged)
{
    public string Name { get; } = name;

    public string Version { get; } = version;

    public string SpanName { get; } = "prompt " + name;

    /// <summary>The tiers of the steps in order, for example <c>fast,general</c>.</summary>
    public string Route { get; } = string.Join(',', tiers.Select(TelemetryWords.Tier));

    /// <summary>
    /// <c>ensemble</c> = models vote; <c>hedge</c> = a second model is asked beside a slow one; <c>escalation</c> = a rejected answer can go a step up;
    /// <c>fallback</c> = another model can be asked instead; <c>single</c> = none of these.
    /// </summary>
    public string Strategy { get; } = hasEnsemble ? "ensemble"
        : isHedged ? "hedge"
        : tiers.Count > 1 ? "escalation"
        : hasFallback ? "fallback"
        : "single";

    /// <summary>The attributes of the call's span that samplers get to see.</summary>
    public KeyValuePair<string, object?>[] Tags => field ??=
    [
        new("gen_ai.prompt.name", Name),
        new("gen_ai.prompt.version", Version),
        new("promptgen.route", Route),
        new("promptgen.strategy", Strategy),
    ];
}
