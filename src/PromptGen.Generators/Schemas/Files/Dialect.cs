using System;
using System.Collections.Generic;

namespace PromptGen.Generators.Schemas.Files;

/// <summary>Which keywords there are and what they mean: what <c>$schema</c> says.</summary>
/// <param name="Draft">The draft: 4, 6, 7, 2019 or 2020.</param>
/// <param name="Validates">Whether the keywords of the validation vocabulary say something.</param>
/// <param name="AssertsFormat">Whether the format has to hold; null = whatever the reader of the schema wants.</param>
internal sealed record Dialect(int Draft, bool Validates = true, bool? AssertsFormat = null)
{
    public const string Latest = "https://json-schema.org/draft/2020-12/schema";

    public static readonly Dialect Default = new(2020);

    /// <summary>What people call it.</summary>
    public string Name => Draft switch
    {
        2020 => "draft 2020-12",
        2019 => "draft 2019-09",
        _ => "draft-0" + Draft,
    };

    public string IdKeyword => Draft == 4 ? "id" : "$id";

    /// <summary>Whether keywords beside <c>$ref</c> are ignored.</summary>
    public bool RefIsExclusive => Draft <= 7;

    /// <summary>Whether <c>items</c> may be a list, with <c>additionalItems</c> for the rest.</summary>
    public bool HasItemLists => Draft <= 2019;

    /// <summary>The dialect of a metaschema that is known by its name.</summary>
    public static Dialect? Of(string uri) => uri.TrimEnd('#') switch
    {
        Latest => Default,
        "https://json-schema.org/draft/2019-09/schema" => new Dialect(2019),
        "http://json-schema.org/draft-07/schema" or "https://json-schema.org/draft-07/schema" or "http://json-schema.org/schema" => new Dialect(7),
        "http://json-schema.org/draft-06/schema" or "https://json-schema.org/draft-06/schema" => new Dialect(6),
        "http://json-schema.org/draft-04/schema" or "https://json-schema.org/draft-04/schema" => new Dialect(4),
        _ => null,
    };

    public bool Has(string keyword) => keyword switch
    {
        "const" or "contains" or "propertyNames" or "examples" => Draft >= 6,
        "if" or "then" or "else" => Draft >= 7,
        "dependentRequired" or "dependentSchemas" or "unevaluatedItems" or "unevaluatedProperties" or "minContains" or "maxContains" or "$anchor" => Draft >= 2019,
        "prefixItems" or "$dynamicRef" or "$dynamicAnchor" => Draft >= 2020,
        "additionalItems" => Draft <= 2019,
        "$recursiveRef" or "$recursiveAnchor" => Draft == 2019,
        _ => true,
    };

    /// <summary>The reader's name for a format; null where the format is not checked, or not one of this draft.</summary>
    public string? CheckedFormat(string format) => format switch
    {
        "date-time" => "DateTime",
        "time" when Draft >= 7 => "Time",
        "date" when Draft >= 7 => "Date",
        "duration" when Draft >= 2019 => "Duration",
        "email" => "Email",
        "hostname" => "Hostname",
        "ipv4" => "Ipv4",
        "ipv6" => "Ipv6",
        "uri" => "Uri",
        "uuid" when Draft >= 2019 => "Uuid",
        "regex" when Draft >= 6 => "Regex",
        _ => null,
    };

    /// <summary>What a keyword holds as far as schemas are concerned.</summary>
    public static Holding HoldingOf(string keyword) => keyword switch
    {
        "properties" or "patternProperties" or "$defs" or "definitions" or "dependentSchemas" or "dependencies" => Holding.Map,
        "allOf" or "anyOf" or "oneOf" or "prefixItems" => Holding.List,
        "items" => Holding.SchemaOrList,
        "additionalProperties" or "propertyNames" or "additionalItems" or "contains" or "not" or "if" or "then" or "else"
            or "unevaluatedItems" or "unevaluatedProperties" or "contentSchema" => Holding.Schema,
        _ => Holding.None,
    };

    /// <summary>Keywords that say something to people and programs, but allow and forbid nothing: the standard's, OpenAPI's and those of Visual Studio Code.</summary>
    private static readonly string[] Remarks =
    [
        "title", "description", "$comment", "default", "deprecated", "readOnly", "writeOnly", "examples", "contentEncoding", "contentMediaType", "contentSchema", "example",
        "markdownDescription", "enumDescriptions", "markdownEnumDescriptions", "enumItemLabels", "defaultSnippets", "errorMessage", "patternErrorMessage", "deprecationMessage", "markdownDeprecationMessage",
        "doNotSuggest", "suggestSortText", "allowComments", "allowTrailingCommas",
    ];

    public static readonly string[] Keywords =
    [
        "properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies", "allOf", "anyOf", "oneOf", "prefixItems", "items",
        "additionalProperties", "propertyNames", "additionalItems", "contains", "not", "if", "then", "else", "unevaluatedItems", "unevaluatedProperties",
        "$schema", "$id", "id", "$ref", "$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor", "$vocabulary",
        "type", "enum", "const", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength", "pattern",
        "maxItems", "minItems", "uniqueItems", "maxContains", "minContains", "maxProperties", "minProperties", "required", "dependentRequired", "format",
        .. Remarks,
    ];

    private static readonly HashSet<string> Known = [.. Keywords];

    public static bool IsKnown(string keyword) => Known.Contains(keyword);

    public static bool IsRemark(string keyword) => Array.IndexOf(Remarks, keyword) >= 0;
}

/// <summary>Where a keyword holds schemas.</summary>
internal enum Holding
{
    None,
    Schema,
    SchemaOrList,
    List,
    Map,
}
