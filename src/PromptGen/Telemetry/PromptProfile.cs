using PromptGen.Routing;

namespace PromptGen.Telemetry;

/// <summary>What telemetry says of a prompt: worked out once, when somebody listens for the first time.</summary>
internal sealed class PromptProfile(string name, string version, IReadOnlyList<PromptStep> route)
{
    public string Name { get; } = name;

    public string Version { get; } = version;

    public string SpanName { get; } = "prompt " + name;

    /// <summary>The tiers of the steps in order, for example <c>fast,general</c>.</summary>
    public string Route { get; } = string.Join(',', route.Select(static step => TelemetryWords.Tier(step.Tier)));

    /// <summary><c>cascade</c> = a rejected answer can go a step up; <c>fallback</c> = another model can stand in; <c>single</c> = neither.</summary>
    public string Strategy { get; } = route.Count > 1 ? "cascade"
        : route.Any(static step => step.Models.Count + step.Fallbacks.Count > 1) ? "fallback"
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
