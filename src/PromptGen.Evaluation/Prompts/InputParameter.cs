using System.Text.Json;

namespace PromptGen.Evaluation;

/// <summary>A parameter of a prompt that an item has an input for, by its name.</summary>
/// <param name="Name">Its name; upper and lower case are the same.</param>
/// <param name="IsRequired">Whether it has no default value.</param>
internal sealed record InputParameter(string Name, bool IsRequired)
{
    /// <summary>What is wrong with the inputs of an item; empty where they can be the arguments.</summary>
    /// <param name="item">The item.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="problemOf">What is wrong with the input of the n-th parameter; null = nothing.</param>
    public static IEnumerable<string> Check(EvaluationItem item, IReadOnlyList<InputParameter> parameters, Func<int, JsonElement, string?> problemOf)
    {
        foreach (var name in item.Inputs.Keys.Where(name => !parameters.Any(parameter => AreEqual(parameter.Name, name))))
        {
            yield return $"has an input '{name}', which is no parameter of the prompt; there are {string.Join(", ", parameters.Select(static parameter => parameter.Name))}";
        }

        for (var i = 0; i < parameters.Count; i++)
        {
            if (Find(item, parameters[i].Name) is not { } input)
            {
                if (parameters[i].IsRequired)
                {
                    yield return $"has no input '{parameters[i].Name}'";
                }
            }
            else if (problemOf(i, input) is { } problem)
            {
                yield return problem;
            }
        }
    }

    /// <summary>The input of an item for a parameter; null = there is none.</summary>
    public static JsonElement? Find(EvaluationItem item, string parameter)
    {
        foreach (var (name, input) in item.Inputs)
        {
            if (AreEqual(parameter, name))
            {
                return input;
            }
        }

        return null;
    }

    /// <summary>The cell of a table as JSON, where it is a number, a bool or JSON.</summary>
    public static string JsonOf(string cell) => cell.Trim() switch
    {
        "True" or "TRUE" => "true",
        "False" or "FALSE" => "false",
        _ => cell,
    };

    /// <summary>Whether two names are the same regardless of case.</summary>
    public static bool AreEqual(string first, string second) => string.Equals(first, second, StringComparison.OrdinalIgnoreCase);
}
