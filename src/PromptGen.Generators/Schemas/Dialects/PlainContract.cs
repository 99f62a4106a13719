using PromptGen.Generators.Model;
using PromptGen.Generators.Model.Contracts;

namespace PromptGen.Generators.Schemas.Dialects;

/// <summary>
/// Recognizes plain contracts, whose schema every dialect accepts unchanged, without reading the schema: most contracts are plain, and need no rewriting.
/// All others are rewritten. A contract that is reported as plain must be plain; a plain contract that is not recognized costs time only.
/// </summary>
internal static class PlainContract
{
    // Far below every limit of every dialect.
    private const int MaxObjects = 8;
    private const int MaxMembers = 128;
    private const int MaxNullable = 12;
    private const int MaxEnumMembers = 64;
    private const int MaxNesting = 8;

    public static bool Is(ContractModel contract, DialectSet dialects)
    {
        var takesFormats = !dialects.Contains(SchemaDialect.AzureOpenAI);
        if (contract.Objects.Count > MaxObjects)
        {
            return false;
        }

        var nullable = 0;
        var members = 0;
        var enumMembers = 0;
        if (!IsPlain(contract.Root, -1, takesFormats, ref nullable))
        {
            return false;
        }

        for (var i = 0; i < contract.Objects.Count; i++)
        {
            members += contract.Objects[i].Members.Count;
            foreach (var member in contract.Objects[i].Members)
            {
                if (!member.IsRequired || !IsPlain(member.Value, i, takesFormats, ref nullable))
                {
                    return false;
                }
            }
        }

        foreach (var type in contract.Enums)
        {
            enumMembers += type.Members.Count;
            if (!type.AreNamesDistinct)
            {
                return false;
            }
        }

        return members <= MaxMembers && nullable <= MaxNullable && enumMembers <= MaxEnumMembers;
    }

    private static bool IsPlain(ValueModel value, int owner, bool takesFormats, ref int nullable)
    {
        for (var depth = 0; depth < MaxNesting; depth++)
        {
            nullable += value.IsNullable ? 1 : 0;
            if (value.Constraints != ConstraintModel.None)
            {
                return false;
            }

            switch (value.Kind)
            {
                case ValueKind.String or ValueKind.Boolean or ValueKind.Int32 or ValueKind.Int64 or ValueKind.Single or ValueKind.Double or ValueKind.Decimal:
                    return true;
                case ValueKind.DateTime or ValueKind.DateTimeOffset or ValueKind.DateOnly or ValueKind.TimeSpan or ValueKind.Guid:
                    return takesFormats;
                case ValueKind.Enum:
                    // For Gemini, null is separate from an enum.
                    return !value.IsNullable;
                case ValueKind.Object:
                    // Types are numbered as they are met: what leads back leads to itself or to an earlier one.
                    return value.Reference > owner;
                case ValueKind.Array:
                    value = value.Item;
                    break;
                default:
                    return false;
            }
        }

        return false;
    }
}
