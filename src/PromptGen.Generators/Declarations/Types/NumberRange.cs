using System;
using System.Globalization;
using PromptGen.Generators.Model.Contracts;

namespace PromptGen.Generators.Declarations.Types;

/// <summary>The bounds of a <c>[Range]</c>; null = none.</summary>
internal readonly struct NumberRange(decimal? least, decimal? most, bool aboveLeast, bool belowMost)
{
    /// <summary>The constraints for a kind of number: for integers whole bounds within their type.</summary>
    public ConstraintModel For(ValueKind kind, out string? contradiction)
    {
        contradiction = null;
        if (least > most || (least == most && least is not null && (aboveLeast || belowMost)))
        {
            contradiction = $"no number lies {(aboveLeast || belowMost ? "strictly " : "")}between {Text(least)} and {Text(most)}";
            return ConstraintModel.None;
        }

        if (!kind.IsInteger())
        {
            return new ConstraintModel(Text(least), Text(most), aboveLeast && least is not null, belowMost && most is not null);
        }

        var (typeLeast, typeMost) = Limits(kind);
        var low = least is { } l ? Math.Max(typeLeast ?? decimal.MinValue, aboveLeast ? decimal.Floor(l) + 1 : decimal.Ceiling(l)) : typeLeast;
        var high = most is { } m ? Math.Min(typeMost ?? decimal.MaxValue, belowMost ? decimal.Ceiling(m) - 1 : decimal.Floor(m)) : typeMost;
        if (low > high)
        {
            contradiction = $"no {kind} lies between {Text(least)} and {Text(most)}";
        }

        return new ConstraintModel(low == typeLeast ? null : Text(low), high == typeMost ? null : Text(high));
    }

    /// <summary>The type's own limits, as far as a decimal reaches.</summary>
    private static (decimal? Least, decimal? Most) Limits(ValueKind kind)
    {
        if (kind >= ValueKind.Int128)
        {
            return (kind == ValueKind.UInt128 ? 0 : null, null);
        }

        var (least, most) = IntegerRange.Of(kind);
        return (decimal.Parse(least, NumberStyles.Float, CultureInfo.InvariantCulture), decimal.Parse(most, NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    /// <summary>Without trailing zeros, so that 1.0 and 1 are the same bound.</summary>
    private static string? Text(decimal? number) => number?.ToString("0.#############################", CultureInfo.InvariantCulture);
}
