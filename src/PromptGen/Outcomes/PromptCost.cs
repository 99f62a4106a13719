namespace PromptGen;

/// <summary>What an attempt or a call cost.</summary>
/// <param name="Usd">The known part, in USD.</param>
/// <param name="IsComplete">False where a price or a usage is unknown or impossible, so that <paramref name="Usd"/> is only a lower bound.</param>
public readonly record struct PromptCost(decimal Usd, bool IsComplete)
{
    /// <summary>Nothing was spent, and that is known.</summary>
    public static PromptCost Zero => new(0m, true);

    /// <summary>What was spent is not known.</summary>
    public static PromptCost Unknown => new(0m, false);

    /// <summary>Adds two costs; the sum is complete where both are.</summary>
    /// <param name="left">One cost.</param>
    /// <param name="right">The other cost.</param>
    /// <returns>The sum.</returns>
    public static PromptCost operator +(PromptCost left, PromptCost right) => Add(left, right);

    /// <summary>Adds two costs; the sum is complete where both are.</summary>
    /// <param name="left">One cost.</param>
    /// <param name="right">The other cost.</param>
    /// <returns>The sum.</returns>
    public static PromptCost Add(PromptCost left, PromptCost right) =>
        new(left.Usd + right.Usd, left.IsComplete && right.IsComplete);

    /// <summary>For example <c>$0.000450</c>, <c>≥ $0.000450</c> where the cost is not complete, or <c>unknown cost</c> where nothing of it is known.</summary>
    /// <returns>The amount in invariant form.</returns>
    public override string ToString() =>
        !IsComplete && Usd == 0m ? "unknown cost" : (IsComplete ? "$" : "≥ $") + Usd.ToString("0.000000", System.Globalization.CultureInfo.InvariantCulture);
}
