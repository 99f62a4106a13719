namespace PromptGen.Evaluation;

/// <summary>A labelled answer: how sure the model was, and whether the answer was right.</summary>
/// <param name="Model">The model, as the catalog has it.</param>
/// <param name="Probability">The probability of the answer by its tokens, or the confidence that it states, from 0 to 1.</param>
/// <param name="IsCorrect">Whether it was right.</param>
public sealed record CalibrationExample(string Model, double Probability, bool IsCorrect)
{
    /// <summary>Reads CSV or JSON Lines with the columns or members <c>model</c>, <c>probability</c> and <c>correct</c>, also compressed by gzip.</summary>
    /// <param name="path">The file: <c>.csv</c>, <c>.jsonl</c>, or one of them with <c>.gz</c> behind it.</param>
    /// <exception cref="FormatException">A column is missing, or a line cannot be read. The message has the line's number, and no data.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static IReadOnlyList<CalibrationExample> Read(string path) =>
        LabelledFile.Read(path, static row => new CalibrationExample(row.Text("model"), row.Share("probability"), row.Flag("correct")));
}
