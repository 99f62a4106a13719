namespace PromptGen.Contracts.Schemas;

/// <summary>
/// A JSON number by its value, regardless of its notation and size: digits without zeros at either end, and the position of the decimal
/// point. Exact, unlike any number type of the platform.
/// </summary>
internal readonly ref struct JsonNumber
{
    private const int MaxExponent = 1_000_000_000;

    private readonly ReadOnlySpan<byte> _digits;
    private readonly bool _isNegative;

    public JsonNumber(ReadOnlySpan<byte> text)
    {
        _isNegative = text[0] == '-';
        var e = text.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = text[(_isNegative ? 1 : 0)..(e < 0 ? text.Length : e)];
        var point = mantissa.IndexOf((byte)'.');
        point = point < 0 ? mantissa.Length : point;
        var first = mantissa.IndexOfAnyExcept((byte)'0', (byte)'.');
        if (first < 0)
        {
            _isNegative = false;
            return;
        }

        var last = mantissa.LastIndexOfAnyExcept((byte)'0', (byte)'.');
        var exponent = e < 0 ? 0 : Exponent(text[(e + 1)..]);
        _digits = mantissa[first..(last + 1)];
        Whole = exponent + point - first + (first > point ? 1 : 0);
        Scale = exponent + point - last - (last > point ? 0 : 1);
    }

    public bool IsZero => _digits.IsEmpty;

    /// <summary>Whether it has no fraction: 3.0 and 3e2 have none either.</summary>
    public bool IsInteger => Scale >= 0;

    /// <summary>The power of ten that the last digit counts.</summary>
    public int Scale { get; }

    /// <summary>How many digits precede the decimal point; negative where zeros follow it first.</summary>
    private int Whole { get; }

    public int CompareTo(JsonNumber other)
    {
        if (_isNegative != other._isNegative || IsZero || other.IsZero)
        {
            return Sign().CompareTo(other.Sign());
        }

        var magnitude = Whole.CompareTo(other.Whole);
        magnitude = magnitude != 0 ? magnitude : CompareDigits(_digits, other._digits);
        return _isNegative ? -magnitude : magnitude;
    }

    /// <summary>Whether it is a whole number of times the divisor, whose digits fit in 64 bits and which is above zero.</summary>
    public bool IsMultipleOf(JsonNumber divisor)
    {
        if (IsZero)
        {
            return true;
        }

        // Its own digits don't end in a zero, so they are no multiple of anything that brings further powers of ten.
        return Scale >= divisor.Scale && IsMultipleOf(divisor.Digits(), Scale - divisor.Scale);
    }

    public int GetValueHash()
    {
        var hash = default(HashCode);
        hash.Add(Sign());
        hash.Add(Whole);
        foreach (var digit in _digits)
        {
            if (digit != '.')
            {
                hash.Add(digit);
            }
        }

        return hash.ToHashCode();
    }

    private bool IsMultipleOf(ulong divisor, int zeros)
    {
        UInt128 remainder = 0;
        foreach (var digit in _digits)
        {
            remainder = digit == '.' ? remainder : ((remainder * 10) + (uint)(digit - '0')) % divisor;
        }

        UInt128 power = 10 % divisor;
        for (; zeros > 0 && remainder != 0; zeros >>= 1)
        {
            remainder = (zeros & 1) == 0 ? remainder : remainder * power % divisor;
            power = power * power % divisor;
        }

        return remainder == 0;
    }

    private ulong Digits()
    {
        var value = 0UL;
        foreach (var digit in _digits)
        {
            value = digit == '.' ? value : checked((value * 10) + (uint)(digit - '0'));
        }

        return value;
    }

    private int Sign() => IsZero ? 0 : _isNegative ? -1 : 1;

    private static int CompareDigits(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var i = 0;
        var j = 0;
        for (; i < left.Length && j < right.Length; i++, j++)
        {
            i += left[i] == '.' ? 1 : 0;
            j += right[j] == '.' ? 1 : 0;
            if (left[i] != right[j])
            {
                return left[i].CompareTo(right[j]);
            }
        }

        return (i < left.Length).CompareTo(j < right.Length);
    }

    /// <summary>An exponent, limited: no text has enough digits to compensate for a larger one.</summary>
    private static int Exponent(ReadOnlySpan<byte> text)
    {
        var exponent = 0;
        foreach (var digit in text.TrimStart("+-"u8))
        {
            exponent = (int)Math.Min((exponent * 10L) + (digit - '0'), MaxExponent);
        }

        return text[0] == '-' ? -exponent : exponent;
    }
}
