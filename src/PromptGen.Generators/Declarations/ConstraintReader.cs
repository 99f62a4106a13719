using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Schemas;

namespace PromptGen.Generators.Declarations;

/// <summary>Reads DataAnnotations as the constraints of a value.</summary>
internal static class ConstraintReader
{
    private static readonly KnownAttribute[] s_lengths =
        [KnownAttribute.MinLength, KnownAttribute.MaxLength, KnownAttribute.Length, KnownAttribute.StringLength];

    private static readonly KnownAttribute[] s_texts = [KnownAttribute.RegularExpression, KnownAttribute.EmailAddress, KnownAttribute.Url];

    /// <summary>The constraints; <paramref name="contradiction"/> says where they contradict themselves or the kind of the value.</summary>
    public static ConstraintModel Read(MemberAttributes attributes, ValueKind kind, out string? contradiction)
    {
        var constraints = ConstraintModel.None;
        contradiction = WhyNotFor(kind, attributes);
        if (contradiction is not null)
        {
            return constraints;
        }

        if (attributes.Find(KnownAttribute.Range) is { } range)
        {
            constraints = RangeOf(range, kind, out contradiction);
        }

        constraints = WithLength(constraints, attributes, kind);
        contradiction ??= constraints.MinLength < 0 || constraints.MaxLength < 0 ? "a length can't be negative"
            : constraints.MinLength > constraints.MaxLength ? $"the minimum length {constraints.MinLength} is above the maximum length {constraints.MaxLength}"
            : null;
        if (attributes.Find(KnownAttribute.RegularExpression)?.ConstructorArguments.FirstOrDefault().Value is string pattern)
        {
            constraints = constraints with { Pattern = pattern };
            contradiction ??= PatternText.Error(pattern) is { } error ? $"the regular expression is invalid: {error}" : null;
        }

        return attributes.Has(KnownAttribute.EmailAddress) ? constraints with { Format = "Email" }
            : attributes.Has(KnownAttribute.Url) ? constraints with { Format = "Url" }
            : constraints;
    }

    private static string? WhyNotFor(ValueKind kind, MemberAttributes attributes)
    {
        if (attributes.Has(KnownAttribute.Range) && !kind.IsNumber())
        {
            return $"[Range] bounds numbers, not {Noun(kind)}";
        }

        foreach (var attribute in s_lengths)
        {
            if (attributes.Has(attribute) && !(kind == ValueKind.String || (kind is ValueKind.Array or ValueKind.Map && attribute != KnownAttribute.StringLength)))
            {
                return $"[{attribute}] does not apply to {Noun(kind)}";
            }
        }

        foreach (var attribute in s_texts)
        {
            if (attributes.Has(attribute) && kind != ValueKind.String)
            {
                return $"[{attribute}] does not apply to {Noun(kind)}";
            }
        }

        return null;
    }

    private static string Noun(ValueKind kind) => kind switch
    {
        ValueKind.String => "a string",
        ValueKind.Array => "a list",
        ValueKind.Map => "a dictionary",
        ValueKind.Object => "an object",
        ValueKind.Enum or ValueKind.Flags => "an enum",
        ValueKind.Bytes => "a byte array",
        _ => kind.IsNumber() ? "a number" : $"a {kind}",
    };

    private static ConstraintModel WithLength(ConstraintModel constraints, MemberAttributes attributes, ValueKind kind)
    {
        // [Required] means more than "there": an empty string does not do.
        var isFilled = kind == ValueKind.String && attributes.Find(KnownAttribute.Required) is { } required && !Named(required, "AllowEmptyStrings");
        var least = isFilled ? 1 : 0;
        int? most = null;
        foreach (var attribute in s_lengths)
        {
            if (attributes.Find(attribute) is not { } data)
            {
                continue;
            }

            var numbers = data.ConstructorArguments.Select(argument => argument.Value).OfType<int>().ToArray();
            var (low, high) = attribute switch
            {
                KnownAttribute.MinLength => (First(numbers), null),
                KnownAttribute.MaxLength => (0, numbers.Length == 0 || numbers[0] == -1 ? null : numbers[0]),
                KnownAttribute.Length => (First(numbers), numbers.Length > 1 ? numbers[1] : null),
                _ => (
                    data.NamedArguments.FirstOrDefault(argument => argument.Key == "MinimumLength").Value is { Kind: TypedConstantKind.Primitive, Value: int minimum } ? minimum : 0,
                    (int?)First(numbers)),
            };
            least = low < 0 ? low : Math.Max(least, low);
            most = most is { } known && high is { } other ? Math.Min(known, other) : high ?? most;
        }

        return constraints with { MinLength = least, MaxLength = most };
    }

    private static int First(int[] numbers) => numbers.Length == 0 ? 0 : numbers[0];

    private static bool Named(AttributeData data, string name) =>
        data.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value is { Kind: TypedConstantKind.Primitive, Value: true };

    private static ConstraintModel RangeOf(AttributeData range, ValueKind kind, out string? contradiction)
    {
        var arguments = range.ConstructorArguments;
        contradiction = null;
        var isTyped = arguments.Length == 3;
        if (arguments.Length is not (2 or 3)
            || !TryNumber(arguments[isTyped ? 1 : 0].Value, out var least)
            || !TryNumber(arguments[isTyped ? 2 : 1].Value, out var most))
        {
            contradiction = "the bounds of [Range] are no numbers";
            return ConstraintModel.None;
        }

        var bounds = new NumberRange(least, most, Named(range, "MinimumIsExclusive"), Named(range, "MaximumIsExclusive"));
        return bounds.For(kind, out contradiction);
    }

    /// <summary>A bound; one that is beyond every decimal bounds nothing and comes back as null.</summary>
    private static bool TryNumber(object? value, out decimal? number)
    {
        number = null;
        switch (value)
        {
            case int integer:
                number = integer;
                return true;
            case double real when double.IsNaN(real):
                return false;
            case double real when Math.Abs(real) < 7.9e28:
                // By its shortest text: the direct conversion keeps 15 digits only.
                return TryNumber(real.ToString("R", CultureInfo.InvariantCulture), out number);
            case double:
                return true;
            case string text:
                var isNumber = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed);
                number = isNumber ? parsed : null;
                return isNumber || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
            default:
                return false;
        }
    }
}
