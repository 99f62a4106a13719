using System.Text.Json;

namespace PromptGen.Contracts;

// Each reads a number within bounds. As in JSON Schema, 3.0 and 3e0 are integers.
public ref partial struct ContractReader
{
    /// <summary>Reads an integer.</summary>
    /// <param name="expected">What the contract asks for.</param>
    /// <param name="minimum">The least allowed.</param>
    /// <param name="maximum">The greatest allowed.</param>
    /// <returns>The value.</returns>
    public byte Byte(string expected, byte minimum = byte.MinValue, byte maximum = byte.MaxValue) => (byte)Int64(expected, minimum, maximum);

    /// <inheritdoc cref="Byte(string, byte, byte)" />
    public sbyte SByte(string expected, sbyte minimum = sbyte.MinValue, sbyte maximum = sbyte.MaxValue) => (sbyte)Int64(expected, minimum, maximum);

    /// <inheritdoc cref="Byte(string, byte, byte)" />
    public short Int16(string expected, short minimum = short.MinValue, short maximum = short.MaxValue) => (short)Int64(expected, minimum, maximum);

    /// <inheritdoc cref="Byte(string, byte, byte)" />
    public ushort UInt16(string expected, ushort minimum = ushort.MinValue, ushort maximum = ushort.MaxValue) => (ushort)Int64(expected, minimum, maximum);

    /// <inheritdoc cref="Byte(string, byte, byte)" />
    public int Int32(string expected, int minimum = int.MinValue, int maximum = int.MaxValue) => (int)Int64(expected, minimum, maximum);

    /// <inheritdoc cref="Byte(string, byte, byte)" />
    public uint UInt32(string expected, uint minimum = uint.MinValue, uint maximum = uint.MaxValue) => (uint)Int64(expected, minimum, maximum);

    /// <inheritdoc cref="Byte(string, byte, byte)" />
    public long Int64(string expected, long minimum = long.MinValue, long maximum = long.MaxValue)
    {
        if (_tokens.TokenType == JsonTokenType.Number
            && (_tokens.TryGetInt64(out var value) || JsonInteger.TryParse(_tokens.ValueSpan, out value))
            && value >= minimum && value <= maximum)
        {
            return value;
        }

        return OutOfBounds<long>(expected);
    }

    /// <inheritdoc cref="Byte(string, byte, byte)" />
    public ulong UInt64(string expected, ulong minimum = ulong.MinValue, ulong maximum = ulong.MaxValue)
    {
        if (_tokens.TokenType == JsonTokenType.Number
            && (_tokens.TryGetUInt64(out var value) || JsonInteger.TryParse(_tokens.ValueSpan, out value))
            && value >= minimum && value <= maximum)
        {
            return value;
        }

        return OutOfBounds<ulong>(expected);
    }

    /// <summary>Reads a finite number.</summary>
    /// <param name="expected">What the contract asks for.</param>
    /// <param name="minimum">The least allowed.</param>
    /// <param name="maximum">The greatest allowed.</param>
    /// <param name="aboveMinimum">Whether the minimum itself is not allowed.</param>
    /// <param name="belowMaximum">Whether the maximum itself is not allowed.</param>
    /// <returns>The value.</returns>
    public double Double(
        string expected,
        double minimum = double.MinValue,
        double maximum = double.MaxValue,
        bool aboveMinimum = false,
        bool belowMaximum = false)
    {
        // The default bounds also keep out the infinity that 1e999 is read as.
        if (_tokens.TokenType == JsonTokenType.Number && _tokens.TryGetDouble(out var value)
            && value >= minimum && value <= maximum && !(aboveMinimum && value == minimum) && !(belowMaximum && value == maximum))
        {
            return value;
        }

        return OutOfBounds<double>(expected);
    }

    /// <inheritdoc cref="Double(string, double, double, bool, bool)" />
    public float Single(
        string expected,
        double minimum = float.MinValue,
        double maximum = float.MaxValue,
        bool aboveMinimum = false,
        bool belowMaximum = false) =>
        // Bounds hold for the number as written: 0.7 is not below a minimum of 0.7, though the nearest float is.
        (float)Double(expected, Math.Max(minimum, float.MinValue), Math.Min(maximum, float.MaxValue), aboveMinimum, belowMaximum);

    /// <inheritdoc cref="Double(string, double, double, bool, bool)" />
    public decimal Decimal(
        string expected,
        decimal minimum = decimal.MinValue,
        decimal maximum = decimal.MaxValue,
        bool aboveMinimum = false,
        bool belowMaximum = false)
    {
        if (_tokens.TokenType == JsonTokenType.Number && _tokens.TryGetDecimal(out var value)
            && value >= minimum && value <= maximum && !(aboveMinimum && value == minimum) && !(belowMaximum && value == maximum))
        {
            return value;
        }

        return OutOfBounds<decimal>(expected);
    }
}
