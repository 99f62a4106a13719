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
        WriteNull(contract.Root, "null");
        WriteReading(contract.Root, expected, "Root", collections);
        source.Line(";").Unindent();
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
        WriteConstruction(type, names);
        source.Close();
        WriteCollections(collections);
    }

    private void WriteMembers(ObjectModel type, LocalNames names, List<(string Method, ValueModel Value)> collections)
    {
        source.Open("while (reader.NextMember())");
        for (var i = 0; i < type.Members.Count; i++)
        {
            var member = type.Members[i];
            source.Open($"{(i == 0 ? "" : "else ")}if (reader.Is({Literal.String(member.JsonName)}u8, ref {LocalNames.Seen(i)}, {i % 64}))");
            source.Append($"{names.Value(i)} = ");
            WriteNull(member.Value, member.IsRequired ? "null" : names.Value(i), !member.IsRequired);
            WriteReading(member.Value, names.Expected(i), type.Name + member.Name, collections);
            source.Line(";").Close();
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
                    source.Line($"reader.Require({seen}, {i % 64}, {Literal.String(type.Members[i].JsonName)}, {names.Expected(i)});");
                }
            }

            source.Close().Line();
        }
    }

    private void WriteConstruction(ObjectModel type, LocalNames names)
    {
        source.Append($"return reader.HasFailed ? default! : new {type.TypeName}(");
        var separator = "";
        for (var i = 0; i < type.Members.Count; i++)
        {
            if (type.Members[i].IsParameter)
            {
                source.Append($"{separator}{names.Value(i)}");
                separator = ", ";
            }
        }

        source.Append(")");
        separator = " { ";
        for (var i = 0; i < type.Members.Count; i++)
        {
            if (type.Members[i].IsInitialized)
            {
                source.Append($"{separator}{TypeNames.Escape(type.Members[i].Name)} = {names.Value(i)}");
                separator = ", ";
            }
        }

        source.Line(separator == ", " ? " };" : ";");
    }

    private void WriteCollections(List<(string Method, ValueModel Value)> collections)
    {
        for (var i = 0; i < collections.Count; i++)
        {
            var (method, value) = collections[i];
            source.Line().Open($"private static {value.TypeName} {method}({Reader}, string expected)");
            source.Line($"const string itemIs = {Literal.String(Expectation.Of(value.Item, contract))};").Line();
            if (value.Kind == ValueKind.Map)
            {
                WriteMap(method, value, collections);
            }
            else
            {
                WriteArray(method, value, collections);
            }

            source.Close();
        }
    }

    private void WriteItem(string method, ValueModel item, List<(string Method, ValueModel Value)> collections)
    {
        WriteNull(item, "null");
        WriteReading(item, "itemIs", method.Substring("Read".Length) + "Item", collections);
    }

    private void WriteArray(string method, ValueModel value, List<(string Method, ValueModel Value)> collections)
    {
        source.Line($"var items = new global::PromptGen.Contracts.ContractItems<{value.Item.AnnotatedTypeName}>();");
        source.Open("if (reader.StartArray(expected))");
        source.Open("while (reader.NextItem())");
        source.Append("items.Add(");
        WriteItem(method, value.Item, collections);
        source.Line(");").Close();
        WriteCount(value);
        source.Close().Line();
        source.Line($"return items.{value.Collection}();");
    }

    private void WriteMap(string method, ValueModel value, List<(string Method, ValueModel Value)> collections)
    {
        source.Line($"var items = new global::System.Collections.Generic.Dictionary<string, {value.Item.AnnotatedTypeName}>(global::System.StringComparer.Ordinal);");
        source.Open("if (reader.StartObject(expected))");
        source.Open("while (reader.NextMember())");
        source.Line("var name = reader.MemberName();");
        source.Open("if (items.ContainsKey(name))");
        source.Line("reader.Duplicate();").Close().Line();
        source.Append("items[name] = ");
        WriteItem(method, value.Item, collections);
        source.Line(";").Close();
        WriteCount(value);
        source.Close().Line();
        source.Line("return items;");
    }

    private void WriteCount(ValueModel value)
    {
        if (value.Constraints.HasLength)
        {
            var most = value.Constraints.MaxLength is { } limit ? Literal.Int(limit) : "int.MaxValue";
            source.Line().Line($"reader.CheckCount(items.Count, {value.Constraints.MinLength}, {most}, expected);");
        }
    }

    /// <summary>Null where null may stand: as such, or for an optional member as if it were absent. What reads anything else follows.</summary>
    private void WriteNull(ValueModel value, string ifNull, bool isOptional = false)
    {
        if (value.IsNullable || isOptional)
        {
            source.Append($"reader.IsNull() ? {ifNull} : ");
        }
    }

    private void WriteReading(ValueModel value, string expected, string path, List<(string Method, ValueModel Value)> collections)
    {
        switch (value.Kind)
        {
            case ValueKind.Object:
                source.Append($"Read{contract.Objects[value.Reference].Name}(ref reader, {expected})");
                break;
            case ValueKind.Enum:
                source.Append($"Read{contract.Enums[value.Reference].Name}(ref reader, {expected})");
                break;
            case ValueKind.Array or ValueKind.Map:
                var method = "Read" + path;
                while (!_methods.Add(method))
                {
                    method += "_";
                }

                collections.Add((method, value));
                source.Append($"{method}(ref reader, {expected})");
                break;
            default:
                source.Append($"reader.{value.Kind}({expected}");
                WriteConstraints(value);
                source.Append(")");
                break;
        }
    }

    private void WriteConstraints(ValueModel value)
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
        WriteArgument("minimum", constraints.Minimum, suffix);
        WriteArgument("maximum", constraints.Maximum, suffix);
        source.Append(constraints.AboveMinimum ? ", aboveMinimum: true" : "");
        source.Append(constraints.BelowMaximum ? ", belowMaximum: true" : "");
        if (value.Kind == ValueKind.String)
        {
            WriteArgument("minLength", constraints.MinLength > 0 ? Literal.Int(constraints.MinLength) : null);
            WriteArgument("maxLength", constraints.MaxLength is { } most ? Literal.Int(most) : null);
            WriteArgument("pattern", constraints.Pattern is { } pattern ? patterns.NameOf(pattern) : null);
            WriteArgument("format", constraints.Format is { } format ? "global::PromptGen.Contracts.TextFormat." + format : null);
        }
    }

    private void WriteArgument(string name, string? value, string suffix = "")
    {
        if (value is not null)
        {
            source.Append($", {name}: {value}{suffix}");
        }
    }
}
