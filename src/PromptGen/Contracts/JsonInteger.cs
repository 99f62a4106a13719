using System.Globalization;
using System.Numerics;
using System.Text;

namespace PromptGen.Contracts;

/// <summary>Integers that are written with a fraction or an exponent, such as <c>3.0</c> and <c>3e2</c>.</summary>
internal static class JsonInteger
{
    /// <summary>Reads a JSON number that has an integer value, exactly.</summary>
    public static bool TryParse<T>(ReadOnlySpan<byte> number, out T value)
        where T : IBinaryInteger<T>
    {
        value = T.Zero;
        var isNegative = number[0] == '-';
        var e = number.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = number[(isNegative ? 1 : 0)..(e < 0 ? number.Length : e)];
        var point = mantissa.IndexOf((byte)'.');
        if (mantissa.IndexOfAnyExcept("0."u8) < 0)
        {
            return true;
        }

        var whole = (point < 0 ? mantissa.Length : point) + (e < 0 ? 0 : Exponent(number[(e + 1)..]));
        var integerDigits = 0;
        var parsed = Int128.Zero;
        for (var i = 0; i < mantissa.Length; i++)
        {
            if (mantissa[i] == '.')
            {
                continue;
            }

            var digit = mantissa[i] - '0';
            if (integerDigits++ < whole)
            {
                parsed = (parsed * 10) + digit;
            }
            else if (digit != 0)
            {
                return false;
            }

            if (parsed > ulong.MaxValue)
            {
                return false;
            }
        }

        for (; integerDigits < whole; integerDigits++)
        {
            parsed *= 10;
            if (parsed > ulong.MaxValue)
            {
                return false;
            }
        }

        parsed = isNegative ? -parsed : parsed;
        value = T.CreateTruncating(parsed);
        return Int128.CreateChecked(value) == parsed;
    }

    /// <summary>Reads a JSON number that has an integer value of at most <see cref="ContractLimits.Digits"/> digits, exactly.</summary>
    public static bool TryParseWide(ReadOnlySpan<byte> number, out BigInteger value)
    {
        value = BigInteger.Zero;
        var isNegative = number[0] == '-';
        var e = number.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = number[(isNegative ? 1 : 0)..(e < 0 ? number.Length : e)];
        var point = mantissa.IndexOf((byte)'.');
        var fraction = point < 0 ? default : mantissa[(point + 1)..].TrimEnd((byte)'0');
        var whole = point < 0 ? mantissa : mantissa[..point];
        var digits = (Encoding.ASCII.GetString(whole) + Encoding.ASCII.GetString(fraction)).TrimStart('0');
        if (digits.Length == 0)
        {
            return true;
        }

        var zeros = (e < 0 ? 0 : Exponent(number[(e + 1)..])) - fraction.Length + digits.Length;
        digits = digits.TrimEnd('0');
        zeros -= digits.Length;
        if (zeros < 0 || digits.Length + zeros > ContractLimits.Digits)
        {
            return false;
        }

        value = BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) * BigInteger.Pow(10, zeros);
        value = isNegative ? -value : value;
        return true;
    }

    /// <summary>An exponent, as far as it makes a difference: no answer has digits enough to make up for a larger one.</summary>
    private static int Exponent(ReadOnlySpan<byte> text)
    {
        var exponent = 0;
        foreach (var c in text.TrimStart("+-"u8))
        {
            exponent = Math.Min((exponent * 10) + (c - '0'), 100_000_000);
        }

        return text[0] == '-' ? -exponent : exponent;
    }
}
