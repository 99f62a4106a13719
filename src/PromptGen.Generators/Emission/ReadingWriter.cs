using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Model.Contracts;
using PromptGen.Generators.Schemas;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Writes the methods that read objects, arrays and dictionaries.</summary>
internal sealed partial class ReadingWriter(ContractModel contract, SourceWriter source, PatternFields patterns)
{
    private const string Reader = "ref global::PromptGen.Contracts.ContractReader reader";

    private readonly HashSet<string> _methods = [.. contract.Objects.Select(type => "Read" + type.Name), .. contract.Enums.Select(type => "Read" + type.Name), .. contract.Unions.Select(type => "Read" + type.Name)];

    // What the user's own checks find keeps nothing else from being built and checked.
    private string HasFailed => contract.HasChecks ? "IsBroken" : "HasFailed";

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

        var start = type.IsChecked ? names.Other("start") : "";
        if (type.IsChecked)
        {
            source.Line($"var {start} = reader.Position;");
        }

        source.Line().Open("if (!reader.StartObject(expected))");
        source.Line("return default!;").Close().Line();
        WriteMembers(type, names, collections);
        WriteRequired(type, names);
        if (type.IsChecked)
        {
            WriteChecked(type, names, start);
        }
        else
        {
            source.Append($"return reader.{HasFailed} ? default! : ");
            WriteConstruction(type, names);
        }

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

    private void WriteChecked(ObjectModel type, LocalNames names, string start)
    {
        var value = names.Other("built");
        source.Open($"if (reader.{HasFailed})").Line("return default!;").Close().Line();
        source.Append($"var {value} = ");
        WriteConstruction(type, names);
        foreach (var check in type.Checks)
        {
            source.Line($"reader.Check({value}, {check}, {start});");
        }

        if (type.IsValidatable)
        {
            source.Line($"reader.Validate({value}, {start}, static name => name switch").Line("{").Indent();
            foreach (var member in type.Members)
            {
                source.Line($"{Literal.String(member.Name)} => {Literal.String(member.JsonName)},");
            }

            source.Line("_ => null,").Unindent().Line("});");
        }

        source.Line($"return {value};");
    }

    private void WriteConstruction(ObjectModel type, LocalNames names)
    {
        source.Append($"{(type.IsTuple ? "" : $"new {type.TypeName}")}(");
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
                source.Append($"{separator}{CSharpName.Escape(type.Members[i].Name)} = {names.Value(i)}");
                separator = ", ";
            }
        }

        source.Line(separator == ", " ? " };" : ";");
    }

    /// <summary>Writes the test for null where the value may be null, or is optional, so that null means absent. What reads other values follows.</summary>
    private void WriteNull(ValueModel value, string ifNull, bool isOptional = false)
    {
        if (value.IsNullable || isOptional)
        {
            source.Append($"reader.IsNull() ? {ifNull} : ");
        }
    }

    private void WriteReading(ValueModel value, string expected, string path, List<(string Method, ValueModel Value)> collections)
    {
        var (allowed, denied) = (value.Constraints.Allowed, value.Constraints.Denied);
        source.Append(allowed.Count > 0 ? $"reader.OneOf<{value.TypeName}>(" : null);
        source.Append(denied.Count > 0 ? $"reader.NoneOf<{value.TypeName}>(" : null);
        WriteValue(value, expected, path, collections);
        WriteConstants(denied, expected);
        WriteConstants(allowed, expected);
    }

    private void WriteConstants(EquatableArray<ConstantModel> constants, string expected)
    {
        if (constants.Count > 0)
        {
            source.Append($", {expected}, [{string.Join(", ", constants.Select(static constant => constant.CSharp))}])");
        }
    }

    private void WriteValue(ValueModel value, string expected, string path, List<(string Method, ValueModel Value)> collections)
    {
        switch (value.Kind)
        {
            case ValueKind.Object:
                source.Append($"Read{contract.Objects[value.Reference].Name}(ref reader, {expected})");
                break;
            case ValueKind.Enum or ValueKind.Flags:
                source.Append($"Read{contract.Enums[value.Reference].Name}(ref reader, {expected})");
                break;
            case ValueKind.Union:
                source.Append($"Read{contract.Unions[value.Reference].Name}(ref reader, {expected})");
                break;
            case ValueKind.Array or ValueKind.Map:
                var method = _methods.Take("Read" + path);
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
            ValueKind.Half or ValueKind.Single or ValueKind.Double => "d",
            ValueKind.Decimal or ValueKind.Int128 or ValueKind.UInt128 or ValueKind.BigInteger => "m",
            ValueKind.Int64 => "L",
            ValueKind.UInt64 => "UL",
            ValueKind.UInt32 => "U",
            _ => "",
        };
        var prefix = value.Kind.IsWide() && value.Kind != ValueKind.Half ? $"({value.TypeName})" : "";
        WriteArgument("minimum", constraints.Minimum, suffix, prefix);
        WriteArgument("maximum", constraints.Maximum, suffix, prefix);
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

    private void WriteArgument(string name, string? value, string suffix = "", string prefix = "")
    {
        if (value is not null)
        {
            source.Append(prefix.Length > 0 ? $", {name}: {prefix}({value}{suffix})" : $", {name}: {value}{suffix}");
        }
    }
}
