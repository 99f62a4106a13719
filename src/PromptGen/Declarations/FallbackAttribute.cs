namespace PromptGen;

/// <summary>
/// Names the method that answers when the route gives none: every step exhausted, budget or deadline reached, content filtered.
/// It takes the prompt's parameters and returns its result. It is not called on cancellation or misconfiguration.
/// </summary>
/// <param name="method">The method's name, best written with <c>nameof</c>.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class FallbackAttribute(string method) : Attribute
{
    /// <summary>The method's name.</summary>
    public string Method { get; } = method;
}
