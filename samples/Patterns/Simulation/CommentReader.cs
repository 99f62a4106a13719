using System.Text.RegularExpressions;

namespace Acme.Patterns.Simulation;

/// <summary>How a simulated model moderates a comment: by words that it knows; quotations and hints need the whole policy.</summary>
internal static partial class CommentReader
{
    private const double Sure = 0.95;
    private const double NotSure = 0.4;

    /// <summary>What a model decides.</summary>
    /// <param name="comment">The comment.</param>
    /// <param name="hasPolicy">Whether the request has the whole policy.</param>
    public static Moderation Of(string comment, bool hasPolicy)
    {
        var isQuoted = comment.Contains('"');

        return Hint().IsMatch(comment) ? hasPolicy ? new(Ruling.Threat, Sure) : new(Ruling.Allowed, NotSure)
            : Insult().IsMatch(comment) ? !isQuoted ? new(Ruling.Harassment, Sure) : hasPolicy ? new(Ruling.Allowed, Sure) : new(Ruling.Harassment, NotSure)
            : Advertising().IsMatch(comment) ? new(Ruling.Spam, Sure)
            : new(Ruling.Allowed, Sure);
    }

    [GeneratedRegex("pity if|where you live", RegexOptions.IgnoreCase)]
    private static partial Regex Hint();

    [GeneratedRegex("idiot|moron", RegexOptions.IgnoreCase)]
    private static partial Regex Insult();

    [GeneratedRegex("buy now|win a|cheap ", RegexOptions.IgnoreCase)]
    private static partial Regex Advertising();
}
