namespace PromptGen.Sqlite.Kpis;

/// <summary>The normal distribution.</summary>
internal static class Normal
{
    /// <summary>How likely a standard normal value is at least so far from zero.</summary>
    /// <remarks>The complementary error function by a Chebyshev fit, relative error below 1.2e-7 everywhere (Press et al., Numerical Recipes, 6.2).</remarks>
    public static double TwoSided(double z)
    {
        var x = Math.Abs(z) / Math.Sqrt(2);
        var t = 1 / (1 + (x / 2));
        var series = 1.00002368 + (t * (0.37409196 + (t * (0.09678418 + (t * (-0.18628806 + (t * (0.27886807 + (t * (-1.13520398 + (t * (1.48851587 + (t * (-0.82215223 + (t * 0.17087277)))))))))))))));
        return Math.Min(1, t * Math.Exp((-x * x) - 1.26551223 + (t * series)));
    }
}
