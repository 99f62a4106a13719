namespace PromptGen.Evaluation;

/// <summary>Corrects the p-values of several tests, since one of twenty is below 0.05 by chance.</summary>
public static class MultipleTests
{
    /// <summary>
    /// Holm's correction, for a family in which not one finding may be false: of m p-values in ascending order, p̃_i = max_{j ≤ i} min(1, (m − j + 1)·p_j).
    /// S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6 (1979).
    /// </summary>
    /// <param name="pValues">The p-values: 0 to 1.</param>
    /// <returns>The corrected p-values in the same order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A p-value is not within 0 and 1.</exception>
    public static IReadOnlyList<double> Holm(IReadOnlyList<double> pValues)
    {
        var order = Ascending(pValues);
        var corrected = new double[order.Length];
        var largest = 0.0;
        for (var i = 0; i < order.Length; i++)
        {
            largest = Math.Max(largest, Math.Min(1, (order.Length - i) * pValues[order[i]]));
            corrected[order[i]] = largest;
        }

        return corrected;
    }

    /// <summary>
    /// The correction of Benjamini and Hochberg, for many probes of which a share of false findings is acceptable, such as drift: p̃_i = min_{j ≥ i} min(1, m/j·p_j).
    /// Y. Benjamini, Y. Hochberg, Controlling the false discovery rate, Journal of the Royal Statistical Society B 57 (1995).
    /// </summary>
    /// <param name="pValues">The p-values: 0 to 1.</param>
    /// <returns>The corrected p-values in the same order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A p-value is not within 0 and 1.</exception>
    public static IReadOnlyList<double> BenjaminiHochberg(IReadOnlyList<double> pValues)
    {
        var order = Ascending(pValues);
        var corrected = new double[order.Length];
        var smallest = 1.0;
        for (var i = order.Length - 1; i >= 0; i--)
        {
            smallest = Math.Min(smallest, order.Length * pValues[order[i]] / (i + 1));
            corrected[order[i]] = smallest;
        }

        return corrected;
    }

    private static int[] Ascending(IReadOnlyList<double> pValues)
    {
        ArgumentNullException.ThrowIfNull(pValues);
        if (pValues.Any(static value => value is not (>= 0 and <= 1)))
        {
            throw new ArgumentOutOfRangeException(nameof(pValues), "P-values must be within 0 and 1.");
        }

        return [.. Enumerable.Range(0, pValues.Count).OrderBy(i => pValues[i])];
    }
}
