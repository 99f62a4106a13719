using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PromptGen.Contracts.Schemas;

/// <summary>What a schema asks of a number. Every bound is a JSON number as the schema writes it, and holds exactly.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class NumberRule
{
    private readonly byte[]? _minimum;
    private readonly byte[]? _above;
    private readonly byte[]? _maximum;
    private readonly byte[]? _below;
    private readonly byte[]? _multipleOf;
    private readonly long _least;
    private readonly long _most;
    private readonly long _step;
    private readonly bool _decidesIntegers;
    private readonly decimal _minimumDecimal;
    private readonly decimal _aboveDecimal;
    private readonly decimal _maximumDecimal;
    private readonly decimal _belowDecimal;
    private readonly bool _decidesDecimals;

    /// <summary>Creates a rule.</summary>
    /// <param name="minimum">The least allowed; null = no limit.</param>
    /// <param name="above">What it has to be greater than; null = no limit.</param>
    /// <param name="maximum">The greatest allowed; null = no limit.</param>
    /// <param name="below">What it has to be less than; null = no limit.</param>
    /// <param name="multipleOf">What it has to be a multiple of, above zero and of at most 18 digits; null = anything.</param>
    public NumberRule(string? minimum = null, string? above = null, string? maximum = null, string? below = null, string? multipleOf = null)
    {
        _minimum = Bytes(minimum);
        _above = Bytes(above);
        _maximum = Bytes(maximum);
        _below = Bytes(below);
        _multipleOf = Bytes(multipleOf);

        // For integers of 64 bits each bound comes down to one comparison, unless it is beyond them itself.
        _decidesIntegers = TryInteger(minimum, Math.Ceiling, long.MinValue, out var minimumInteger)
            & TryInteger(above, Math.Floor, long.MinValue, out var aboveInteger)
            & TryInteger(maximum, Math.Floor, long.MaxValue, out var maximumInteger)
            & TryInteger(below, Math.Ceiling, long.MaxValue, out var belowInteger)
            & TryInteger(multipleOf, static step => step == decimal.Truncate(step) ? step : 0, 1, out _step) & _step > 0;
        _decidesDecimals = TryDecimal(_minimum, out _minimumDecimal) & TryDecimal(_above, out _aboveDecimal)
            & TryDecimal(_maximum, out _maximumDecimal) & TryDecimal(_below, out _belowDecimal);
        _least = Math.Max(minimumInteger, above is null ? aboveInteger : aboveInteger + 1);
        _most = Math.Min(maximumInteger, below is null ? belowInteger : belowInteger - 1);
    }

    internal bool Allows(ref Utf8JsonReader tokens)
    {
        if (_decidesIntegers && tokens.TryGetInt64(out var integer))
        {
            return integer >= _least && integer <= _most && (_step == 1 || integer % _step == 0);
        }

        if (_multipleOf is null && _decidesDecimals && TryDecimal(tokens.ValueSpan, out var value))
        {
            return (_minimum is null || value >= _minimumDecimal) && (_above is null || value > _aboveDecimal)
                && (_maximum is null || value <= _maximumDecimal) && (_below is null || value < _belowDecimal);
        }

        var number = new JsonNumber(tokens.ValueSpan);
        return (_minimum is null || number.CompareTo(new JsonNumber(_minimum)) >= 0)
            && (_above is null || number.CompareTo(new JsonNumber(_above)) > 0)
            && (_maximum is null || number.CompareTo(new JsonNumber(_maximum)) <= 0)
            && (_below is null || number.CompareTo(new JsonNumber(_below)) < 0)
            && (_multipleOf is null || number.IsMultipleOf(new JsonNumber(_multipleOf)));
    }

    private static bool TryInteger(string? bound, Func<decimal, decimal> round, long otherwise, out long integer)
    {
        integer = otherwise;
        if (bound is null)
        {
            return true;
        }

        // Longer ones may be rounded on the way, or be no 64-bit integer.
        if (bound.Length > 18
            || !decimal.TryParse(bound, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        integer = (long)round(value);
        return true;
    }

    /// <summary>A number of few digits and without an exponent, which is what people write, exactly; 0 where there is none.</summary>
    private static bool TryDecimal(ReadOnlySpan<byte> text, out decimal value)
    {
        value = 0;
        if (text.Length > 18)
        {
            return false;
        }

        var isNegative = !text.IsEmpty && text[0] == '-';
        var digits = 0L;
        var scale = -1;
        foreach (var c in isNegative ? text[1..] : text)
        {
            if (char.IsAsciiDigit((char)c))
            {
                digits = (digits * 10) + (c - '0');
                scale += scale < 0 ? 0 : 1;
            }
            else if (c != '.')
            {
                return false;
            }
            else
            {
                scale = 0;
            }
        }

        value = new decimal((int)digits, (int)(digits >> 32), 0, isNegative, (byte)Math.Max(0, scale));
        return true;
    }

    private static byte[]? Bytes(string? number) => number is null ? null : Encoding.ASCII.GetBytes(number);
}
