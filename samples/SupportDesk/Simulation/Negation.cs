namespace Acme.Support.Simulation;

/// <summary>Whether a phrase is denied: by a word before it (<c>not about billing</c>) or after it (<c>my invoice is fine</c>).</summary>
internal static class Negation
{
    private const int WordsBefore = 3;
    private const int WordsAfter = 3;

    /// <summary>Whether the model understands that the phrase found at <paramref name="at"/> is denied.</summary>
    public static bool Covers(string plain, Phrase phrase, int at, SimulatedModel model) =>
        model.Skills.HasFlag(Skills.Negation)
        && (Contains(Before(plain, at), model.Vocabulary.About("Not")) || Contains(After(plain, at + phrase.Needle.Length), model.Vocabulary.About("Fine")));

    private static bool Contains(string words, IEnumerable<Phrase> phrases) => phrases.Any(phrase => words.Contains(phrase.Needle, StringComparison.Ordinal));

    private static string Before(string plain, int at)
    {
        var clause = plain[(plain.LastIndexOf('|', at) + 1)..at];

        return Pad(clause.Split(' ', StringSplitOptions.RemoveEmptyEntries).TakeLast(WordsBefore));
    }

    private static string After(string plain, int end)
    {
        var start = Math.Min(end, plain.Length);
        var boundary = plain.IndexOf('|', start);
        var clause = plain[start..(boundary < 0 ? plain.Length : boundary)];

        return Pad(clause.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(WordsAfter));
    }

    private static string Pad(IEnumerable<string> words) => $" {string.Join(' ', words)} ";
}
