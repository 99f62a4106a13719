using System;
using System.Collections.Generic;
using PromptGen.Generators.Schemas.Json;

namespace PromptGen.Generators.Schemas.Files;

/// <summary>Finds the keywords of a schema that have no effect. The standard ignores them silently, so they are reported.</summary>
internal static class UncheckedKeywords
{
    /// <summary>The keywords of one schema that are not enforced.</summary>
    /// <param name="place">The schema.</param>
    /// <param name="assertsFormat">Whether formats hold at all.</param>
    public static IEnumerable<SchemaProblem> In(SchemaPlace place, bool assertsFormat)
    {
        var dialect = place.Resource.Dialect;
        var path = place.Resource.Document.Path;
        var isAlone = dialect.RefIsExclusive && place.Node["$ref"] is not null;
        foreach (var member in place.Node.Members)
        {
            if (Why(member, dialect, isAlone, assertsFormat) is { } why)
            {
                yield return new SchemaProblem(path, member.Name == "format" && !isAlone ? member.Value.Span : member.NameSpan, why);
            }
        }
    }

    private static string? Why(JsonMember member, Dialect dialect, bool isAlone, bool assertsFormat)
    {
        var name = member.Name;
        if (Dialect.IsRemark(name) || name.StartsWith("x-", StringComparison.Ordinal))
        {
            return null;
        }

        if (isAlone)
        {
            return name is "$ref" or "$schema" or "$id" or "id" or "$defs" or "definitions"
                ? null
                : $"{dialect.Name} ignores keywords beside \"$ref\": put both into \"allOf\", or name draft 2020-12 in \"$schema\"";
        }

        if (!Dialect.IsKnown(name))
        {
            return $"JSON Schema has no keyword \"{name}\": remove it, or call it \"x-{name}\" if it is a comment";
        }

        if (!dialect.Has(name))
        {
            return $"{dialect.Name} has no keyword \"{name}\": name a draft that has it in \"$schema\", or use another keyword";
        }

        return name == "format" && assertsFormat && member.Value.Kind == JsonKind.String && dialect.CheckedFormat(member.Value.Text) is null
            ? $"the format \"{member.Value.Text}\" is not checked in {dialect.Name}: add a \"pattern\", or remove it and name the format in \"description\""
            : null;
    }
}
