namespace PromptGen;

/// <summary>The longest that one call may take, over all of its attempts and the waits between them.</summary>
/// <param name="seconds">Seconds, more than 0.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class DeadlineAttribute(double seconds) : Attribute
{
    /// <summary>Seconds, more than 0.</summary>
    public double Seconds { get; } = seconds;
}
