using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Declarations;
using PromptGen.Generators.Schemas;

namespace PromptGen.Generators.Emission;

/// <summary>Writes the methods that read objects, arrays and dictionaries.</summary>
internal sealed class ReadingWriter(ContractModel contract, SourceWriter source, PatternFields patterns)
{
    private const string Reader = "ref global::PromptGen.Contracts.ContractReader reader";

    private readonly HashSet<string> _methods = [.. contract.Objects.Select(type => "Read" + type.Name), .. contract.Enums.Select(type => "Read" + type.Name)];

    public void WriteRoot()
    {
        var collections = new List<(string Method, ValueModel Value)>();
        var expected = Literal.String(Expectation.Of(contract.Root, contract));
        source.Line($"public override {contract.TypeName} ReadValue({Reader}) =>").Indent();
        source.Line($"{OrNull(contract.Root, Reading(contract.Root, expected, "Root", collections), "null")};").Unindent();
        WriteCollections(collections);
    }

    public void WriteObject(ObjectModel type)
    {
        var names = new LocalNames(type.Members);
        var collections = new List<(string Method, ValueModel Value)>();
        source.Line().Open($"private static {type.TypeName} Read{type.Name}({Reader}, string expected)");
        for (var i = 0; i < type.Members.Count; i++)
        {
            source.Line($"const string {names.Expected(i)} = {Literal.String(Expectation.Of(type.Members[i].Value, contract))};");
        }

        source.Line();
        for (var i = 0; i < type.Members.Count; i++)
        {
            var member = type.Members[i];
            source.Line($"{member.Value.AnnotatedTypeName} {names.Value(i)} = {member.Default ?? (member.Value.IsNullable || member.Value.IsValueType ? "default" : "default!")};");
        }

        for (var word = 0; word <= (type.Members.Count - 1) / 64; word++)
        {
            source.Line($"var {LocalNames.Seen(word * 64)} = 0UL;");
        }

        source.Line().Open("if (!reader.StartObject(expected))");
        source.Line("return default!;").Close().Line();
        WriteMembers(type, names, collections);
        WriteRequired(type, names);
        source.Line($"return reader.HasFailed ? default! : {Construction(type, names)};");
        source.Close();
        WriteCollections(collections);
    }

    private void WriteMembers(ObjectModel type, LocalNames names, List<(string Method, ValueModel Value)> collections)
    {
        source.Open("while (reader.NextMember())");
        for (var i = 0; i < type.Members.Count; i++)
        {
            var member = type.Members[i];
            var reading = OrNull(
                member.Value,
                Reading(member.Value, names.Expected(i), type.Name + member.Name, collections),
                member.IsRequired ? "null" : names.Value(i),
                !member.IsRequired);
            source.Open($"{(i == 0 ? "" : "else ")}if (reader.Is({Literal.String(member.JsonName)}u8, ref {LocalNames.Seen(i)}, {Literal.Int(i % 64)}))");
            source.Line($"{names.Value(i)} = {reading};").Close();
        }

        source.Open("else");
        source.Line($"reader.Unknown({Literal.String(Expectation.Members(type))});").Close();
        source.Close().Line();
    }

    private void WriteRequired(ObjectModel type, LocalNames names)
    {
        for (var first = 0; first < type.Members.Count; first += 64)
        {
            var mask = 0UL;
            for (var i = first; i < type.Members.Count && i < first + 64; i++)
            {
                mask |= type.Members[i].IsRequired ? 1UL << (i - first) : 0;
            }

            if (mask == 0)
            {
                continue;
            }

            var seen = LocalNames.Seen(first);
            var bits = $"0x{mask.ToString("X", System.Globalization.CultureInfo.InvariantCulture)}UL";
            source.Open($"if (({seen} & {bits}) != {bits})");
            for (var i = first; i < type.Members.Count && i < first + 64; i++)
            {
                if (type.Members[i].IsRequired)
                {
                    source.Line($"reader.Require({seen}, {Literal.Int(i % 64)}, {Literal.String(type.Members[i].JsonName)}, {names.Expected(i)});");
                }
            }

            source.Close().Line();
        }
    }

    private static string Construction(ObjectModel type, LocalNames names)
    {
        var indices = Enumerable.Range(0, type.Members.Count).ToList();
        var arguments = string.Join(", ", indices.Where(i => type.Members[i].IsParameter).Select(names.Value));
        var settings = string.Join(", ", indices
            .Where(i => type.Members[i].IsInitialized)
            .Select(i => $"{TypeNames.Escape(type.Members[i].Name)} = {names.Value(i)}"));
        return $"new {type.TypeName}({arguments})" + (settings.Length == 0 ? "" : $" {{ {settings} }}");
    }

    private void WriteCollections(List<(string Method, ValueModel Value)> collections)
    {
        for (var i = 0; i < collections.Count; i++)
        {
            var (method, value) = collections[i];
            source.Line().Open($"private static {value.TypeName} {method}({Reader}, string expected)");
            source.Line($"const string itemIs = {Literal.String(Expectation.Of(value.Item, contract))};").Line();
            var item = OrNull(value.Item, Reading(value.Item, "itemIs", method.Substring("Read".Length) + "Item", collections), "null");
            if (value.Kind == ValueKind.Map)
            {
                WriteMap(value, item);
            }
            else
            {
                WriteArray(value, item);
            }

            source.Close();
        }
    }

    private void WriteArray(ValueModel value, string item)
    {
        source.Line($"var items = new global::PromptGen.Contracts.ContractItems<{value.Item.AnnotatedTypeName}>();");
        source.Open("if (reader.StartArray(expected))");
        source.Open("while (reader.NextItem())");
        source.Line($"items.Add({item});").Close();
        WriteCount(value);
        source.Close().Line();
        source.Line($"return items.{value.Collection}();");
    }

    private void WriteMap(ValueModel value, string item)
    {
        source.Line($"var items = new global::System.Collections.Generic.Dictionary<string, {value.Item.AnnotatedTypeName}>(global::System.StringComparer.Ordinal);");
        source.Open("if (reader.StartObject(expected))");
        source.Open("while (reader.NextMember())");
        source.Line("var name = reader.MemberName();");
        source.Open("if (items.ContainsKey(name))");
        source.Line("reader.Duplicate();").Close().Line();
        source.Line($"items[name] = {item};").Close();
        WriteCount(value);
        source.Close().Line();
        source.Line("return items;");
    }

    private void WriteCount(ValueModel value)
    {
        if (value.Constraints.HasLength)
        {
            var most = value.Constraints.MaxLength is { } limit ? Literal.Int(limit) : "int.MaxValue";
            source.Line().Line($"reader.CheckCount(items.Count, {Literal.Int(value.Constraints.MinLength)}, {most}, expected);");
        }
    }

    /// <summary>Null where null may stand: as such, or for an optional member as if it were absent.</summary>
    private static string OrNull(ValueModel value, string reading, string ifNull, bool isOptional = false) =>
        value.IsNullable || isOptional ? $"reader.IsNull() ? {ifNull} : {reading}" : reading;

    private string Reading(ValueModel value, string expected, string path, List<(string Method, ValueModel Value)> collections)
    {
        switch (value.Kind)
        {
            case ValueKind.Object:
                return $"Read{contract.Objects[value.Reference].Name}(ref reader, {expected})";
            case ValueKind.Enum:
                return $"Read{contract.Enums[value.Reference].Name}(ref reader, {expected})";
            case ValueKind.Array or ValueKind.Map:
                var method = "Read" + path;
                while (!_methods.Add(method))
                {
                    method += "_";
                }

                collections.Add((method, value));
                return $"{method}(ref reader, {expected})";
            default:
                return $"reader.{value.Kind}({expected}{Arguments(value)})";
        }
    }

    private string Arguments(ValueModel value)
    {
        var constraints = value.Constraints;
        var suffix = value.Kind switch
        {
            ValueKind.Single or ValueKind.Double => "d",
            ValueKind.Decimal => "m",
            ValueKind.Int64 => "L",
            ValueKind.UInt64 => "UL",
            ValueKind.UInt32 => "U",
            _ => "",
        };
        return Argument("minimum", constraints.Minimum, suffix)
            + Argument("maximum", constraints.Maximum, suffix)
            + (constraints.AboveMinimum ? ", aboveMinimum: true" : "")
            + (constraints.BelowMaximum ? ", belowMaximum: true" : "")
            + (value.Kind != ValueKind.String ? "" : Argument("minLength", constraints.MinLength > 0 ? Literal.Int(constraints.MinLength) : null, "")
                + Argument("maxLength", constraints.MaxLength is { } most ? Literal.Int(most) : null, "")
                + Argument("pattern", constraints.Pattern is { } pattern ? patterns.NameOf(pattern) : null, "")
                + Argument("format", constraints.Format is { } format ? "global::PromptGen.Contracts.TextFormat." + format : null, ""));
    }

    private static string Argument(string name, string? value, string suffix) => value is null ? "" : $", {name}: {value}{suffix}";
}
