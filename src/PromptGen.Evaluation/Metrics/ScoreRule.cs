using System.Globalization;

namespace PromptGen.Evaluation;

/// <summary>How what a judge or an evaluator gives becomes a score from 0 to 1. What the rule does not know is broken, never a 0.</summary>
public sealed class ScoreRule
{
    private readonly Func<object, double?> _map;

    private ScoreRule(string text, Func<object, double?> map) => (Text, _map) = (text, map);

    /// <summary>True is 1, false is 0, and a number from 0 to 1 is itself.</summary>
    public static ScoreRule Share { get; } = new("0..1", static value => value is bool isRight ? isRight ? 1 : 0 : Within(NumberOf(value), 0, 1));

    /// <summary>The rule as it is written, such as <c>1..5</c> or <c>good=1,bad=0</c>.</summary>
    internal string Text { get; }

    /// <summary>A number on a scale: <paramref name="worst"/> is 0, <paramref name="best"/> is 1, and what is between them is in proportion.</summary>
    /// <param name="worst">The worst number.</param>
    /// <param name="best">The best number; may be less than the worst.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">The two are equal, or one is not finite.</exception>
    public static ScoreRule Scale(double worst, double best) => double.IsFinite(worst) && double.IsFinite(best) && worst != best
        ? new(string.Create(CultureInfo.InvariantCulture, $"{worst}..{best}"), value => Within((NumberOf(value) - worst) / (best - worst), 0, 1))
        : throw new ArgumentException("A scale has two different ends.", nameof(best));

    /// <summary>Words regardless of case: texts, or the names of an enum's members.</summary>
    /// <param name="scores">The score of each word: 0 to 1.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">There is no word, or a score is out of its range, or a word is repeated.</exception>
    public static ScoreRule Words(IReadOnlyDictionary<string, double> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        if (scores.Count == 0 || scores.Any(static word => word.Value is not (>= 0 and <= 1)) || scores.Keys.Select(Plain).Distinct(StringComparer.OrdinalIgnoreCase).Count() < scores.Count)
        {
            throw new ArgumentException("Words need a score from 0 to 1 each, and each word once.", nameof(scores));
        }

        var known = scores.ToDictionary(static word => Plain(word.Key), static word => word.Value, StringComparer.OrdinalIgnoreCase);
        return new(
            string.Join(',', known.Select(static word => string.Create(CultureInfo.InvariantCulture, $"{word.Key}={word.Value}"))),
            value => value is string or Enum && known.TryGetValue(Plain(value.ToString()!), out var score) ? score : null);
    }

    /// <summary>Reads a rule: <c>1..5</c>, <c>7..1</c> where less is better, or <c>good=1,fair=0.5,bad=0</c>.</summary>
    /// <param name="text">The rule.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="FormatException">The text is no rule.</exception>
    public static ScoreRule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return text.Split("..") is [var worst, var best] ? Scale(NumberIn(worst), NumberIn(best))
                : Words(text.Split(',').Select(static word => word.Split('=', 2)).ToDictionary(static pair => pair[0], static pair => NumberIn(pair[1]), StringComparer.Ordinal));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or IndexOutOfRangeException)
        {
            throw new FormatException($"'{text}' is no rule for scores, such as 1..5 or good=1,bad=0.", exception);
        }
    }

    /// <summary>The score of a value.</summary>
    /// <param name="value">What a judge or an evaluator gave; null = nothing.</param>
    internal MetricOutcome Of(object? value) => value is not null && _map(value) is { } score ? MetricOutcome.Of(score) : MetricOutcome.Broken($"It gave {Shown(value)}, which has no score by the rule {Text}.");

    /// <summary>Texts may be what an answer says; they stay out of reports.</summary>
    private static string Shown(object? value) => value switch
    {
        null => "nothing",
        string => "a text",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => $"a {value.GetType().Name}",
    };

    private static double NumberIn(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static double? NumberOf(object value) => value is sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : null;

    private static double? Within(double? value, double least, double most) => value >= least && value <= most ? value : null;

    private static string Plain(string word) => word.Trim();
}
