namespace PromptGen;

/// <summary>Accepts an answer only if a numeric member is within bounds, for example a confidence.</summary>
/// <param name="member">The member's name, best written with <c>nameof</c>.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class AcceptWhenAttribute(string member) : Attribute
{
    /// <summary>The member's name.</summary>
    public string Member { get; } = member;

    /// <summary>The smallest value that is accepted, any number. Default: <see cref="double.NaN"/>, no lower bound.</summary>
    public double AtLeast { get; set; } = double.NaN;

    /// <summary>The largest value that is accepted, any number. Default: <see cref="double.NaN"/>, no upper bound.</summary>
    public double AtMost { get; set; } = double.NaN;

    /// <summary>
    /// A file among the project's <c>AdditionalFiles</c> that maps what each model states to how often such an answer was right, so that the bounds are shares of right answers.
    /// The member is then a number from 0 to 1, and a model without a map in the file has no answer accepted. Its path is given from the project; <c>*.calibration</c> is added
    /// by itself. Default: null, the member is compared as it is.
    /// </summary>
    public string? Calibration { get; set; }
}
