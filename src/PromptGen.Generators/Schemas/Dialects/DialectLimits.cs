using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Schemas.Json;

namespace PromptGen.Generators.Schemas.Dialects;

/// <summary>Counts what a dialect limits over the whole schema.</summary>
internal sealed class DialectLimits(DialectRules rules, List<DialectProblem> problems)
{
    /// <summary>An enum of more values is limited to fewer characters.</summary>
    private const int LargeEnum = 250;

    private int _members;
    private int _optional;
    private int _unions;
    private int _characters;
    private int _enumValues;

    public void AddMember(string name, bool isRequired)
    {
        _members++;
        _optional += isRequired ? 0 : 1;
        AddText(name);
    }

    public void AddText(string text) => _characters += text.Length;

    public void AddUnion(JsonNode schema) =>
        _unions += schema["type"] is { Kind: JsonKind.Array, Items.Count: > 1 } || schema["anyOf"] is { Items.Count: > 1 } ? 1 : 0;

    public void AddValues(IReadOnlyList<JsonNode> values, bool isEnum, string pointer)
    {
        var characters = values.Sum(static value => value.Kind == JsonKind.String ? value.Text.Length : 0);
        _characters += characters;
        _enumValues += isEnum ? values.Count : 0;
        if (isEnum && values.Count > LargeEnum)
        {
            Check(characters, rules.MaxLargeEnumCharacters, $"characters in an enum of more than {LargeEnum} values", pointer);
        }
    }

    public void Check()
    {
        Check(_members, rules.MaxProperties, "members");
        Check(_optional, rules.MaxOptional, "optional members");
        Check(_unions, rules.MaxUnions, "members that may be null or of several types");
        Check(_characters, rules.MaxCharacters, "characters of names and enum values");
        Check(_enumValues, rules.MaxEnumValues, "enum values");
    }

    private void Check(int count, int most, string what, string pointer = "")
    {
        if (count > most)
        {
            problems.Add(new DialectProblem(pointer, $"it has {count} {what}, and {most} are allowed"));
        }
    }
}
