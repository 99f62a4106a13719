namespace PromptGen;

/// <summary>
/// Names the method that answers if the route does not: every step exhausted, budget or deadline reached, content filtered.
/// It takes the prompt's parameters, and a cancellation token last where it wants one, and returns its result. It is not called on cancellation or misconfiguration.
/// Its exception becomes the <see cref="Exception.InnerException"/> of a <see cref="PromptException"/> with the ledger.
/// </summary>
/// <param name="method">The method's name, best written with <c>nameof</c>.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class FallbackAttribute(string method) : Attribute
{
    /// <summary>The method's name.</summary>
    public string Method { get; } = method;

    /// <summary>
    /// How long the method may take, in seconds; for a stream, each of its items. Any number above 0, at most 86,400. Default: 5. The call's deadline and budget do not
    /// apply, because they may be the reason for the call. After that time its token is cancelled and the call ends with a <see cref="PromptException"/>; a method that blocks its
    /// thread cannot be interrupted.
    /// </summary>
    public double Seconds { get; set; } = SubstituteTime.Default;
}
