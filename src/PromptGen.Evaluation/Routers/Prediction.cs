namespace PromptGen.Evaluation;

/// <summary>How likely each model is right.</summary>
internal readonly record struct Prediction(double Weak, double Strong)
{
    /// <summary>How much more often the strong model is right.</summary>
    public double Gain => Strong - Weak;
}
