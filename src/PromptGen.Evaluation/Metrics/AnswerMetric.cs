using System.Data;
using System.Globalization;
using System.Text.RegularExpressions;

namespace PromptGen.Evaluation;

/// <summary>How right an answer is, given the expected one: 0 to 1. Compares texts; costs nothing.</summary>
public sealed partial class AnswerMetric : QualityMetric
{
    /// <summary>Larger numbers stay as they are written.</summary>
    private const double LargestInDigits = 1e15;

    /// <summary>The longest text that is calculated, in characters.</summary>
    private const int LongestCalculation = 200;

    private readonly Func<string, string?> _find;
    private readonly Func<string, string> _normalize;
    private readonly Func<string, string, double> _score;

    private AnswerMetric(string name, Func<string, string?> find, Func<string, string> normalize, Func<string, string, double> score, string version = "")
        : base(name, version) =>
        (_find, _normalize, _score) = (find, normalize, score);

    /// <summary>
    /// The answer is the expected text, as ZeroEval compares: quotation marks around it are left out, and a line break is the same as <c>\n</c>.
    /// </summary>
    public static AnswerMetric Exact { get; } = new("exact", AnswerExtractor.Extract, Letters, static (answer, expected) => answer == expected ? 1 : 0);

    /// <summary>
    /// The answer is a JSON object: the share of the expected object's members that it has with an equal value. Texts are equal regardless of case; members that are not expected do not matter.
    /// </summary>
    public static AnswerMetric Members { get; } = new("members", JsonAnswer.FindObject, Same, JsonAnswer.Members) { ComparesJson = true };

    /// <summary>The share of the expected elements, a JSON array of texts, that the text contains somewhere regardless of case.</summary>
    public static AnswerMetric Elements { get; } = new("elements", static text => string.IsNullOrWhiteSpace(text) ? null : text, Same, JsonAnswer.Contained) { ComparesJson = true };

    /// <summary>The answer is a JSON array: 2·|A ∩ B| / (|A| + |B|) of its elements and the expected ones, as sets. Texts are equal regardless of case.</summary>
    public static AnswerMetric SetF1 { get; } = new("set-f1", JsonAnswer.FindArray, Same, JsonAnswer.F1) { ComparesJson = true };

    /// <summary>The names that <see cref="Create"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = ["exact", "numeric", "choice", "members", "elements", "set-f1"];

    /// <summary>Whether expected answers are compared as JSON.</summary>
    internal bool ComparesJson { get; private init; }

    internal override bool ReadsMessages => false;

    /// <summary>
    /// The first number of the answer is the first of the expected one, as ZeroEval compares: <c>$</c> and <c>,</c> are left out, and a calculation with a division is its value.
    /// </summary>
    /// <param name="tolerance">How far they may be apart: 0 or more.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is negative.</exception>
    public static AnswerMetric Numeric(double tolerance = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tolerance);
        return new(
            "numeric",
            AnswerExtractor.Extract,
            Digits,
            (answer, expected) => Value(answer) is { } number && Value(expected) is { } right && Math.Abs(number - right) <= tolerance ? 1 : 0,
            tolerance == 0 ? "" : tolerance.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>The last of the choices that the text names as a whole word is the expected one, whatever else it says, in upper or lower case.</summary>
    /// <param name="choices">All answers that are possible: at least two, such as <c>yes</c> and <c>no</c>.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentException">There are fewer than two choices, or one of them is empty.</exception>
    public static AnswerMetric Choice(IEnumerable<string> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        string[] all = [.. choices.Select(Lower).Distinct().OrderByDescending(static choice => choice.Length).ThenBy(static choice => choice, StringComparer.Ordinal)];
        if (all.Length < 2 || all.Contains(""))
        {
            throw new ArgumentException("The metric choice needs at least two choices, and none of them empty.", nameof(choices));
        }

        var pattern = new Regex($@"(?<!\w)(?:{string.Join('|', all.Select(Regex.Escape))})(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.RightToLeft);
        return new("choice", text => pattern.Match(text) is { Success: true } match ? match.Value : null, Lower, static (answer, expected) => answer == expected ? 1 : 0, SetHash.Of(all));
    }

    /// <summary>The metric of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="expected">The expected answers of the data; the choices of <c>choice</c>.</param>
    /// <param name="tolerance">That of <c>numeric</c>: 0 or more.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentException">There is no metric of this name, or the expected answers do not suit it.</exception>
    public static AnswerMetric Create(string name, IEnumerable<string> expected, double tolerance = 0) => name switch
    {
        "exact" => Exact,
        "numeric" => Numeric(tolerance),
        "choice" => Choice(expected),
        "members" => Members,
        "elements" => Elements,
        "set-f1" => SetF1,
        _ => throw new ArgumentException($"There is no metric '{name}'; there are {string.Join(", ", Names)}.", nameof(name)),
    };

    /// <summary>The answer in what a model wrote, in the form in which answers are compared.</summary>
    /// <param name="text">What the model wrote.</param>
    /// <returns>The answer; null where there is none.</returns>
    public string? Find(string text) => _find(text) is { } answer ? _normalize(answer) : null;

    /// <summary>An answer in the form in which answers are compared: equal for answers that mean the same.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>Its form.</returns>
    public string Normalize(string answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return _normalize(answer);
    }

    /// <summary>How right an answer is.</summary>
    /// <param name="answer">An answer, as <see cref="Find"/> or a contract gives it; null scores 0.</param>
    /// <param name="expected">The expected answer.</param>
    /// <returns>0 to 1.</returns>
    public double Score(string? answer, string expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        return answer is null ? 0 : _score(_normalize(answer), _normalize(expected));
    }

    /// <inheritdoc/>
    public override ValueTask<MetricOutcome> MeasureAsync(MeasuredAnswer answer, CancellationToken cancellationToken = default) => new(Measure(answer));

    /// <summary>As <see cref="MeasureAsync"/>. An item that expects elements is measured by them, whatever the metric is.</summary>
    internal MetricOutcome Measure(MeasuredAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (answer.Item.Expected is null && this != Elements)
        {
            return Elements.Measure(answer);
        }

        return (answer.IsText ? Find(answer.Text) : answer.Text) is { } found
            ? MetricOutcome.Of(Score(found, ComparesJson ? answer.Item.ExpectedJson : answer.Item.ExpectedText))
            : MetricOutcome.NoAnswer;
    }

    private static string Same(string text) => text;

    private static string Lower(string text) => text.Trim().ToLowerInvariant();

    private static string Letters(string text) => text.Trim('"', '\'').Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>The first number of a text, without signs of currencies, commas, and zeros at its end; the text where it holds none.</summary>
    private static string Digits(string text)
    {
        var plain = text.Replace("$", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal).Trim();
        if (Calculate(plain) is { } result)
        {
            return Write(result);
        }

        return FirstNumber().Match(plain) is { Success: true } match ? Value(match.Value) is { } number && Math.Abs(number) < LargestInDigits ? Write(number) : match.Value : text;
    }

    /// <summary>The value of a calculation with a division, such as <c>2/3</c> or <c>(3 * 40 + 30) / 5</c>; null where it is none.</summary>
    private static double? Calculate(string text)
    {
        if (!text.Contains('/', StringComparison.Ordinal) || text.Length > LongestCalculation || !Calculation().IsMatch(text))
        {
            return null;
        }

        try
        {
            using var table = new DataTable { Locale = CultureInfo.InvariantCulture };
            return Convert.ToDouble(table.Compute(text, null), CultureInfo.InvariantCulture) is var value && Math.Abs(value) < LargestInDigits ? value : null;
        }
        catch (Exception exception) when (exception is InvalidExpressionException or ArithmeticException or InvalidCastException)
        {
            return null; // For example (1/2, or 1/0.
        }
    }

    /// <summary>A number without exponent: what is written is read as the same number again.</summary>
    private static string Write(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('E', StringComparison.Ordinal)
            ? decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
            : text;
    }

    private static double? Value(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    [GeneratedRegex(@"-?[0-9]+(\.[0-9]+)?")]
    private static partial Regex FirstNumber();

    [GeneratedRegex("^[-+*/(). 0-9]+$")]
    private static partial Regex Calculation();
}
