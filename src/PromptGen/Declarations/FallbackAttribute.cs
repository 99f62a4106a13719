namespace PromptGen;

/// <summary>
/// Names the method that answers when the route gives none: every step exhausted, budget or deadline reached, content filtered.
/// It takes the prompt's parameters, and a cancellation token last where it wants one, and returns its result. It is not called on cancellation or misconfiguration.
/// What it throws is the <see cref="Exception.InnerException"/> of a <see cref="PromptException"/> with the ledger.
/// </summary>
/// <param name="method">The method's name, best written with <c>nameof</c>.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class FallbackAttribute(string method) : Attribute
{
    /// <summary>The method's name.</summary>
    public string Method { get; } = method;

    /// <summary>
    /// How long the method may take, in seconds; where it gives a stream, each of its items. Above 0, at most 86,400. Default: 5. The call's deadline and budget do not
    /// count here: they may be why the method is asked. Then its token is cancelled and the call ends with a <see cref="PromptException"/>; a method that blocks its
    /// thread is waited for.
    /// </summary>
    public double Seconds { get; set; } = SubstituteTime.Default;
}
