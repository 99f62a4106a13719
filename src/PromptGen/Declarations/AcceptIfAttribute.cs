namespace PromptGen;

/// <summary>
/// Accepts an answer only where a method of the prompt class agrees. The method takes the answer (and optionally a
/// <see cref="CancellationToken"/>) and returns <c>bool</c>, or <c>string?</c> where a reason means rejected; it may be static or not, and
/// return a task of either.
/// </summary>
/// <param name="method">The method's name, best written with <c>nameof</c>.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class AcceptIfAttribute(string method) : Attribute
{
    /// <summary>The method's name.</summary>
    public string Method { get; } = method;
}
