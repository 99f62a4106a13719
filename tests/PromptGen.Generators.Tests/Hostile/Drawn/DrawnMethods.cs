namespace PromptGen.Generators.Tests.Hostile.Drawn;

/// <summary>A parameter of a prompt.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Name">Its name.</param>
internal sealed record DrawnParameter(string Type, string Name)
{
    /// <summary>Whether it is data, so that a template can name it.</summary>
    public bool IsData => Type is not ("CancellationToken" or "PromptOptions?");
}

/// <summary>Draws the methods that the clauses of a prompt name: most fit, and others fit only at the first glance.</summary>
/// <param name="dice">Draws.</param>
/// <param name="own">Gets methods of the class.</param>
/// <param name="inherited">Gets methods of its base class; null where that is none of the program's own.</param>
internal sealed class DrawnMethods(Dice dice, List<string> own, List<string>? inherited)
{
    private static readonly string[] s_others = ["", "", "", "int other = 1", "string? other = null", "CancellationToken stop", "CancellationToken stop = default", "PromptOptions? options", "params int[] others", "object? other = null", "string other"];

    /// <summary>A method that judges a value of the type.</summary>
    public string Check(string answer, DrawnParameter[] parameters) =>
        Declare(dice.Wrong(3) ? dice.Pick("int", "double?", "decimal", "void", "Task", "bool?", "object", "dynamic", "Task<string?>?") : dice.Pick("bool", "bool", "string?", "string", "Task<bool>", "ValueTask<string?>", "Task<string>"), dice.Pick("value", "answer", "a"), answer, parameters);

    /// <summary>A method that gives the substitute for an answer.</summary>
    public string Substitute(string result, DrawnParameter[] parameters)
    {
        var name = dice.Name("Substitute");
        var list = string.Join(", ", parameters.Where(static parameter => parameter.IsData).Select(parameter => $"{Modifier()}{Near(parameter.Type)} {parameter.Name}"));
        return Add(name, $"{dice.Pick("", "static ")}{dice.Mostly(2, dice.Pick(result, $"Task<{result}>", $"ValueTask<{result}>"), $"Task<PromptResult<{result}>>", "object", $"IAsyncEnumerable<{result}>")} {name}({list}{dice.Maybe(4, (list.Length == 0 ? "" : ", ") + "CancellationToken stop")}) => throw null!;");
    }

    /// <summary>A method that says whether a rule holds, or which value a call is routed by.</summary>
    public string Source(string type, DrawnParameter[] parameters) => Declare(dice.Mostly(2, type, $"Task<{type}>", "object", $"PromptResult<{type}>"), null, "", parameters);

    private string Declare(string result, string? valueName, string valueType, DrawnParameter[] parameters)
    {
        var name = dice.Name("Method");
        var list = new List<string>();
        if (valueName is not null)
        {
            list.Add($"{Modifier()}{Near(valueType)} {valueName}");
        }

        list.AddRange(dice.Some(2, parameters).Where(parameter => parameter.Name != valueName).Select(parameter => $"{Modifier()}{Near(parameter.Type)} {parameter.Name}"));
        if (dice.Wrong(8))
        {
            list.Reverse();
        }

        if ((dice.Wrong(2) ? dice.Pick(s_others) : dice.Pick("", "", "int other = 1", "CancellationToken stop", "object? other = null", "params int[] others")) is { Length: > 0 } other && !list.Exists(item => item.EndsWith(" " + other.Split(' ')[1], StringComparison.Ordinal)))
        {
            list.Add(other);
        }

        var method = $"{dice.Pick("", "", "static ")}{result} {name}{(dice.Wrong(6) ? "<T>" : "")}({string.Join(", ", list)}) {{ throw null!; }}";
        if (dice.Once(6))
        {
            // Another method or member of the name.
            own.Add(dice.Pick($"private bool {name}(object? one) => true;", $"internal static string? {name}(string one, string two) => null;", $"private int {name}() => 1;", $"private bool {name}<T>(T one) => true;", $"private long {name}(dynamic one) => 1;"));
        }

        return Add(name, method);
    }

    private string Add(string name, string method)
    {
        if (inherited is not null && dice.Once(3))
        {
            inherited.Add($"{(dice.Wrong(2) ? "private" : dice.Pick("private protected", "protected", "internal", "public", "protected internal"))} {method}");
            if (dice.Wrong(3))
            {
                own.Add(dice.Pick($"private bool {name} => true;", $"private sealed class {name};", $"private new bool {name}(int one) => true;", $"private Func<object?, bool> {name} = static _ => true;"));
            }
        }
        else
        {
            own.Add($"{dice.Pick("private", "private", "public", "internal", "protected")} {method}");
        }

        return name;
    }

    private string Modifier() => dice.Wrong(8) ? dice.Pick("in ", "ref ", "ref readonly ") : "";

    /// <summary>The type, or one that a value of it may or may not convert to.</summary>
    private string Near(string type) => dice.Number(0, dice.Wrong(2) ? 8 : 20) switch
    {
        0 => "object",
        1 => "object?",
        2 => type.TrimEnd('?') + "?",
        3 when dice.Wrong(1) => "dynamic",
        4 when dice.Wrong(1) => dice.Pick("IEnumerable<object>", "IFormattable", "IEquatable<string>", "long", "double", "IEnumerable<char>", "ReadOnlySpan<char>"),
        _ => type,
    };
}
