using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using PromptGen.Generators.Model.Contracts;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Declarations.Types;

/// <summary>Reads DataAnnotations as the constraints of a value.</summary>
internal static class ConstraintReader
{
    private static readonly KnownAttribute[] s_lengths =
        [KnownAttribute.MinLength, KnownAttribute.MaxLength, KnownAttribute.Length, KnownAttribute.StringLength];

    private static readonly KnownAttribute[] s_texts = [KnownAttribute.RegularExpression, KnownAttribute.EmailAddress, KnownAttribute.Url, KnownAttribute.Base64String];

    private static readonly KnownAttribute[] s_constants = [KnownAttribute.AllowedValues, KnownAttribute.DeniedValues];

    // What says nothing about a list or dictionary itself is meant for what is in it.
    private static readonly KnownAttribute[] s_items = [KnownAttribute.Range, KnownAttribute.StringLength, .. s_texts, .. s_constants];

    /// <summary>The value with its constraints; <paramref name="contradiction"/> says where they contradict themselves or the kind of the value.</summary>
    public static ValueModel Apply(MemberAttributes attributes, ValueModel value, out string? contradiction)
    {
        contradiction = null;
        if (attributes.IsEmpty)
        {
            return value;
        }

        if (value.Kind is not (ValueKind.Array or ValueKind.Map))
        {
            return value with { Constraints = Read(attributes, value.Kind, out contradiction) };
        }

        if (s_items.Any(attributes.Has))
        {
            var item = Apply(attributes.Only(s_items), value.Item, out contradiction);
            value = value with { Items = new([item, .. value.Items.Skip(1)]) };
        }

        var own = Read(attributes.Except(s_items), value.Kind, out var other);
        contradiction ??= other;
        return value with { Constraints = own };
    }

    private static ConstraintModel Read(MemberAttributes attributes, ValueKind kind, out string? contradiction)
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

        constraints = constraints with
        {
            Allowed = ConstantsOf(attributes, KnownAttribute.AllowedValues, kind, ref contradiction),
            Denied = ConstantsOf(attributes, KnownAttribute.DeniedValues, kind, ref contradiction),
        };
        return attributes.Has(KnownAttribute.EmailAddress) ? constraints with { Format = "Email" }
            : attributes.Has(KnownAttribute.Url) ? constraints with { Format = "Url" }
            : attributes.Has(KnownAttribute.Base64String) ? constraints with { Format = "Base64" }
            : constraints;
    }

    /// <summary>Whether the values that a member may have are named, and null is none of them.</summary>
    public static bool ExcludesNull(MemberAttributes attributes) =>
        attributes.Find(KnownAttribute.AllowedValues) is { } allowed && !Arguments(allowed).Any(static argument => argument.IsNull);

    private static EquatableArray<ConstantModel> ConstantsOf(MemberAttributes attributes, KnownAttribute attribute, ValueKind kind, ref string? contradiction)
    {
        if (attributes.Find(attribute) is not { } data)
        {
            return default;
        }

        var constants = new List<ConstantModel>();
        foreach (var argument in Arguments(data).Where(static argument => !argument.IsNull))
        {
            if (ConstantValue.Of(argument, kind) is { } constant)
            {
                constants.Add(constant);
            }
            else
            {
                contradiction ??= $"[{attribute}] names {argument.ToCSharpString()}, which is no value of {Noun(kind)}";
            }
        }

        contradiction ??= constants.Count == 0 ? $"[{attribute}] names no value" : null;
        return constants.ToEquatableArray();
    }

    private static ImmutableArray<TypedConstant> Arguments(AttributeData data) =>
        data.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Array, IsNull: false } values ? values.Values : ImmutableArray<TypedConstant>.Empty;

    private static string? WhyNotFor(ValueKind kind, MemberAttributes attributes)
    {
        if (attributes.Has(KnownAttribute.Range) && !kind.IsNumber())
        {
            return $"[Range] applies to numbers, not to {Noun(kind)}";
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

        return s_constants.Any(attributes.Has) && !kind.HasConstants() ? $"values of {Noun(kind)} can't be listed" : null;
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
