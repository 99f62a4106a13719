namespace PromptGen;

/// <summary>Accepts an answer only where a numeric member of it lies within bounds, for example a confidence.</summary>
/// <param name="member">The member's name, best written with <c>nameof</c>.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class AcceptWhenAttribute(string member) : Attribute
{
    /// <summary>The member's name.</summary>
    public string Member { get; } = member;

    /// <summary>The smallest value that is accepted. Default: <see cref="double.NaN"/>, no lower bound.</summary>
    public double AtLeast { get; set; } = double.NaN;

    /// <summary>The largest value that is accepted. Default: <see cref="double.NaN"/>, no upper bound.</summary>
    public double AtMost { get; set; } = double.NaN;
}
