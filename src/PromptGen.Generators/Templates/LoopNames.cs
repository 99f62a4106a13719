using System;
using System.Collections.Generic;
using System.Globalization;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Templates;

/// <summary>Names for the variables that loops declare, beside the parameters of the prompt method.</summary>
internal sealed class LoopNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>Names of loops that ended: another loop may take them, but no variable that lives in the scope around.</summary>
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);

    // Where the search for a free number begins, so that the names of n loops take n steps.
    private readonly Dictionary<string, int> _firstFree = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _firstFreeForGood = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Name, int Number)> _numbered = new(StringComparer.Ordinal);

    public LoopNames(EquatableArray<ParameterDeclaration> parameters)
    {
        foreach (var parameter in parameters)
        {
            _taken.Add(parameter.FieldName);
        }
    }

    /// <summary>A name for a variable of one loop, as C# writes it.</summary>
    public string Reserve(string name)
    {
        var number = FirstOf(_firstFree, name);
        var unique = Numbered(name, number);
        while (!_taken.Add(unique))
        {
            unique = Numbered(name, ++number);
        }

        _firstFree[name] = number + 1;
        _numbered[unique] = (name, number);
        return CSharpName.EscapeReserved(unique);
    }

    /// <summary>A name for a variable that a condition declares: it is known in the whole scope around it, so that no other may have it.</summary>
    public string ReserveForGood(string name)
    {
        var number = FirstOf(_firstFreeForGood, name);
        var unique = Numbered(name, number);
        while (_ended.Contains(unique) || !_taken.Add(unique))
        {
            unique = Numbered(name, ++number);
        }

        _firstFreeForGood[name] = number + 1;
        return CSharpName.EscapeReserved(unique);
    }

    /// <summary>Gives the name of a loop that ended back.</summary>
    public void Release(string name)
    {
        var unique = name.TrimStart('@');
        _taken.Remove(unique);
        _ended.Add(unique);
        if (_numbered.TryGetValue(unique, out var reserved))
        {
            _firstFree[reserved.Name] = Math.Min(_firstFree[reserved.Name], reserved.Number);
        }
    }

    private static int FirstOf(Dictionary<string, int> numbers, string name) => numbers.TryGetValue(name, out var number) ? number : 1;

    private static string Numbered(string name, int number) => number == 1 ? name : name + number.ToString(CultureInfo.InvariantCulture);
}
