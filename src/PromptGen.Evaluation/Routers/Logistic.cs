namespace PromptGen.Evaluation;

/// <summary>Log-odds to probabilities and back.</summary>
internal static class Logistic
{
    public static double Of(double logit) => 1 / (1 + Math.Exp(-logit));

    public static double Inverse(double probability) => Math.Log(probability / (1 - probability));

    /// <summary>The negative log-likelihood of a label.</summary>
    public static double Loss(double probability, bool label) => -Math.Log(Math.Max(label ? probability : 1 - probability, 1e-12));
}
