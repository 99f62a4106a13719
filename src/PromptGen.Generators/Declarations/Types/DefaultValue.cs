using System;
using System.Globalization;
using PromptGen.Generators.Model.Contracts;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Declarations.Types;

/// <summary>What a member is when it is absent.</summary>
internal static class DefaultValue
{
    /// <summary>The default in C# and in JSON; the latter is null where it would say nothing.</summary>
    public static (string CSharp, string? Json) Of(OutputMember member, ValueModel value, EnumModel? type)
    {
        if (member.Default.Value is not { } constant)
        {
            return value.IsNullable || !value.IsValueType ? ("null", null) : ("default", null);
        }

        if (value.Kind is ValueKind.Enum or ValueKind.Flags)
        {
            if (value.Kind == ValueKind.Enum && ConstantValue.OfEnum(member.Type, constant) is { } named)
            {
                return (named.CSharp, named.Json);
            }

            var number = Convert.ToString(constant, CultureInfo.InvariantCulture);
            return ($"({type!.TypeName})({number})", null);
        }

        return constant switch
        {
            string text => (Literal.String(text), JsonText.String(text)),
            bool flag => (Literal.Bool(flag), Literal.Bool(flag)),
            char c => (Literal.Char(c), JsonText.String(c.ToString())),
            double number when double.IsNaN(number) || double.IsInfinity(number) => ($"double.{Name(number)}", null),
            float number when float.IsNaN(number) || float.IsInfinity(number) => ($"float.{Name(number)}", null),
            double number => (Literal.Double(number), number.ToString("R", CultureInfo.InvariantCulture)),
            float number => (number.ToString("R", CultureInfo.InvariantCulture) + "f", number.ToString("R", CultureInfo.InvariantCulture)),
            decimal number => (number.ToString(CultureInfo.InvariantCulture) + "m", number.ToString(CultureInfo.InvariantCulture)),
            long or ulong => (Convert.ToString(constant, CultureInfo.InvariantCulture) + (constant is long ? "L" : "UL"), Convert.ToString(constant, CultureInfo.InvariantCulture)),
            IFormattable number => (number.ToString(null, CultureInfo.InvariantCulture), number.ToString(null, CultureInfo.InvariantCulture)),
            _ => ("default", null),
        };
    }

    private static string Name(double number) =>
        double.IsNaN(number) ? "NaN" : number > 0 ? "PositiveInfinity" : "NegativeInfinity";
}
