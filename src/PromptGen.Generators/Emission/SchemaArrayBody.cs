using PromptGen.Generators.Schemas.Files;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Writes how a schema looks into an array: one pass over its items.</summary>
/// <param name="source">Where to write.</param>
/// <param name="fields">The fields of the class.</param>
/// <param name="schema">The schema.</param>
/// <param name="set">The set of items that have been looked at; null where it is not needed.</param>
internal sealed class SchemaArrayBody(SourceWriter source, SchemaFields fields, Schema schema, string? set)
{
    private bool Counts => set is not null || schema.PrefixItems.Count > 0 || schema.MinItems > 0 || schema.MaxItems is not null;

    public void Write()
    {
        if (schema.UniqueItems)
        {
            source.Line("reader.CheckUnique(expected);");
        }

        if (schema.Kinds != SchemaKinds.Array || schema.HasApplicators)
        {
            source.Line("reader.StartArray(expected);");
        }

        if (Counts)
        {
            source.Line("var count = 0;");
        }

        if (schema.Contains is not null)
        {
            source.Line("var found = 0;");
        }

        source.Line().Open("while (reader.NextItem())");
        WriteContains();
        WriteItem();
        if (Counts)
        {
            source.Line("count++;");
        }

        source.Close();
        if (schema.MinItems > 0 || schema.MaxItems is not null || schema.Contains is not null)
        {
            source.Line();
        }

        if (schema.MinItems > 0 || schema.MaxItems is not null)
        {
            WriteCount("count", schema.MinItems, schema.MaxItems, "expected");
        }

        if (schema.Contains is not null)
        {
            WriteCount("found", schema.MinContains, schema.MaxContains, Literal.String(SchemaWords.Contains(schema)));
        }
    }

    private void WriteCount(string count, int least, int? most, string expected) =>
        source.Line($"reader.CheckCount({count}, {Literal.Int(least)}, {(most is { } limit ? Literal.Int(limit) : "int.MaxValue")}, {expected});");

    private void WriteContains()
    {
        if (schema.Contains is not { } contains)
        {
            return;
        }

        source.Line("var item = reader.Mark();").Line("reader.Try(in item);").Line(SchemaBody.Call(contains, fields));
        source.Open("if (reader.Held(in item))").Line("found++;");
        if (set is not null && schema.ContainsEvaluates)
        {
            source.Line($"{set}.Add(count);");
        }

        source.Close();
    }

    private void WriteItem()
    {
        if (schema.PrefixItems.Count == 0)
        {
            WriteRest();
            return;
        }

        source.Open("switch (count)");
        for (var i = 0; i < schema.PrefixItems.Count; i++)
        {
            source.Line($"case {Literal.Int(i)}:").Indent().Line(SchemaBody.Call(schema.PrefixItems[i], fields));
            WriteEvaluated();
            source.Line("break;").Unindent();
        }

        source.Line("default:").Indent();
        WriteRest();
        source.Line("break;").Unindent().Close();
    }

    private void WriteRest()
    {
        if (schema.Items is { } items)
        {
            source.Line(items.IsNever ? NoMore() : SchemaBody.Call(items, fields));
            WriteEvaluated();
        }
        else if (schema.UnevaluatedItems is { } unevaluated)
        {
            source.Open($"if ({set}.Contains(count))").Line("reader.Pass();").Close().Open("else");
            source.Line(unevaluated.IsNever ? NoMore() : SchemaBody.Call(unevaluated, fields));
            WriteEvaluated();
            source.Close();
        }
        else
        {
            source.Line("reader.Pass();");
        }
    }

    private string NoMore() => $"reader.Mismatch({Literal.String(schema.PrefixItems.Count == 0 ? "no items" : $"no more than {Literal.Int(schema.PrefixItems.Count)} items")});";

    private void WriteEvaluated()
    {
        if (set is not null)
        {
            source.Line($"{set}.Add(count);");
        }
    }
}
