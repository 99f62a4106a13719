namespace PromptGen;

/// <summary>The most that one call may cost, over all of its attempts. An attempt that could exceed it is not started.</summary>
/// <param name="maxUsd">USD, more than 0.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class BudgetAttribute(double maxUsd) : Attribute
{
    /// <summary>USD, more than 0.</summary>
    public double MaxUsd { get; } = maxUsd;
}
