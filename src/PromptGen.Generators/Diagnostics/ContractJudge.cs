using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model.Contracts;
using PromptGen.Generators.Schemas.Json;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Diagnostics;

/// <summary>Judges whether an answer can keep the constraints of an output type: PG0307, and PG0302 where only some of the listed values cannot; PG0308 for what no answer can set.</summary>
internal static class ContractJudge
{
    /// <summary>The widest range of integers whose values are compared with those that are denied.</summary>
    private const int MaxDenied = 1_000;

    public static IEnumerable<Finding> Judge(ContractModel contract)
    {
        if (!contract.CanEmit)
        {
            yield break;
        }

        foreach (var (type, member) in EndlessTypes.In(contract))
        {
            yield return At(type, member, "PG0307", $"'{Name(type, member)}' is required, and a value of it needs another '{ShortName(type)}' without end: make it nullable, or a list");
        }

        foreach (var type in contract.Objects)
        {
            foreach (var name in type.Unset)
            {
                yield return Finding.At(new Place.Member(type.MetadataName, name), "PG0308", $"{ShortName(type)}.{name}");
            }

            foreach (var member in type.Members)
            {
                foreach (var finding in Values(contract, type, member, member.Value))
                {
                    yield return finding;
                }
            }
        }
    }

    private static IEnumerable<Finding> Values(ContractModel contract, ObjectModel type, MemberModel member, ValueModel value)
    {
        var constraints = value.Constraints;
        if (constraints.Allowed.Count > 0)
        {
            var excluded = constraints.Allowed.Where(allowed => Why(allowed.Json, value) is not null).ToArray();
            if (excluded.Length == constraints.Allowed.Count && !value.IsNullable)
            {
                yield return At(type, member, "PG0307", $"No answer can have a value for '{Name(type, member)}': each one of [AllowedValues] is denied or outside of the other constraints; correct one of them");
            }
            else if (excluded.Length > 0)
            {
                yield return At(type, member, "PG0302", $"[AllowedValues] of '{member.Name}' names {excluded[0].Json}, {Why(excluded[0].Json, value)}: remove it, or correct the other constraint") with { Severity = DiagnosticSeverity.Warning };
            }
        }
        else if (constraints.Denied.Count > 0 && !value.IsNullable && AllOf(contract, value) is { } all && all.All(one => IsDenied(one, value)))
        {
            yield return At(type, member, "PG0307", $"No answer can have a value for '{Name(type, member)}': [DeniedValues] names every value that it can have; remove one of them");
        }

        if (member.DefaultJson is { } text && value == member.Value && constraints != ConstraintModel.None && Why(text, value) is { } why)
        {
            yield return At(type, member, "PG0307", $"The default {text} of '{Name(type, member)}' cannot be an answer: it is what an answer without the member has, {why}; change the default or the constraint") with { Severity = DiagnosticSeverity.Warning };
        }

        if (value.Kind is ValueKind.Array or ValueKind.Map)
        {
            foreach (var finding in Values(contract, type, member, value.Item))
            {
                // A list without items keeps the contract.
                if (finding.Id != "PG0307" || value.Constraints.MinLength > 0)
                {
                    yield return finding;
                }
            }
        }
    }

    /// <summary>Every value that there is without those that are denied; null where they are many.</summary>
    private static IEnumerable<string>? AllOf(ContractModel contract, ValueModel value) => value.Kind switch
    {
        ValueKind.Enum => contract.Enums[value.Reference].Members.Select(static member => JsonText.String(member.JsonName)),
        ValueKind.Boolean => ["true", "false"],
        _ when value.Kind.IsInteger() && Number(value.Constraints.Minimum) is { } least && Number(value.Constraints.Maximum) is { } most && most - least < MaxDenied =>
            Enumerable.Range(0, (int)(most - least) + 1).Select(step => (least + step).ToString(CultureInfo.InvariantCulture)),
        _ => null,
    };

    /// <summary>Why a value, in JSON, does not keep the constraints; null where it does.</summary>
    private static string? Why(string json, ValueModel value)
    {
        var constraints = value.Constraints;
        if (IsDenied(json, value))
        {
            return "which [DeniedValues] denies";
        }

        if (constraints.Allowed.Count > 0 && !constraints.Allowed.Any(allowed => AreEqual(allowed.Json, json)))
        {
            return "which [AllowedValues] does not allow";
        }

        if (value.Kind.IsNumber() && Number(json) is { } number)
        {
            return number < Number(constraints.Minimum) || (constraints.AboveMinimum && number == Number(constraints.Minimum)) ? $"which is below the minimum {constraints.Minimum}"
                : number > Number(constraints.Maximum) || (constraints.BelowMaximum && number == Number(constraints.Maximum)) ? $"which is above the maximum {constraints.Maximum}"
                : null;
        }

        return value.Kind != ValueKind.String || !constraints.HasLength || JsonParser.Parse(json, out _) is not { Kind: JsonKind.String, Text.Length: var length } ? null
            : length < constraints.MinLength ? $"which is shorter than {Wording.Number(constraints.MinLength)} characters"
            : length > constraints.MaxLength ? $"which is longer than {Wording.Number(constraints.MaxLength.Value)} characters"
            : null;
    }

    private static bool IsDenied(string json, ValueModel value) => value.Constraints.Denied.Any(denied => AreEqual(denied.Json, json));

    private static bool AreEqual(string one, string other) => one == other || (Number(one) is { } number && number == Number(other));

    private static decimal? Number(string? text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Name(ObjectModel type, MemberModel member) => ShortName(type) + "." + member.Name;

    private static string ShortName(ObjectModel type) => type.MetadataName.Substring(type.MetadataName.LastIndexOfAny(['.', '+']) + 1).Split('`')[0];

    private static Finding At(ObjectModel type, MemberModel member, string id, string message) => Finding.At(new Place.Member(type.MetadataName, member.Name), id, message);
}
