using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PromptGen.Generators.Model.Contracts;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Schemas;

/// <summary>What a contract asks for, in words that a model can act on.</summary>
internal static class Expectation
{
    // The list is repeated in the schema for each use of the type, and in each violation.
    private const int MaxNamed = 100;

    /// <summary>The names of an enum.</summary>
    public static string Names(EnumModel type) => OneOf(type.Members.Select(static member => JsonText.String(member.JsonName)));

    /// <summary>The tags of a union.</summary>
    public static string Tags(UnionModel type) => OneOf(type.Cases.Select(static item => item.Tag!.Json));

    /// <summary>What the members of a map have to be called.</summary>
    public static string Key(ValueModel key, ContractModel contract) => "a member whose name is " + Core(key, contract);

    public static string Of(ValueModel value, ContractModel contract) =>
        value.IsNullable && value.Kind is ValueKind.AnyValue or ValueKind.JsonNode ? "any JSON value" : Core(value, contract) + (value.IsNullable ? ", or null" : "");

    /// <summary>The members of an object, for the answer that has another one.</summary>
    public static string Members(ObjectModel type) => Quoted(type.Members.Select(member => member.JsonName));

    private static string Core(ValueModel value, ContractModel contract)
    {
        var constraints = value.Constraints;
        return value.Kind == ValueKind.Enum ? OneOf(contract.NamesOf(value))
            : constraints.Allowed.Count > 0 ? OneOf(Allowed(constraints))
            : constraints.Denied.Count > 0 ? $"{Kind(value, contract)} other than {string.Join(", ", constraints.Denied.Select(static constant => constant.Json))}"
            : Kind(value, contract);
    }

    private static IEnumerable<string> Allowed(ConstraintModel constraints)
    {
        var denied = new HashSet<string>(constraints.Denied.Select(static constant => constant.Json), StringComparer.Ordinal);
        return constraints.Allowed.Select(static constant => constant.Json).Where(json => !denied.Contains(json));
    }

    private static string Kind(ValueModel value, ContractModel contract) => value.Kind switch
    {
        ValueKind.String => Text(value.Constraints),
        ValueKind.Char => "a string of one character",
        ValueKind.Boolean => "true or false",
        ValueKind.Half => Number(value.Constraints with { Minimum = value.Constraints.Minimum ?? "-65504", Maximum = value.Constraints.Maximum ?? "65504" }),
        ValueKind.Single or ValueKind.Double or ValueKind.Decimal => Number(value.Constraints),
        ValueKind.DateTime => "a date and time such as \"2026-01-31T14:30:00\"",
        ValueKind.DateTimeOffset => "a date and time such as \"2026-01-31T14:30:00Z\"",
        ValueKind.DateOnly => "a date such as \"2026-01-31\"",
        ValueKind.TimeOnly => "a time such as \"14:30:00\"",
        ValueKind.TimeSpan => "a duration such as \"PT1H30M\"",
        ValueKind.Guid => "a UUID",
        ValueKind.Uri => "an absolute URI",
        ValueKind.Bytes => "a base64 string",
        ValueKind.Flags => "an array of " + Names(contract.Enums[value.Reference]) + ", each at most once",
        ValueKind.JsonElement => "any JSON value",
        ValueKind.AnyValue or ValueKind.JsonNode => "any JSON value but null",
        ValueKind.JsonArray => "an array",
        ValueKind.Object or ValueKind.JsonObject => "an object",
        ValueKind.Union => Cases(contract.Unions[value.Reference], contract),
        ValueKind.Array => "an array" + Count(value.Constraints, "item"),
        ValueKind.Map => "an object" + Count(value.Constraints, "member"),
        _ => Integer(value),
    };

    private static string Text(ConstraintModel constraints)
    {
        var noun = constraints.Format switch
        {
            "Email" => "an e-mail address",
            "Url" => "an absolute URL",
            "Base64" => "a base64 string",
            _ => "a string",
        };

        return noun + Count(constraints, "character") + (constraints.Pattern is null ? "" : " that matches the regular expression " + constraints.Pattern);
    }

    private static string Count(ConstraintModel constraints, string noun) => (constraints.MinLength, constraints.MaxLength) switch
    {
        (0, null) => "",
        (0, { } most) => " of at most " + Plural(most, noun),
        (var least, null) => " of at least " + Plural(least, noun),
        (var least, { } most) when least == most => " of exactly " + Plural(most, noun),
        (var least, { } most) => $" of {Invariant(least)} to {Plural(most, noun)}",
    };

    private static string Integer(ValueModel value)
    {
        // The bounds of the large types are left out: a value near them is a mistake anyway.
        if (value.Kind is ValueKind.Int32 or ValueKind.Int64 or ValueKind.Int128 or ValueKind.BigInteger)
        {
            return value.Constraints is { Minimum: null, Maximum: null } && value.Kind != ValueKind.BigInteger
                ? value.Kind == ValueKind.Int32 ? "a 32-bit integer" : value.Kind == ValueKind.Int64 ? "a 64-bit integer" : "a 128-bit integer"
                : "an integer" + Range(value.Constraints);
        }

        var (least, most) = IntegerRange.Of(value.Kind);
        return "an integer" + Range(value.Constraints with { Minimum = value.Constraints.Minimum ?? least, Maximum = value.Constraints.Maximum ?? most });
    }

    private static string Number(ConstraintModel constraints) => "a number" + Range(constraints);

    private static string Range(ConstraintModel constraints) => (constraints.Minimum, constraints.Maximum) switch
    {
        (null, null) => "",
        ({ } least, null) => (constraints.AboveMinimum ? " above " : " of at least ") + least,
        (null, { } most) => (constraints.BelowMaximum ? " below " : " of at most ") + most,
        ({ } least, { } most) when !constraints.AboveMinimum && !constraints.BelowMaximum => $" from {least} to {most}",
        ({ } least, { } most) => (constraints.AboveMinimum ? " above " : " of at least ") + least
            + (constraints.BelowMaximum ? " and below " : " and at most ") + most,
    };

    private static string Cases(UnionModel type, ContractModel contract) => type.Tag is { } tag
        ? $"an object whose \"{tag}\" is {Tags(type)}"
        : "an object with " + string.Join(", or one with ", type.Cases.Select(item => UnionCases.Describe(contract.Objects[item.Value.Reference])));

    private static string OneOf(IEnumerable<string> values)
    {
        var all = values.ToList();
        var list = string.Join(", ", all.Take(MaxNamed)) + (all.Count > MaxNamed ? $" and {Invariant(all.Count - MaxNamed)} more that the schema lists" : "");
        return list.IndexOf(", ", StringComparison.Ordinal) < 0 ? list : "one of " + list;
    }

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => "\"" + name + "\""));

    private static string Plural(int count, string noun) => Invariant(count) + " " + noun + (count == 1 ? "" : "s");

    private static string Invariant(int value) => value.ToString(CultureInfo.InvariantCulture);
}
