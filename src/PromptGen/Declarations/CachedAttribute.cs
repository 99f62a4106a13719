namespace PromptGen;

/// <summary>
/// Keeps accepted answers: a call with the same arguments gets the kept one, and calls with the same arguments at once are one call. The key is the prompt's full version, its
/// arguments, the arm of its canary, the ceiling of the call and the models that it can ask; <see cref="PromptOptions.Cache"/> and <see cref="PromptOptions.MaxAge"/> change it per call.
/// An answer is read by the contract again and passes the checks that are no prompts. What the methods of the prompt look at beside its arguments is no part of the key. Not for streams,
/// chat routes and prompts with a <see cref="SensitiveAttribute"/> parameter.
/// </summary>
/// <param name="seconds">How long an answer is kept, above 0, at most 31,536,000 s (a year).</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CachedAttribute(double seconds) : Attribute
{
    /// <summary>How long an answer is kept, above 0, at most 31,536,000 s (a year).</summary>
    public double Seconds { get; } = seconds;

    /// <summary>Whether each <see cref="PromptBudget.Scope"/>, for example a tenant, has answers of its own. Default: false, all share them.</summary>
    public bool PerScope { get; set; }
}
