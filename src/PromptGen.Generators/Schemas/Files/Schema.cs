using System;
using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Schemas.Json;

namespace PromptGen.Generators.Schemas.Files;

/// <summary>A schema as it is compiled: what each keyword says, references followed.</summary>
internal sealed class Schema(SchemaPlace place, DynamicScope scope)
{
    public const SchemaKinds AnyKind =
        SchemaKinds.Null | SchemaKinds.Boolean | SchemaKinds.Integer | SchemaKinds.Number | SchemaKinds.String | SchemaKinds.Array | SchemaKinds.Object;

    public SchemaPlace Place { get; } = place;

    public DynamicScope Scope { get; } = scope;

    /// <summary>Nothing is allowed.</summary>
    public bool IsNever { get; set; }

    /// <summary>The types that are allowed.</summary>
    public SchemaKinds Kinds { get; set; } = AnyKind;

    /// <summary>The values that are allowed; null = all.</summary>
    public IReadOnlyList<JsonNode>? Values { get; set; }

    /// <summary>A second list of values, where there is <c>const</c> beside <c>enum</c>.</summary>
    public JsonNode? Constant { get; set; }

    public string? Minimum { get; set; }

    public string? Above { get; set; }

    public string? Maximum { get; set; }

    public string? Below { get; set; }

    public string? MultipleOf { get; set; }

    public int MinLength { get; set; }

    public int? MaxLength { get; set; }

    public SchemaPattern? Pattern { get; set; }

    /// <summary>The format that has to hold: a name of <c>SchemaFormat</c>.</summary>
    public string? Format { get; set; }

    public List<Schema> PrefixItems { get; } = [];

    public Schema? Items { get; set; }

    public Schema? Contains { get; set; }

    public int MinContains { get; set; } = 1;

    public int? MaxContains { get; set; }

    public bool ContainsEvaluates { get; set; }

    public int MinItems { get; set; }

    public int? MaxItems { get; set; }

    public bool UniqueItems { get; set; }

    public Schema? UnevaluatedItems { get; set; }

    public List<KeyValuePair<string, Schema>> Properties { get; } = [];

    public List<KeyValuePair<SchemaPattern, Schema>> PatternProperties { get; } = [];

    public Schema? AdditionalProperties { get; set; }

    public Schema? PropertyNames { get; set; }

    public Schema? UnevaluatedProperties { get; set; }

    public List<string> Required { get; } = [];

    public List<KeyValuePair<string, string>> DependentRequired { get; } = [];

    public List<KeyValuePair<string, Schema>> DependentSchemas { get; } = [];

    public int MinProperties { get; set; }

    public int? MaxProperties { get; set; }

    /// <summary>What has to hold as well: <c>$ref</c>, <c>$dynamicRef</c>, <c>allOf</c>.</summary>
    public List<Schema> AllOf { get; } = [];

    public List<Schema> AnyOf { get; } = [];

    public List<Schema> OneOf { get; } = [];

    public Schema? Not { get; set; }

    public Schema? If { get; set; }

    public Schema? Then { get; set; }

    public Schema? Else { get; set; }

    /// <summary>Whether a schema around it needs to know which members and items this one has evaluated.</summary>
    public bool IsTracked { get; set; }

    /// <summary>What it asks for, once it has been put into words.</summary>
    public string? Words { get; set; }

    /// <summary>The name of its method.</summary>
    public string Name { get; set; } = "";

    public string? Title => Text("title");

    public string? Description => Text("description");

    public bool HasNumberRule => Minimum is not null || Above is not null || Maximum is not null || Below is not null || MultipleOf is not null;

    public bool HasTextRule => MinLength > 0 || MaxLength is not null || Pattern is not null || Format is not null;

    public bool HasUnevaluated => UnevaluatedItems is not null || UnevaluatedProperties is not null;

    public bool LooksIntoObjects =>
        Properties.Count > 0 || PatternProperties.Count > 0 || AdditionalProperties is not null || PropertyNames is not null
        || UnevaluatedProperties is not null || Required.Count > 0 || DependentRequired.Count > 0 || MinProperties > 0 || MaxProperties is not null;

    public bool LooksIntoArrays =>
        PrefixItems.Count > 0 || Items is not null || Contains is not null || MinItems > 0 || MaxItems is not null || UniqueItems || UnevaluatedItems is not null;

    public bool HasApplicators =>
        AllOf.Count > 0 || AnyOf.Count > 0 || OneOf.Count > 0 || Not is not null || If is not null || DependentSchemas.Count > 0;

    /// <summary>Whether everything is allowed.</summary>
    public bool IsAny => !IsNever && Kinds == AnyKind && IsPlain && !HasNumberRule && !HasTextRule && !LooksIntoObjects && !LooksIntoArrays;

    /// <summary>Whether types and bounds are all there is to it, so that one call checks it.</summary>
    public bool IsScalar => IsPlain && !IsNever && (Kinds & (SchemaKinds.Array | SchemaKinds.Object)) == 0
        && (!HasNumberRule || (Kinds & ~SchemaKinds.Integer) == SchemaKinds.Number || Kinds == SchemaKinds.Integer)
        && (!HasTextRule || Kinds == SchemaKinds.String);

    private bool IsPlain => Values is null && Constant is null && !HasApplicators;

    /// <summary>The schemas that look at the same value.</summary>
    public IEnumerable<Schema> InPlace()
    {
        IEnumerable<Schema> schemas = [.. AllOf, .. AnyOf, .. OneOf, .. DependentSchemas.Select(static pair => pair.Value)];
        return schemas.Concat(new[] { Not, If, Then, Else }.OfType<Schema>());
    }

    /// <summary>The schemas that look at what is in the value.</summary>
    public IEnumerable<Schema> Inside()
    {
        IEnumerable<Schema> schemas = [.. PrefixItems, .. Properties.Select(static pair => pair.Value), .. PatternProperties.Select(static pair => pair.Value)];
        return schemas.Concat(new[] { Items, Contains, UnevaluatedItems, AdditionalProperties, PropertyNames, UnevaluatedProperties }.OfType<Schema>());
    }

    private string? Text(string keyword) => Place.Node[keyword] is { Kind: JsonKind.String, Text.Length: > 0 } text ? text.Text : null;
}

/// <summary>The types of JSON Schema; the names are those that generated code uses.</summary>
[Flags]
internal enum SchemaKinds
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Integer = 4,
    Number = 8,
    String = 16,
    Array = 32,
    Object = 64,
}

/// <summary>A regular expression of a schema.</summary>
/// <param name="Text">As the schema writes it.</param>
/// <param name="Net">As .NET means the same.</param>
internal sealed record SchemaPattern(string Text, string Net);
