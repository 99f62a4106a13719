using System.Text.RegularExpressions;

namespace Acme.Support.Simulation;

/// <summary>The sentence of a ticket that says most about its queue, cut to what the contract allows. Simulated models do not translate.</summary>
internal static partial class Summary
{
    private const int MaxLength = 140;

    /// <summary>Picks the sentence with the most of the given phrases; the first one if several have as many.</summary>
    public static string Of(string text, IEnumerable<Phrase> phrases)
    {
        var known = phrases.ToList();
        var sentence = Sentences().Matches(text).Select(match => match.Value.Trim())
            .Where(candidate => candidate.Length > 0)
            .DefaultIfEmpty("The ticket is empty.")
            .MaxBy(candidate => Count(candidate, known))!;

        return sentence.Length <= MaxLength ? sentence : Cut(sentence);
    }

    private static int Count(string sentence, List<Phrase> phrases)
    {
        var plain = PlainText.Of(sentence);

        return phrases.Sum(phrase => phrase.FindIn(plain).Count() * phrase.Weight);
    }

    private static string Cut(string sentence)
    {
        var end = sentence.LastIndexOf(' ', MaxLength - 1);

        return sentence[..(end > 0 ? end : MaxLength - 1)].TrimEnd(',', ':', ' ') + "…";
    }

    [GeneratedRegex(@"(?:[^.!?。؟\n]|[.!?](?=\S))+[.!?。؟]*")]
    private static partial Regex Sentences();
}
