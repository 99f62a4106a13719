using System;
using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Model.Contracts;

namespace PromptGen.Generators.Schemas;

/// <summary>Whether an object is recognisable as one case of a union and no other, without a look into its members' own members.</summary>
internal static class UnionCases
{
    private static readonly string[] s_some = ["Boolean", "Number", "String", "Array", "Object"];

    /// <summary>Whether no object fits both.</summary>
    public static bool AreDistinct(ObjectModel left, ObjectModel right, ContractModel contract) => Excludes(left, right, contract) || Excludes(right, left, contract);

    /// <summary>The JSON kinds that a member may have: names of <c>JsonKinds</c>.</summary>
    public static IReadOnlyList<string> KindsOf(MemberModel member)
    {
        var value = member.Value;
        string[] kinds = value.Kind switch
        {
            ValueKind.Boolean => ["Boolean"],
            ValueKind.Flags or ValueKind.Array or ValueKind.JsonArray => ["Array"],
            ValueKind.Object or ValueKind.Union or ValueKind.Map or ValueKind.JsonObject => ["Object"],
            ValueKind.JsonElement => ["Null", .. s_some],
            ValueKind.AnyValue or ValueKind.JsonNode => s_some,
            _ => [value.Kind.IsNumber() ? "Number" : "String"],
        };
        return (value.IsNullable || !member.IsRequired) && kinds[0] != "Null" ? ["Null", .. kinds] : kinds;
    }

    /// <summary>The texts that a member may have, as JSON; empty = not only certain ones.</summary>
    public static IReadOnlyList<string> TextsOf(MemberModel member, ContractModel contract) =>
        member.Value.Kind == ValueKind.Enum ? [.. contract.NamesOf(member.Value)]
        : member.Value.Kind == ValueKind.String ? [.. member.Value.Constraints.Allowed.Select(static constant => constant.Json)]
        : [];

    /// <summary>What such an object has to have, in words.</summary>
    public static string Describe(ObjectModel type)
    {
        var required = type.Members.Where(static member => member.IsRequired).ToList();
        return string.Join(", ", (required.Count > 0 ? required : type.Members.ToList()).Select(static member => "\"" + member.JsonName + "\""));
    }

    /// <summary>Whether a member that one has to have is none of the other's, or can't be there what it is here.</summary>
    private static bool Excludes(ObjectModel left, ObjectModel right, ContractModel contract) => left.Members.Any(member =>
        member.IsRequired
        && (MemberTable.FindJson(right, member.JsonName) is not { } same || Excludes(member, same, contract)));

    private static bool Excludes(MemberModel left, MemberModel right, ContractModel contract)
    {
        var kinds = KindsOf(left).Intersect(KindsOf(right)).ToList();
        return kinds.Count == 0
            || (kinds.Count == 1 && kinds[0] == "String"
                && TextsOf(left, contract) is { Count: > 0 } texts
                && TextsOf(right, contract) is { Count: > 0 } others
                && !texts.Intersect(others, StringComparer.OrdinalIgnoreCase).Any());
    }
}
