using System.Reflection;
using System.Text.Json;

namespace PromptGen.Evaluation;

/// <summary>Makes the arguments of a judge from an item and an answer.</summary>
internal sealed class JudgeQuestion
{
    private const string Candidates = "candidates";
    private const string Expected = "expected";

    private readonly string[] _names;
    private readonly string? _answer;
    private readonly Type? _candidates;

    /// <param name="arguments">The judge's parameters.</param>
    public JudgeQuestion(ArgumentBinder arguments)
    {
        ParameterInfo[] inputs = [.. arguments.Inputs.Select(static input => input.Parameter)];
        _names = [.. inputs.Select(static input => input.Name!)];
        _answer = _names.FirstOrDefault(static name => InputParameter.AreEqual(name, "answer")) ?? _names.FirstOrDefault(static name => !InputParameter.AreEqual(name, Expected));
        _candidates = inputs.FirstOrDefault(static input => InputParameter.AreEqual(input.Name!, Candidates))?.ParameterType;
    }

    /// <summary>Whether the judge compares answers: it has a parameter <c>candidates</c>.</summary>
    public bool Compares => _candidates is not null;

    /// <summary>Whether a parameter takes the answer.</summary>
    public bool TakesAnswer => Compares || _answer is not null;

    /// <summary>An item whose inputs are the judge's arguments: a parameter <c>candidates</c> gets both answers; else <c>answer</c>, or the first one, gets the answer and <c>expected</c> the expected value; all others are inputs of the item.</summary>
    /// <param name="item">What was asked.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="isReversed">Whether the expected answer comes first among the candidates.</param>
    public EvaluationItem Of(EvaluationItem item, JsonElement answer, bool isReversed = false)
    {
        var arguments = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var name in _names)
        {
            var argument = Compares && InputParameter.AreEqual(name, Candidates) ? Both(item, answer, isReversed)
                : !Compares && name == _answer ? answer
                : InputParameter.AreEqual(name, Expected) && item.Expected is { } expected ? expected
                : InputParameter.Find(item, name);
            if (argument is { } value)
            {
                arguments[name] = value;
            }
        }

        return new(item.Id, arguments, item.Expected, item.Elements) { IsText = true, Place = item.Place };
    }

    /// <summary>The answer of a measurement as JSON.</summary>
    public static JsonElement JsonOf(MeasuredAnswer answer) => answer.Value is { } value
        ? JsonSerializer.SerializeToElement(value, value.GetType(), EvaluationJson.Options)
        : JsonSerializer.SerializeToElement(answer.Text);

    private JsonElement? Both(EvaluationItem item, JsonElement answer, bool isReversed)
    {
        if (item.Expected is not { } expected)
        {
            return null;
        }

        JsonElement[] candidates = isReversed ? [expected, answer] : [answer, expected];
        return JsonSerializer.SerializeToElement(_candidates!.IsAssignableFrom(typeof(string[])) ? [.. candidates.Select(static one => JsonSerializer.SerializeToElement(EvaluationJson.TextOf(one)))] : candidates);
    }
}
