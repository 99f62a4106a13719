using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Schemas.Dialects;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Writes the schemas of a contract as UTF-8 literals.</summary>
internal static class SchemaLiterals
{
    /// <summary>The standard schema, and those of the dialects in which it differs.</summary>
    /// <param name="source">Receives them.</param>
    /// <param name="json">The schema on one line.</param>
    /// <param name="schemas">The same in the dialects of the catalog's models.</param>
    public static void Write(SourceWriter source, string json, IEnumerable<DialectSchema> schemas)
    {
        source.Line("public override global::System.ReadOnlySpan<byte> SchemaUtf8 =>").Indent();
        source.Line(Utf8(json) + ";").Unindent().Line();
        var different = schemas
            .Select(static schema => (schema.Dialect, Json: schema.SentJson))
            .Where(schema => schema.Json != json)
            .GroupBy(static schema => schema.Json, System.StringComparer.Ordinal)
            .ToList();
        if (different.Count == 0)
        {
            return;
        }

        source.Line("public override global::System.ReadOnlySpan<byte> SchemaUtf8For(global::PromptGen.SchemaDialect dialect) => dialect switch");
        source.Line("{").Indent();
        foreach (var schema in different)
        {
            var names = string.Join(" or ", schema.Select(static one => "global::PromptGen.SchemaDialect." + one.Dialect));
            if (schema.Key.Length == 0)
            {
                source.Line($"{names} => default, // it can't express this contract");
            }
            else
            {
                source.Line($"{names} =>").Indent().Line(Utf8(schema.Key) + ",").Unindent();
            }
        }

        source.Line("_ => SchemaUtf8,").Unindent().Line("};").Line();
    }

    private static string Utf8(string json)
    {
        var quotes = TextLiteral.Quotes(json);
        return $"{quotes}{json}{quotes}u8";
    }
}
