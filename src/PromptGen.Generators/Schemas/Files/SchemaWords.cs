using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PromptGen.Generators.Schemas.Json;

namespace PromptGen.Generators.Schemas.Files;

/// <summary>What a schema asks for, in words that a model can act on.</summary>
internal static class SchemaWords
{
    private const int MaxDepth = 2;
    private const int MaxValues = 24;
    private const int MaxParts = 8;
    private const int MaxRemark = 160;

    public static string Of(Schema schema) => schema.Words ??= Of(schema, 0);

    /// <summary>The members of an object, for the answer that has another one.</summary>
    public static string Members(Schema schema)
    {
        var names = schema.Properties.Select(static property => Quoted(property.Key));
        var patterns = schema.PatternProperties.Select(static pattern => "names that match " + pattern.Key.Text);
        var known = names.Concat(patterns).Take(MaxValues).ToList();
        return known.Count == 0 ? "none at all" : string.Join(", ", known);
    }

    /// <summary>What has to be found in an array, and how often.</summary>
    public static string Contains(Schema schema)
    {
        var most = schema.MaxContains is { } limit ? $" and at most {Invariant(limit)}" : "";
        return $"an array in which at least {Invariant(schema.MinContains)}{most} of the items: {Of(schema.Contains!)}";
    }

    public static string Count(int least, int? most, string noun) => (least, most) switch
    {
        (0, null) => "",
        (0, { } limit) => " of at most " + Plural(limit, noun),
        (_, null) => " of at least " + Plural(least, noun),
        var (_, limit) when least == limit => " of exactly " + Plural(least, noun),
        var (_, limit) => $" of {Invariant(least)} to {Plural(limit.Value, noun)}",
    };

    private static string Of(Schema schema, int depth)
    {
        if (schema.IsNever)
        {
            return "nothing here";
        }

        var words = schema.Constant is { } constant ? Json(constant)
            : schema.Values is { } values ? Values(values)
            : schema.Kinds != Schema.AnyKind || schema.HasNumberRule || schema.HasTextRule || schema.LooksIntoObjects || schema.LooksIntoArrays ? Kinds(schema)
            : depth < MaxDepth && Parts(schema, depth + 1) is { Length: > 0 } parts ? parts
            : "a value";
        var remark = schema.Constant is null ? schema.Title ?? schema.Description : null;
        return remark is null ? words : $"{words} ({(remark.Length > MaxRemark ? remark.Substring(0, MaxRemark) + "…" : remark).Replace('\n', ' ')})";
    }

    private static string Parts(Schema schema, int depth)
    {
        var alternatives = schema.AnyOf.Concat(schema.OneOf).ToList();
        if (alternatives.Count > 0)
        {
            return string.Join(", or ", alternatives.Take(MaxParts).Select(part => Of(part, depth)).Distinct()) + (alternatives.Count > MaxParts ? ", …" : "");
        }

        var all = schema.AllOf.Take(MaxParts).Select(part => Of(part, depth)).Where(static part => part != "a value").Distinct().ToList();
        return all.Count > 0 ? string.Join(", and ", all) : schema.Not is { } forbidden ? "anything but " + Of(forbidden, depth) : "";
    }

    private static string Values(IReadOnlyList<JsonNode> values)
    {
        var shown = string.Join(", ", values.Take(MaxValues).Select(Json));
        return values.Count == 1 ? shown : "one of " + shown + (values.Count > MaxValues ? ", …" : "");
    }

    private static string Json(JsonNode node)
    {
        var json = node.ToString();
        return json.Length <= MaxRemark ? json : json.Substring(0, MaxRemark) + "…";
    }

    private static string Kinds(Schema schema)
    {
        var kinds = new List<string>();
        var allowed = schema.Kinds == Schema.AnyKind ? Implied(schema) : schema.Kinds;
        Add(SchemaKinds.String, Text(schema));
        Add(SchemaKinds.Number, "a number" + Range(schema));
        if ((allowed & (SchemaKinds.Number | SchemaKinds.Integer)) == SchemaKinds.Integer)
        {
            kinds.Add("an integer" + Range(schema));
        }

        Add(SchemaKinds.Boolean, "true or false");
        Add(SchemaKinds.Object, "an object" + Count(schema.MinProperties, schema.MaxProperties, "member"));
        Add(SchemaKinds.Array, "an array" + Count(schema.MinItems, schema.MaxItems, "item") + (schema.UniqueItems ? ", no two of them equal" : ""));
        Add(SchemaKinds.Null, "null");
        return kinds.Count == 0 ? "nothing here" : string.Join(", or ", kinds);

        void Add(SchemaKinds kind, string words)
        {
            if ((allowed & kind) != 0)
            {
                kinds.Add(words);
            }
        }
    }

    /// <summary>The kinds that are meant where a schema has no type: those that its keywords apply to.</summary>
    private static SchemaKinds Implied(Schema schema)
    {
        var kinds = SchemaKinds.None;
        kinds |= schema.HasNumberRule ? SchemaKinds.Number | SchemaKinds.Integer : 0;
        kinds |= schema.HasTextRule ? SchemaKinds.String : 0;
        kinds |= schema.LooksIntoObjects ? SchemaKinds.Object : 0;
        return kinds | (schema.LooksIntoArrays ? SchemaKinds.Array : 0);
    }

    private static string Text(Schema schema)
    {
        var noun = schema.Format switch
        {
            "DateTime" => "a date and time such as \"2026-01-31T14:30:00Z\"",
            "Time" => "a time such as \"14:30:00Z\"",
            "Date" => "a date such as \"2026-01-31\"",
            "Duration" => "a duration such as \"PT1H30M\"",
            "Email" => "an e-mail address",
            "Hostname" => "a host name",
            "Ipv4" => "an IPv4 address",
            "Ipv6" => "an IPv6 address",
            "Uri" => "an absolute URI",
            "Uuid" => "a UUID",
            "Regex" => "a regular expression",
            _ => "a string",
        };

        return noun + Count(schema.MinLength, schema.MaxLength, "character")
            + (schema.Pattern is { } pattern ? " that matches the regular expression " + pattern.Text : "");
    }

    private static string Range(Schema schema)
    {
        var bounds = new List<string>();
        Add("at least ", schema.Minimum);
        Add("above ", schema.Above);
        Add("at most ", schema.Maximum);
        Add("below ", schema.Below);
        Add("a multiple of ", schema.MultipleOf);
        return schema is { Minimum: { } least, Maximum: { } most, Above: null, Below: null, MultipleOf: null } ? $" from {least} to {most}"
            : bounds.Count == 0 ? ""
            : " that is " + string.Join(" and ", bounds);

        void Add(string words, string? bound)
        {
            if (bound is not null)
            {
                bounds.Add(words + bound);
            }
        }
    }

    private static string Quoted(string text) => "\"" + text + "\"";

    private static string Plural(int count, string noun) => Invariant(count) + " " + noun + (count == 1 ? "" : "s");

    private static string Invariant(int value) => value.ToString(CultureInfo.InvariantCulture);
}
