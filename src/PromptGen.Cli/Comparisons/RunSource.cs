using System.CommandLine;
using PromptGen.Cli.Scores;
using PromptGen.Evaluation;

namespace PromptGen.Cli.Comparisons;

/// <summary>One of the two runs that are compared.</summary>
/// <param name="Model">The model, or the name of the file.</param>
/// <param name="Items">Its scores.</param>
internal sealed record RunSource(string Model, IReadOnlyList<ScoredItem> Items)
{
    /// <summary>Reads the scores of a run: from a file of scores, or from recorded answers, which are scored.</summary>
    /// <param name="line">The command line, for the metric.</param>
    /// <param name="path">The file or folder.</param>
    /// <param name="model">The model; null where there is only one.</param>
    /// <param name="metric">Which answers are right.</param>
    /// <param name="option">The option that names the model.</param>
    public static RunSource Read(ParseResult line, string path, string? model, MetricOptions metric, string option)
    {
        if (ScoreFile.Is(path))
        {
            var scores = ScoreFile.Read(path);
            var chosen = Choose(path, [.. scores.Select(static score => score.Model)], model, option);
            return new(chosen, scores.First(score => score.Model == chosen).Items);
        }

        var answers = RecordedAnswers.Open(path);
        var named = Choose(path, answers.Models, model, option);
        return new(named, ModelScore.Of(answers, named, metric.Of(line, answers)).Items);
    }

    private static string Choose(string path, IReadOnlyList<string> models, string? model, string option) => model switch
    {
        null when models.Count == 1 => models[0],
        null => throw new ToolException($"'{path}' has several models; name one with {option}: {string.Join(", ", models)}.", ExitCodes.Usage),
        _ when models.Contains(model) => model,
        _ => throw new ToolException($"'{path}' has no model '{model}'. It has: {string.Join(", ", models)}."),
    };
}
