namespace PromptGen.Routing;

/// <summary>The ladder of tiers. <see cref="Tier.SelfHosted"/> is not part of it: it exceeds no tier, and no tier exceeds it.</summary>
internal static class Tiers
{
    /// <summary>Whether a tier is stronger than a ceiling allows.</summary>
    public static bool Exceeds(Tier tier, Tier? ceiling) =>
        ceiling is { } most && most != Tier.SelfHosted && tier != Tier.SelfHosted && tier > most;
}
