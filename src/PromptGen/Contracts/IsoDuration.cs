using System.Buffers.Text;

namespace PromptGen.Contracts;

/// <summary>Durations of ISO 8601, for example <c>PT1H30M</c>. Years and months are left out: their length depends on when they begin.</summary>
internal static class IsoDuration
{
    // Largest first, as they have to come.
    private static readonly (byte Unit, bool IsTime, long Ticks)[] Units =
    [
        ((byte)'W', false, 7 * TimeSpan.TicksPerDay),
        ((byte)'D', false, TimeSpan.TicksPerDay),
        ((byte)'H', true, TimeSpan.TicksPerHour),
        ((byte)'M', true, TimeSpan.TicksPerMinute),
        ((byte)'S', true, TimeSpan.TicksPerSecond),
    ];

    public static bool TryParse(ReadOnlySpan<byte> text, out TimeSpan value)
    {
        value = default;
        var isNegative = text is [(byte)'-', ..];
        text = isNegative ? text[1..] : text;
        if (text is not [(byte)'P', .. var rest])
        {
            return false;
        }

        var ticks = 0m;
        var isTime = false;
        var next = 0;
        while (!rest.IsEmpty)
        {
            if (rest[0] == 'T' && !isTime && rest.Length > 1)
            {
                isTime = true;
                rest = rest[1..];
            }

            // A sign or an exponent is no part of a duration, though the parser takes them.
            if (!char.IsAsciiDigit((char)rest[0])
                || !Utf8Parser.TryParse(rest[..NumberLength(rest)], out decimal number, out var consumed)
                || consumed == rest.Length
                || !TryTakeUnit(rest[consumed], isTime, ref next, out var ticksPerUnit)
                || number > long.MaxValue / ticksPerUnit)
            {
                return false;
            }

            ticks += number * ticksPerUnit;
            rest = rest[(consumed + 1)..];
        }

        if (next == 0 || ticks > long.MaxValue)
        {
            return false;
        }

        value = new TimeSpan((long)(isNegative ? -ticks : ticks));
        return true;
    }

    private static int NumberLength(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (length < text.Length && (text[length] == '.' || char.IsAsciiDigit((char)text[length])))
        {
            length++;
        }

        return length;
    }

    private static bool TryTakeUnit(byte unit, bool isTime, ref int next, out long ticks)
    {
        for (; next < Units.Length; next++)
        {
            if (Units[next].Unit == unit && Units[next].IsTime == isTime)
            {
                ticks = Units[next++].Ticks;
                return true;
            }
        }

        ticks = 0;
        return false;
    }
}
