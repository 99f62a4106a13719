using MathNet.Numerics;

namespace PromptGen.Evaluation;

/// <summary>What several attempts at one item show.</summary>
public static class RepeatedAttempts
{
    /// <summary>
    /// pass@k: how likely at least one of k attempts passes, without bias: 1 − C(n − c, k) / C(n, k). M. Chen et al., Evaluating large language models trained on code, arXiv 2107.03374 (2021).
    /// </summary>
    /// <param name="attempts">How many attempts were made: at least <paramref name="k"/>.</param>
    /// <param name="passes">How many of them passed.</param>
    /// <param name="k">At least 1.</param>
    /// <returns>The probability: 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static double AnyOf(int attempts, int passes, int k)
    {
        Check(attempts, passes, k);
        return 1 - Share(attempts, attempts - passes, k);
    }

    /// <summary>
    /// pass^k: how likely all of k attempts pass, without bias: C(c, k) / C(n, k). S. Yao et al., τ-bench, arXiv 2406.12045 (2024).
    /// </summary>
    /// <param name="attempts">How many attempts were made: at least <paramref name="k"/>.</param>
    /// <param name="passes">How many of them passed.</param>
    /// <param name="k">At least 1.</param>
    /// <returns>The probability: 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static double AllOf(int attempts, int passes, int k)
    {
        Check(attempts, passes, k);
        return Share(attempts, passes, k);
    }

    /// <summary>C(part, k) / C(all, k).</summary>
    private static double Share(int all, int part, int k) =>
        part < k ? 0 : Math.Exp(SpecialFunctions.BinomialLn(part, k) - SpecialFunctions.BinomialLn(all, k));

    private static void Check(int attempts, int passes, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, k);
        ArgumentOutOfRangeException.ThrowIfNegative(passes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(passes, attempts);
    }
}
