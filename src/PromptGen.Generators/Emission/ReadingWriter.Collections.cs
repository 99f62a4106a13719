using System.Collections.Generic;
using PromptGen.Generators.Model.Contracts;
using PromptGen.Generators.Schemas;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

internal sealed partial class ReadingWriter
{
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
        var key = value.Key;
        source.Line($"var items = new global::System.Collections.Generic.Dictionary<{key?.TypeName ?? "string"}, {value.Item.AnnotatedTypeName}>({(key is null ? "global::System.StringComparer.Ordinal" : "")});");
        source.Open("if (reader.StartObject(expected))");
        source.Open("while (reader.NextMember())");
        if (key is null)
        {
            source.Line("var name = reader.MemberName();");
        }
        else
        {
            WriteKey(key);
        }

        source.Open("if (items.ContainsKey(name))");
        source.Line("reader.Duplicate();").Close().Line();
        source.Append("items[name] = ");
        WriteItem(method, value.Item, collections);
        source.Line(";").Close();
        WriteCount(value);
        source.Close().Line();
        source.Line(value.Collection == CollectionKind.ToDictionary ? "return items;" : $"return global::PromptGen.Contracts.ContractEntries.{value.Collection}(items);");
    }

    private void WriteKey(ValueModel key)
    {
        if (key.Kind == ValueKind.Enum)
        {
            WriteKnown(key.TypeName, contract.Enums[key.Reference]);
            source.Open("if (known is not { } name)");
        }
        else
        {
            source.Open($"if (!reader.TryName(out {key.TypeName} name))");
        }

        source.Line($"reader.Mismatch({Literal.String(Expectation.Key(key, contract))});").Line("continue;").Close().Line();
    }

    private void WriteKnown(string typeName, EnumModel type)
    {
        if (type.IsLarge)
        {
            source.Line($"{typeName}? known = null;");
            foreach (var member in type.Members)
            {
                source.Line($"if (known is null && reader.IsNamed({Literal.String(member.JsonName)}u8)) known = {typeName}.{member.Name};");
            }

            return;
        }

        source.Line($"{typeName}? known =").Indent();
        foreach (var member in type.Members)
        {
            source.Line($"reader.IsNamed({Literal.String(member.JsonName)}u8) ? {typeName}.{member.Name} :");
        }

        source.Line("null;").Unindent();
    }

    private void WriteCount(ValueModel value)
    {
        if (value.Constraints.HasLength)
        {
            var most = value.Constraints.MaxLength is { } limit ? Literal.Int(limit) : "int.MaxValue";
            source.Line().Line($"reader.CheckCount(items.Count, {value.Constraints.MinLength}, {most}, expected);");
        }
    }
}
