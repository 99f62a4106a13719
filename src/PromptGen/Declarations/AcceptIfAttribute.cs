namespace PromptGen;

/// <summary>
/// Accepts an answer only if a method of the prompt class accepts it. The answer goes to the method's parameter named <c>answer</c>, else to its first; all others
/// are parameters of the prompt by name, and a <see cref="CancellationToken"/> last. The method returns <c>bool</c>, <c>string?</c> where a reason means rejected,
/// or a number with <see cref="AtLeast"/> or <see cref="AtMost"/>; it may be static or not, and return a task. It may be another prompt of the class, a judge:
/// its requests and cost are then part of this call's ledger, budget, deadline and trace.
/// </summary>
/// <param name="method">The method's name, best written with <c>nameof</c>.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class AcceptIfAttribute(string method) : Attribute
{
    /// <summary>The method's name.</summary>
    public string Method { get; } = method;

    /// <summary>The least number that the method may return, any number. Default: <see cref="double.NaN"/>, no lower bound.</summary>
    public double AtLeast { get; set; } = double.NaN;

    /// <summary>The greatest number that the method may return, any number. Default: <see cref="double.NaN"/>, no upper bound.</summary>
    public double AtMost { get; set; } = double.NaN;

    /// <summary>
    /// What happens to the answer if the method throws a <see cref="PromptException"/>, as a prompt does that fails, or returns no number. The budget, deadline
    /// and token of this call end it in any case. Default: <see cref="WhenUnknown.Reject"/>.
    /// </summary>
    public WhenUnknown WhenUnknown { get; set; }

    /// <summary>Whether the reason of a rejection is sent back to the same model, as violations are, before the call escalates. Default: false.</summary>
    public bool Repair { get; set; }
}
