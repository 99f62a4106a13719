using System.Reflection;
using System.Text.Json;

namespace PromptGen.Evaluation;

/// <summary>Makes the arguments of a prompt from the inputs of an item, and says what is wrong with them.</summary>
internal sealed class ArgumentBinder
{
    private readonly ParameterInfo[] _parameters;
    private readonly ParameterInfo[] _inputs;
    private readonly InputParameter[] _named;
    private readonly HashSet<ParameterInfo> _nullable;

    public ArgumentBinder(MethodInfo method)
    {
        _parameters = method.GetParameters();
        _inputs = [.. _parameters.Where(static parameter => parameter.ParameterType != typeof(CancellationToken) && parameter.ParameterType != typeof(PromptOptions))];
        _named = [.. _inputs.Select(static parameter => new InputParameter(parameter.Name!, !parameter.HasDefaultValue))];
        var nullability = new NullabilityInfoContext();
        _nullable = [.. _inputs.Where(parameter => Nullable.GetUnderlyingType(parameter.ParameterType) is not null
            || (!parameter.ParameterType.IsValueType && nullability.Create(parameter).WriteState != NullabilityState.NotNull))];
    }

    /// <summary>Whether a call may have options.</summary>
    public bool HasOptions => _parameters.Any(static parameter => parameter.ParameterType == typeof(PromptOptions));

    /// <summary>The parameters that an item has inputs for, and whether each may be null.</summary>
    public IEnumerable<(ParameterInfo Parameter, bool IsNullable)> Inputs => _inputs.Select(parameter => (parameter, _nullable.Contains(parameter)));

    /// <summary>What is wrong with the inputs of an item; empty where they can be the arguments.</summary>
    public IEnumerable<string> Check(EvaluationItem item) => InputParameter.Check(item, _named, (i, input) => Read(item, _inputs[i], input, out _));

    /// <summary>The arguments of a call.</summary>
    /// <exception cref="RecordedDataException">The inputs do not suit; <see cref="Check"/> says so before.</exception>
    public object?[] Bind(EvaluationItem item, PromptOptions options, CancellationToken cancellationToken) => [.. _parameters.Select(parameter =>
    {
        if (parameter.ParameterType == typeof(CancellationToken))
        {
            return cancellationToken;
        }

        if (parameter.ParameterType == typeof(PromptOptions))
        {
            return options;
        }

        if (InputParameter.Find(item, parameter.Name!) is not { } input)
        {
            return parameter.HasDefaultValue ? parameter.DefaultValue : throw new RecordedDataException($"{item.Place} has no input '{parameter.Name}'.");
        }

        return Read(item, parameter, input, out var argument) is { } problem ? throw new RecordedDataException($"{item.Place} {problem}.") : argument;
    })];

    private string? Read(EvaluationItem item, ParameterInfo parameter, JsonElement input, out object? argument)
    {
        argument = null;
        if (input.ValueKind == JsonValueKind.Null)
        {
            return _nullable.Contains(parameter) ? null : $"has null for the input '{parameter.Name}'";
        }

        if (item.IsText && parameter.ParameterType == typeof(string))
        {
            argument = EvaluationJson.TextOf(input);
            return null;
        }

        try
        {
            argument = input.Deserialize(parameter.ParameterType, EvaluationJson.Options);
            return null;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException)
        {
            return item.IsText && input.ValueKind == JsonValueKind.String && TryParse(input.GetString()!, parameter.ParameterType, out argument)
                ? null
                : $"has an input '{parameter.Name}' that is no {parameter.ParameterType.Name}{(exception is JsonException { Path: { Length: > 1 } path } ? $" ({path})" : "")}";
        }
    }

    /// <summary>A cell of a table may be a number, a bool or JSON.</summary>
    private static bool TryParse(string text, Type type, out object? argument)
    {
        try
        {
            argument = JsonSerializer.Deserialize(InputParameter.JsonOf(text), type, EvaluationJson.Options);
            return argument is not null;
        }
        catch (JsonException)
        {
            argument = null;
            return false;
        }
    }
}
