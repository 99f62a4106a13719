using System.Text.Json;

namespace PromptGen.Evaluation;

/// <summary>One call that a prompt is evaluated with, and what is right. It needs <see cref="Expected"/> or <see cref="Elements"/>.</summary>
/// <param name="Id">Its id, unique in its set.</param>
/// <param name="Inputs">The arguments by the names of the prompt's parameters.</param>
/// <param name="Expected">The expected value. Of an object, members that are left out may have any value. Null = none.</param>
/// <param name="Elements">Texts that the answer has to contain; empty = none.</param>
public sealed record EvaluationItem(string Id, IReadOnlyDictionary<string, JsonElement> Inputs, JsonElement? Expected, IReadOnlyList<string> Elements)
{
    /// <summary>The slice that it belongs to; null, the default: none.</summary>
    public string? Category { get; init; }

    /// <summary>How hard it is, such as <c>easy</c>; the slice of items without a category. Null, the default: not known.</summary>
    public string? Difficulty { get; init; }

    /// <summary>What it has in common with other items, such as one document; null, the default: it is independent.</summary>
    public string? Cluster { get; init; }

    /// <summary>How much it counts in means; more than 0. Default: 1.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The expected value as text.</summary>
    internal string ExpectedText => Expected is { } expected ? EvaluationJson.TextOf(expected) : "";

    /// <summary>Where it was read: file and line.</summary>
    public string Place { get; init; } = "";

    /// <summary>Whether its inputs are texts of a table or of YAML, which are converted to the type of the parameter.</summary>
    internal bool IsText { get; init; }

    /// <summary>A hash of what is asked and what is right: an item that has changed is asked again.</summary>
    internal string Digest => field ??= SetHash.Of([.. Inputs.OrderBy(static input => input.Key, StringComparer.Ordinal).SelectMany(static input => (string[])[input.Key, input.Value.GetRawText()]), Expected?.GetRawText() ?? "", .. Elements]);

    /// <summary>How right an answer is: 0 to 1.</summary>
    /// <param name="answer">The answer: text, or JSON of an object or an array.</param>
    /// <param name="isText">Whether it is what a model wrote, in which the metric has to find the answer.</param>
    /// <param name="metric">What is right; null = that depends on what is expected.</param>
    internal double Score(string answer, bool isText, AnswerMetric? metric)
    {
        if (Expected is not { } expected)
        {
            return AnswerMetric.Elements.Score(answer, JsonSerializer.Serialize(Elements));
        }

        var rule = metric ?? expected.ValueKind switch
        {
            JsonValueKind.Object => AnswerMetric.Members,
            JsonValueKind.Array => AnswerMetric.SetF1,
            JsonValueKind.Number => AnswerMetric.Numeric(),
            _ => AnswerMetric.Exact,
        };
        return rule.Score(isText ? rule.Find(answer) : answer, rule.ComparesJson ? expected.GetRawText() : ExpectedText);
    }
}
