namespace PromptGen.EndToEnd.Tests.FailoverBench;

/// <summary>
/// The one text that every model of the benchmark answers with: 60 words, 369 characters. Its first 40 words end with a full stop, so that a text
/// cut there looks finished.
/// </summary>
internal static class CanonicalAnswer
{
    public const string Text =
        "When a provider fails, a good route asks another model promptly. " +
        "It reads every answer carefully before anything reaches customers and reports it whenever the response is truncated, " +
        "because half a message that appears complete is worse than no answer. " +
        "So the application receives one whole answer, exactly once, or a clear error that explains what went wrong and where.";

    private static readonly string[] Words = Text.Split(' ');

    public static string First(int words) => string.Join(' ', Words.Take(words));

    /// <summary>What follows a number of words, the space before it included.</summary>
    public static string After(int words) => string.Concat(Words.Skip(words).Select(static word => " " + word));

    public static int CountWords(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>The benchmark's only test of a text: missing, doubled, altered and foreign words all fail it; white space does not count.</summary>
    public static bool IsWhole(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) == Text;
}
