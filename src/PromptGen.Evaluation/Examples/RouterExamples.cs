namespace PromptGen.Evaluation;

/// <summary>
/// Reads labelled examples of two models from CSV with a header (RFC 4180) or from JSON Lines, each also compressed by gzip. Columns or members: <c>input</c> or <c>prompt</c>,
/// <c>weak_correct</c>, <c>strong_correct</c> (1, 0, true, false, yes, no), and, where there is one, <c>task</c> or <c>subject</c>. Others are skipped.
/// </summary>
public static class RouterExamples
{
    /// <summary>Reads a file: <c>.csv</c>, <c>.jsonl</c>, or one of them with <c>.gz</c> behind it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FormatException">A column is missing, or a line cannot be read. The message has the line's number, and no data.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static IReadOnlyList<RouterExample> Read(string path) => LabelledFile.Read(path, Example);

    /// <summary>Reads CSV.</summary>
    /// <param name="reader">The text.</param>
    /// <exception cref="FormatException">A column is missing, or a line cannot be read.</exception>
    public static IReadOnlyList<RouterExample> ReadCsv(TextReader reader) => [.. LabelledFile.Csv(reader).Select(Example)];

    /// <summary>Reads JSON Lines: one object per line.</summary>
    /// <param name="reader">The text.</param>
    /// <exception cref="FormatException">A member is missing, or a line cannot be read.</exception>
    public static IReadOnlyList<RouterExample> ReadJsonLines(TextReader reader) => [.. LabelledFile.JsonLines(reader).Select(Example)];

    private static RouterExample Example(LabelledRow row) =>
        new(row.Text("input", "prompt"), row.Optional("task", "subject"), row.Flag("weak_correct"), row.Flag("strong_correct"));
}
