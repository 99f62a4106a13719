using System;
using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Model;

namespace PromptGen.Generators.Schemas.Dialects;

/// <summary>
/// What a provider's structured output takes: one entry of the table that schemas are rewritten by. Everything outside <see cref="Keywords"/>
/// is written into the description, or makes the schema inexpressible.
/// </summary>
internal sealed record DialectRules
{
    private static readonly string[] Structure = ["type", "properties", "required", "additionalProperties", "items", "enum", "anyOf", "$ref", "$defs", "description", "title"];

    private static readonly string[] Formats = ["date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"];

    /// <summary>OpenAI's strict mode, with the limits of July 2025.</summary>
    public static DialectRules OpenAI { get; } = new()
    {
        Dialect = SchemaDialect.OpenAI,
        Provider = "OpenAI",
        Keywords = Set(Structure, "const", "pattern", "format", "multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minItems", "maxItems"),
        KnownFormats = Set(Formats),
        ClosesObjects = true,
        RequiresAll = true,
        MaxProperties = 5_000,
        MaxDepth = 10,
        MaxCharacters = 120_000,
        MaxEnumValues = 1_000,
        MaxLargeEnumCharacters = 15_000,
    };

    /// <summary>OpenAI's strict mode on Azure: no word on the exclusive bounds there, but the others are refused.</summary>
    public static DialectRules AzureOpenAI { get; } = OpenAI with { Dialect = SchemaDialect.AzureOpenAI, Provider = "Azure OpenAI", Keywords = Set(Structure, "const") };

    public static DialectRules Anthropic { get; } = new()
    {
        Dialect = SchemaDialect.Anthropic,
        Provider = "Anthropic",
        Keywords = Set(Structure, "const", "allOf", "definitions", "default", "format", "minItems", "pattern"),
        KnownFormats = Set(Formats, "uri"),
        ClosesObjects = true,
        Recursion = Recursion.Nowhere,
        HasPlainPatterns = true,
        HasPlainEnums = true,
        FoldsEnumCase = true,
        MaxMinItems = 1,
        MaxOptional = 24,
        MaxUnions = 16,
    };

    public static DialectRules Gemini { get; } = new()
    {
        Dialect = SchemaDialect.Gemini,
        Provider = "Gemini",
        Keywords = Set(Structure, "$id", "$anchor", "format", "prefixItems", "minItems", "maxItems", "minimum", "maximum", "oneOf", "propertyOrdering"),
        Recursion = Recursion.InOptionalMembers,
        HasTextAndNumberEnums = true,
    };

    public SchemaDialect Dialect { get; private init; }

    /// <summary>The provider as messages name it.</summary>
    public string Provider { get; private init; } = "";

    /// <summary>The keywords that it reads.</summary>
    public HashSet<string> Keywords { get; private init; } = [];

    /// <summary>The formats that it takes; null = any.</summary>
    public HashSet<string>? KnownFormats { get; private init; }

    /// <summary>Whether an object has no members but those named: no maps, and no value of any type.</summary>
    public bool ClosesObjects { get; private init; }

    /// <summary>Whether every member is required, an optional one as a union with null.</summary>
    public bool RequiresAll { get; private init; }

    /// <summary>Where a type may hold itself.</summary>
    public Recursion Recursion { get; private init; }

    /// <summary>Whether patterns have no looking around, no back references and no word boundaries.</summary>
    public bool HasPlainPatterns { get; private init; }

    /// <summary>Whether the values of an enum are no objects and arrays.</summary>
    public bool HasPlainEnums { get; private init; }

    /// <summary>Whether the values of an enum are strings and numbers only.</summary>
    public bool HasTextAndNumberEnums { get; private init; }

    /// <summary>Whether the value of an enum may come in other case than it is written.</summary>
    public bool FoldsEnumCase { get; private init; }

    /// <summary>The greatest <c>minItems</c>.</summary>
    public int MaxMinItems { get; private init; } = int.MaxValue;

    /// <summary>The most members that are not required, all objects together.</summary>
    public int MaxOptional { get; private init; } = int.MaxValue;

    /// <summary>The most values that are a union, null included.</summary>
    public int MaxUnions { get; private init; } = int.MaxValue;

    /// <summary>The most members, all objects together.</summary>
    public int MaxProperties { get; private init; } = int.MaxValue;

    /// <summary>How deep objects may be nested.</summary>
    public int MaxDepth { get; private init; } = int.MaxValue;

    /// <summary>The most characters of all names, enum values and constants together.</summary>
    public int MaxCharacters { get; private init; } = int.MaxValue;

    /// <summary>The most enum values, all enums together.</summary>
    public int MaxEnumValues { get; private init; } = int.MaxValue;

    /// <summary>The most characters of the values of an enum that has more than 250.</summary>
    public int MaxLargeEnumCharacters { get; private init; } = int.MaxValue;

    /// <summary>
    /// Whether a schema that can't be expressed is sent as it is, for the model to follow, without enforcement; where not, it is refused and
    /// has to go in words.
    /// </summary>
    public bool HasLooseMode => RequiresAll;

    /// <summary>The rules of a dialect other than the standard one.</summary>
    public static DialectRules Of(SchemaDialect dialect) => dialect switch
    {
        SchemaDialect.OpenAI => OpenAI,
        SchemaDialect.AzureOpenAI => AzureOpenAI,
        SchemaDialect.Anthropic => Anthropic,
        _ => Gemini,
    };

    private static HashSet<string> Set(IEnumerable<string> names, params string[] more) => new(names.Concat(more), StringComparer.Ordinal);
}

/// <summary>Where a type may hold itself.</summary>
internal enum Recursion
{
    Anywhere,
    InOptionalMembers,
    Nowhere,
}
