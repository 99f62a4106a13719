using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace PromptGen.Contracts;

// Numbers that are wider, or narrower, than those of the language.
public ref partial struct ContractReader
{
    /// <summary>Reads an integer.</summary>
    /// <param name="expected">What the contract asks for.</param>
    /// <param name="minimum">The least allowed; null = that of the type.</param>
    /// <param name="maximum">The greatest allowed; null = that of the type.</param>
    /// <returns>The value.</returns>
    public Int128 Int128(string expected, Int128? minimum = null, Int128? maximum = null) =>
        TryInteger(out var integer) && integer >= (minimum ?? System.Int128.MinValue) && integer <= (maximum ?? System.Int128.MaxValue)
            ? (Int128)integer
            : OutOfBounds<Int128>(expected);

    /// <inheritdoc cref="Int128(string, System.Int128?, System.Int128?)" />
    public UInt128 UInt128(string expected, UInt128? minimum = null, UInt128? maximum = null) =>
        TryInteger(out var integer) && integer >= (minimum ?? System.UInt128.MinValue) && integer <= (maximum ?? System.UInt128.MaxValue)
            ? (UInt128)integer
            : OutOfBounds<UInt128>(expected);

    /// <summary>Reads an integer of at most 1,000 digits.</summary>
    /// <param name="expected">What the contract asks for.</param>
    /// <param name="minimum">The least allowed; null = any.</param>
    /// <param name="maximum">The greatest allowed; null = any.</param>
    /// <returns>The value.</returns>
    public BigInteger BigInteger(string expected, BigInteger? minimum = null, BigInteger? maximum = null) =>
        TryInteger(out var integer) && !(integer < minimum) && !(integer > maximum) ? integer : OutOfBounds<BigInteger>(expected);

    /// <inheritdoc cref="Double(string, double, double, bool, bool)" />
    public Half Half(
        string expected,
        double minimum = -65504,
        double maximum = 65504,
        bool aboveMinimum = false,
        bool belowMaximum = false) =>
        (Half)Double(expected, Math.Max(minimum, -65504), Math.Min(maximum, 65504), aboveMinimum, belowMaximum);

    /// <summary>The number, if it is an integer, exactly. As in JSON Schema, 3.0 and 3e0 are integers.</summary>
    private readonly bool TryInteger(out BigInteger value)
    {
        value = default;
        if (_tokens.TokenType != JsonTokenType.Number)
        {
            return false;
        }

        var number = _tokens.ValueSpan;
        if (number.IndexOfAny((byte)'.', (byte)'e', (byte)'E') >= 0)
        {
            return JsonInteger.TryParseWide(number, out value);
        }

        return number.Length <= ContractLimits.Digits + 1
            && System.Numerics.BigInteger.TryParse(Encoding.ASCII.GetString(number), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }
}
