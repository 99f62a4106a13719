using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PromptGen.Generators.Schemas.Files;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Writes how a schema looks into an object: one pass over its members, each of which is named, matched by a pattern, or another one.</summary>
internal sealed class SchemaObjectBody
{
    private readonly SourceWriter _source;
    private readonly SchemaFields _fields;
    private readonly Schema _schema;
    private readonly string? _set;
    private readonly List<string> _names;
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);

    /// <param name="source">Where to write.</param>
    /// <param name="fields">The fields of the class.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="set">The set of members that have been looked at; null where it is not needed.</param>
    public SchemaObjectBody(SourceWriter source, SchemaFields fields, Schema schema, string? set)
    {
        _source = source;
        _fields = fields;
        _schema = schema;
        _set = set;
        _names = [.. schema.Properties.Select(static property => property.Key)
            .Concat(schema.Required)
            .Concat(schema.DependentRequired.SelectMany(static pair => new[] { pair.Key, pair.Value }))
            .Distinct(StringComparer.Ordinal)];
        for (var i = 0; i < _names.Count; i++)
        {
            _indexes.Add(_names[i], i);
        }
    }

    private bool Counts => _set is not null || _schema.MinProperties > 0 || _schema.MaxProperties is not null;

    public void Write()
    {
        for (var i = 0; i < _names.Count; i += 64)
        {
            _source.Line($"var {LocalNames.Seen(i)} = 0UL;");
        }

        if (Counts)
        {
            _source.Line("var count = 0;");
        }

        _source.Line().Open("while (reader.NextMember())");
        WriteName();
        WriteMember();
        if (Counts)
        {
            _source.Line("count++;");
        }

        _source.Close();
        if (_schema.Required.Count > 0 || _schema.DependentRequired.Count > 0 || _schema.MinProperties > 0 || _schema.MaxProperties is not null)
        {
            _source.Line();
        }

        WriteRequired();
        if (_schema.MinProperties > 0 || _schema.MaxProperties is not null)
        {
            _source.Line($"reader.CheckCount(count, {Literal.Int(_schema.MinProperties)}, {(_schema.MaxProperties is { } most ? Literal.Int(most) : "int.MaxValue")}, expected);");
        }
    }

    private void WriteName()
    {
        if (_schema.PropertyNames is not { IsAny: false } names)
        {
            return;
        }

        _source.Line("var name = reader.Mark();").Line("reader.TryName(in name);").Line(SchemaBody.Call(names, _fields));
        _source.Open("if (!reader.Held(in name))").Line($"reader.BadName({Literal.String(SchemaWords.Of(names))});").Close();
    }

    private void WriteMember()
    {
        var before = "";
        foreach (var property in _schema.Properties)
        {
            _source.Open($"{before}if ({Is(property.Key)})");
            WriteNamed(property.Key, property.Value);
            _source.Close();
            before = "else ";
        }

        if (before.Length > 0)
        {
            _source.Open("else");
        }

        var others = _names.Skip(_schema.Properties.Count).ToList();
        if (others.Count > 0)
        {
            _source.Line($"_ = {string.Join(" || ", others.Select(Is))};");
        }

        WriteMatched();
        if (before.Length > 0)
        {
            _source.Close();
        }
    }

    private string Is(string name)
    {
        var index = _indexes[name];
        return $"reader.Is({SchemaBody.Utf8(name)}, ref {LocalNames.Seen(index)}, {index % 64})";
    }

    private void WriteNamed(string name, Schema property)
    {
        var patterns = _schema.PatternProperties
            .Select(pattern => (Pattern: pattern, IsFound: _fields.Matches(pattern.Key, name)))
            .Where(static match => match.IsFound != false)
            .ToList();
        if (patterns.Count > 0)
        {
            _source.Line("var member = reader.Mark();");
        }

        _source.Line(SchemaBody.Call(property, _fields));
        foreach (var (pattern, isFound) in patterns)
        {
            _source.Line("reader.Rewind(in member);");
            if (isFound is null)
            {
                // Decided when an answer is read; a time-out there is a violation.
                _source.Open($"if (reader.NameMatches({_fields.NameOf(pattern.Key)}))").Line(SchemaBody.Call(pattern.Value, _fields)).Close();
                _source.Open("else").Line("reader.Pass();").Close();
            }
            else
            {
                _source.Line(SchemaBody.Call(pattern.Value, _fields));
            }
        }

        WriteEvaluated();
    }

    private void WriteMatched()
    {
        var patterns = _schema.PatternProperties;
        if (patterns.Count == 0)
        {
            WriteOther();
        }
        else if (patterns.Count == 1)
        {
            _source.Open($"if (reader.NameMatches({_fields.NameOf(patterns[0].Key)}))").Line(SchemaBody.Call(patterns[0].Value, _fields));
            WriteEvaluated();
            _source.Close().Open("else");
            WriteOther();
            _source.Close();
        }
        else
        {
            WriteMatchedBySeveral();
        }
    }

    private void WriteMatchedBySeveral()
    {
        var patterns = _schema.PatternProperties;
        _source.Line("var member = reader.Mark();").Line("var isKnown = false;");
        foreach (var pattern in patterns)
        {
            _source.Open($"if (reader.NameMatches({_fields.NameOf(pattern.Key)}))").Line(SchemaBody.Call(pattern.Value, _fields));
            _source.Line("reader.Rewind(in member);").Line("isKnown = true;").Close();
        }

        _source.Open("if (isKnown)").Line("reader.Pass();");
        WriteEvaluated();
        _source.Close().Open("else");
        WriteOther();
        _source.Close();
    }

    /// <summary>Writes the check of a member that matches no declared name and no pattern.</summary>
    private void WriteOther()
    {
        if (_schema.AdditionalProperties is { } additional)
        {
            _source.Line(additional.IsNever ? Unknown() : SchemaBody.Call(additional, _fields));
            WriteEvaluated();
        }
        else if (_schema.UnevaluatedProperties is { } unevaluated)
        {
            _source.Open($"if ({_set}.Contains(count))").Line("reader.Pass();").Close().Open("else");
            _source.Line(unevaluated.IsNever ? Unknown() : SchemaBody.Call(unevaluated, _fields));
            WriteEvaluated();
            _source.Close();
        }
        else
        {
            _source.Line("reader.Pass();");
        }
    }

    private string Unknown() => $"reader.Unknown({Literal.String(SchemaWords.Members(_schema))});";

    private void WriteEvaluated()
    {
        if (_set is not null)
        {
            _source.Line($"{_set}.Add(count);");
        }
    }

    private void WriteRequired()
    {
        var properties = new Dictionary<string, Schema>(StringComparer.Ordinal);
        foreach (var property in _schema.Properties)
        {
            properties[property.Key] = property.Value;
        }

        foreach (var word in _schema.Required.GroupBy(name => _indexes[name] / 64))
        {
            var seen = LocalNames.Seen(word.Key * 64);
            var bits = Bits(word.Aggregate(0UL, (mask, name) => mask | (1UL << (_indexes[name] % 64))));
            _source.Open($"if (({seen} & {bits}) != {bits})");
            foreach (var name in word)
            {
                var expected = properties.TryGetValue(name, out var property) ? SchemaWords.Of(property) : "a member of this name";
                _source.Line($"reader.Require({seen}, {Literal.Int(_indexes[name] % 64)}, {Literal.String(name)}, {Literal.String(expected)});");
            }

            _source.Close();
        }

        foreach (var pair in _schema.DependentRequired)
        {
            var index = _indexes[pair.Value];
            _source.Open($"if ({Seen(pair.Key)})");
            _source.Line($"reader.Require({LocalNames.Seen(index)}, {Literal.Int(index % 64)}, {Literal.String(pair.Value)}, {Literal.String($"a member of this name, since there is \"{pair.Key}\"")});").Close();
        }
    }

    private string Seen(string name)
    {
        var index = _indexes[name];
        return $"({LocalNames.Seen(index)} & {Bits(1UL << (index % 64))}) != 0";
    }

    private static string Bits(ulong mask) => $"0x{mask.ToString("X", CultureInfo.InvariantCulture)}UL";
}
