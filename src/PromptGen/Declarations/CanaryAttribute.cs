namespace PromptGen;

/// <summary>
/// Tries a candidate: for a share of the calls that enter at the first step of the route it takes the place of the first model of that step. Where it is unavailable, the
/// step's own models are asked. <see cref="PromptResult{T}.Arm"/> reports which calls asked it.
/// </summary>
/// <param name="model">A model id of the catalog: the candidate. Neither the model whose place it takes nor a model of a later step or of the fallbacks.</param>
/// <param name="percent">The share of the calls in percent, 0–100; 0 = none. The configuration key <c>PromptGen:Canaries:{prompt}:{model}</c> changes it without a restart.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class CanaryAttribute(string model, double percent) : Attribute
{
    /// <summary>The candidate.</summary>
    public string Model { get; } = model;

    /// <summary>The share of the calls in percent, 0–100.</summary>
    public double Percent { get; } = percent;

    /// <summary>
    /// A parameter of type <see cref="string"/>, <see cref="Guid"/> or an integer: calls with the same value have the same arm, in every process. Calls without a value
    /// are drawn one by one. Default: none, every call is drawn.
    /// </summary>
    public string? By { get; set; }
}
