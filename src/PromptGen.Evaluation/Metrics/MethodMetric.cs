using System.Reflection;
using System.Text.Json;

namespace PromptGen.Evaluation;

/// <summary>A method says how right an answer is. It may call prompts, which are part of the run.</summary>
public sealed class MethodMetric : QualityMetric
{
    private readonly Type _answer;
    private readonly Type _expected;
    private readonly Func<object?, object?, EvaluationItem, CancellationToken, ValueTask<MetricOutcome>> _measure;

    /// <param name="name">The name.</param>
    /// <param name="method">The method: scores that are kept count as long as its assembly has not changed.</param>
    /// <param name="answer">The type of the answer.</param>
    /// <param name="expected">The type of the expected value; that of nothing is <see cref="void"/>.</param>
    /// <param name="measure">Calls the method.</param>
    internal MethodMetric(string name, MethodInfo method, Type answer, Type expected, Func<object?, object?, EvaluationItem, CancellationToken, ValueTask<MetricOutcome>> measure)
        : base(name, VersionOf(method.Module)) =>
        (_answer, _expected, _measure) = (answer, expected, measure);

    /// <summary>A method that gives a score.</summary>
    /// <typeparam name="TAnswer">The answer: the type that the prompt returns, or <see cref="string"/> for its text. Recorded answers are read from their JSON.</typeparam>
    /// <typeparam name="TExpected">The expected value: a type that it can be read as, <see cref="JsonElement"/>, or <see cref="string"/> for its text.</typeparam>
    /// <param name="name">The name in reports. Scores are kept by it and by the version of the method's assembly.</param>
    /// <param name="score">The method: 0 to 1. Any other number, and an exception, is a broken measurement.</param>
    /// <returns>The metric.</returns>
    public static MethodMetric Of<TAnswer, TExpected>(string name, Func<TAnswer, TExpected, EvaluationItem, double> score)
    {
        ArgumentNullException.ThrowIfNull(score);
        return new(name, score.Method, typeof(TAnswer), typeof(TExpected), (answer, expected, item, _) => new(MetricOutcome.Of(score((TAnswer)answer!, (TExpected)expected!, item))));
    }

    /// <summary>As <see cref="Of{TAnswer, TExpected}(string, Func{TAnswer, TExpected, EvaluationItem, double})"/>, for a method that takes time, or that cannot always give a score.</summary>
    /// <typeparam name="TAnswer">The answer.</typeparam>
    /// <typeparam name="TExpected">The expected value.</typeparam>
    /// <param name="name">The name in reports.</param>
    /// <param name="measure">The method.</param>
    /// <returns>The metric.</returns>
    public static MethodMetric Of<TAnswer, TExpected>(string name, Func<TAnswer, TExpected, EvaluationItem, CancellationToken, ValueTask<MetricOutcome>> measure)
    {
        ArgumentNullException.ThrowIfNull(measure);
        return new(name, measure.Method, typeof(TAnswer), typeof(TExpected), (answer, expected, item, token) => measure((TAnswer)answer!, (TExpected)expected!, item, token));
    }

    internal override bool ReadsMessages => false;

    /// <inheritdoc/>
    public override IEnumerable<string> Check(EvaluationItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return _expected == typeof(void) ? []
            : item.Expected is null ? [$"needs 'expected' for the metric {Name}"]
            : TryReadExpected(item, out _) ? []
            : [$"expects what is no {_expected.Name} for the metric {Name}"];
    }

    /// <inheritdoc/>
    public override async ValueTask<MetricOutcome> MeasureAsync(MeasuredAnswer answer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(answer);
        object? expected = null;
        if (!TryReadAnswer(answer, out var value))
        {
            return MetricOutcome.NoAnswer;
        }

        if (_expected != typeof(void) && !TryReadExpected(answer.Item, out expected))
        {
            return MetricOutcome.Broken($"The expected value is no {_expected.Name}.");
        }

        try
        {
            return await _measure(value, expected, answer.Item, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!MetricFailure.EndsRun(exception, cancellationToken))
        {
            return MetricFailure.Of(Name, exception);
        }
    }

    private bool TryReadAnswer(MeasuredAnswer answer, out object? value)
    {
        value = answer.Value;
        if (_answer == typeof(string))
        {
            value = answer.Text;
            return true;
        }

        if (_answer.IsInstanceOfType(value))
        {
            return true;
        }

        foreach (var json in answer.Value is { } given ? [JsonSerializer.Serialize(given, given.GetType(), EvaluationJson.Options)] : JsonIn(answer.Text))
        {
            if (TryRead(json, _answer, out value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What may be the answer in what a model wrote: an object, an array, or a value as JSON or as a text.</summary>
    private static IEnumerable<string?> JsonIn(string text)
    {
        yield return JsonAnswer.FindObject(text);
        yield return JsonAnswer.FindArray(text);
        if (AnswerExtractor.Extract(text) is { } value)
        {
            yield return value;
            yield return JsonSerializer.Serialize(value);
        }
    }

    private bool TryReadExpected(EvaluationItem item, out object? value)
    {
        value = item.ExpectedText;
        return _expected == typeof(string) || TryRead(item.Expected?.GetRawText(), _expected, out value);
    }

    private static bool TryRead(string? json, Type type, out object? value)
    {
        value = null;
        if (json is null)
        {
            return false;
        }

        try
        {
            value = JsonSerializer.Deserialize(json, type, EvaluationJson.Options);
            return value is not null || !type.IsValueType;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException)
        {
            return false;
        }
    }
}
