using System.Reflection;
using System.Text.Json;

namespace PromptGen.Evaluation;

/// <summary>Makes the arguments of a prompt from the inputs of an item, and says what is wrong with them.</summary>
internal sealed class ArgumentBinder
{
    private readonly ParameterInfo[] _parameters;
    private readonly ParameterInfo[] _inputs;
    private readonly HashSet<ParameterInfo> _nullable;

    public ArgumentBinder(MethodInfo method)
    {
        _parameters = method.GetParameters();
        _inputs = [.. _parameters.Where(static parameter => parameter.ParameterType != typeof(CancellationToken) && parameter.ParameterType != typeof(PromptOptions))];
        var nullability = new NullabilityInfoContext();
        _nullable = [.. _inputs.Where(parameter => Nullable.GetUnderlyingType(parameter.ParameterType) is not null
            || (!parameter.ParameterType.IsValueType && nullability.Create(parameter).WriteState != NullabilityState.NotNull))];
    }

    /// <summary>Whether a call may have options.</summary>
    public bool HasOptions => _parameters.Any(static parameter => parameter.ParameterType == typeof(PromptOptions));

    /// <summary>The types of the inputs by name, in the order of the parameters.</summary>
    public IReadOnlyList<(string Name, Type Type)> Inputs => [.. _inputs.Select(static parameter => (parameter.Name!, parameter.ParameterType))];

    /// <summary>What is wrong with the inputs of an item; empty where they can be the arguments.</summary>
    public IEnumerable<string> Check(EvaluationItem item)
    {
        foreach (var name in item.Inputs.Keys.Where(name => !_inputs.Any(parameter => IsNamed(parameter, name))))
        {
            yield return $"has an input '{name}', which is no parameter of the prompt; there are {string.Join(", ", _inputs.Select(static parameter => parameter.Name))}";
        }

        foreach (var parameter in _inputs)
        {
            if (Find(item, parameter) is not { } input)
            {
                if (!parameter.HasDefaultValue)
                {
                    yield return $"has no input '{parameter.Name}'";
                }
            }
            else if (Read(item, parameter, input, out _) is { } problem)
            {
                yield return problem;
            }
        }
    }

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

        if (Find(item, parameter) is not { } input)
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
            argument = JsonSerializer.Deserialize(text.Trim() is "True" or "TRUE" ? "true" : text.Trim() is "False" or "FALSE" ? "false" : text, type, EvaluationJson.Options);
            return argument is not null;
        }
        catch (JsonException)
        {
            argument = null;
            return false;
        }
    }

    private static JsonElement? Find(EvaluationItem item, ParameterInfo parameter)
    {
        foreach (var (name, input) in item.Inputs)
        {
            if (IsNamed(parameter, name))
            {
                return input;
            }
        }

        return null;
    }

    private static bool IsNamed(ParameterInfo parameter, string name) => string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase);
}
