using System.Buffers.Text;
using System.Globalization;

namespace PromptGen.Contracts;

// ISO 8601 throughout. Nothing depends on the machine's time zone.
public ref partial struct ContractReader
{
    /// <summary>Reads a date and time. One with an offset is converted to UTC, one without stays unspecified.</summary>
    /// <param name="expected">What the contract asks for.</param>
    /// <returns>The value.</returns>
    public DateTime DateTime(string expected)
    {
        if (!IsWellFormedText() || !_tokens.TryGetDateTime(out var value))
        {
            return Mismatch<DateTime>(expected);
        }

        return value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value;
    }

    /// <summary>Reads a date and time with offset; without one it is taken as UTC.</summary>
    /// <param name="expected">What the contract asks for.</param>
    /// <returns>The value.</returns>
    public DateTimeOffset DateTimeOffset(string expected)
    {
        if (!IsWellFormedText() || !_tokens.TryGetDateTimeOffset(out var value))
        {
            return Mismatch<DateTimeOffset>(expected);
        }

        return _tokens.TryGetDateTime(out var local) && local.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(local, System.TimeSpan.Zero) : value;
    }

    /// <summary>Reads a date, for example <c>"2026-11-21"</c>.</summary>
    /// <param name="expected">What the contract asks for.</param>
    /// <returns>The value.</returns>
    public DateOnly DateOnly(string expected) =>
        IsWellFormedText()
        && System.DateOnly.TryParseExact(_tokens.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value)
            ? value
            : Mismatch<DateOnly>(expected);

    /// <summary>Reads a time of day, for example <c>"14:30:00"</c>; seconds, their fraction and a final <c>Z</c> are optional.</summary>
    /// <param name="expected">What the contract asks for.</param>
    /// <returns>The value.</returns>
    public TimeOnly TimeOnly(string expected)
    {
        if (IsWellFormedText())
        {
            var text = _tokens.GetString().AsSpan();
            text = text is [.. var time, 'Z' or 'z'] ? time : text;
            if (System.TimeOnly.TryParseExact(text, "HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value)
                || System.TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out value))
            {
                return value;
            }
        }

        return Mismatch<TimeOnly>(expected);
    }

    /// <summary>Reads a duration: <c>"PT1H30M"</c>, or <c>"1.02:30:00"</c> as .NET writes it.</summary>
    /// <param name="expected">What the contract asks for.</param>
    /// <returns>The value.</returns>
    public TimeSpan TimeSpan(string expected)
    {
        if (IsWellFormedText())
        {
            var text = _tokens.ValueIsEscaped ? Unescape(_tokens.ValueSpan, _guard) : _tokens.ValueSpan;
            if (IsoDuration.TryParse(text, out var value)
                || (Utf8Parser.TryParse(text, out value, out var consumed, 'c') && consumed == text.Length && text.Count((byte)':') == 2))
            {
                return value;
            }
        }

        return Mismatch<TimeSpan>(expected);
    }
}
