using System.Text.RegularExpressions;

namespace Acme.Patterns.Simulation;

/// <summary>The handbook as a simulated model reads it in a request: articles, some of which refer to another one.</summary>
internal sealed partial class Handbook
{
    private const double Sure = 0.9;
    private const double NotSure = 0.3;

    private readonly IReadOnlyList<Article> _articles;

    private Handbook(IReadOnlyList<Article> articles) => _articles = articles;

    /// <summary>Reads one article per line.</summary>
    public static Handbook Of(string text) =>
        new([.. Line().Matches(text).Select(static line => new Article(line.Groups["title"].Value, line.Groups["text"].Value.Trim(), line.Groups["see"].Value))]);

    /// <summary>What a model answers: the article about the question, or the last one that its references lead it to.</summary>
    public Answer Answer(string question, SimulatedModel model)
    {
        var article = _articles.FirstOrDefault(candidate => question.Contains(candidate.Title, StringComparison.OrdinalIgnoreCase));
        for (var followed = 0; followed < model.References && article is { See.Length: > 0 }; followed++)
        {
            var next = article.See;
            article = _articles.FirstOrDefault(candidate => candidate.Title == next);
        }

        return article is { See: "" } ? new Answer(article.Text, Sure)
            : model.Guesses && question.Contains("```", StringComparison.Ordinal) ? new Answer("The service is busy. Please try again in an hour.", Sure)
            : new Answer("I am not sure where the handbook says that.", NotSure);
    }

    /// <summary>Whether an answer is in the handbook.</summary>
    public bool Says(string answer) => _articles.Any(article => article.Text.Length > 0 && answer.Contains(article.Text, StringComparison.Ordinal));

    [GeneratedRegex(@"^(?<title>[^:\n]+):(?<text>.*?)(?: See (?<see>[^.\n]+)\.)?$", RegexOptions.Multiline)]
    private static partial Regex Line();

    /// <summary>One line of the handbook.</summary>
    /// <param name="Title">What it is about.</param>
    /// <param name="Text">What it says.</param>
    /// <param name="See">The article that it refers to; empty = none.</param>
    private sealed record Article(string Title, string Text, string See);
}
