using System.Globalization;

namespace PromptGen.Caching;

/// <summary>An accepted answer that is kept.</summary>
/// <param name="ModelId">The model that gave it.</param>
/// <param name="At">When it was accepted.</param>
/// <param name="Cost">What the call that asked for it has cost.</param>
/// <param name="Text">The answer as the model wrote it.</param>
internal readonly record struct CachedAnswer(ReadOnlyMemory<char> ModelId, DateTimeOffset At, PromptCost Cost, string Text)
{
    private const string Format = "promptgen/1";

    /// <summary>The answer as one text: the format's version, time in Unix milliseconds, cost in USD, whether it is complete, and model, each on a line, then the answer.</summary>
    public string ToEntry() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Format}\n{At.ToUnixTimeMilliseconds()}\n{Cost.Usd}\n{(Cost.IsComplete ? 1 : 0)}\n{ModelId.Span}\n{Text}");

    /// <returns>The answer; null where the text is no entry of this format.</returns>
    public static CachedAnswer? Read(string entry)
    {
        var rest = entry.AsMemory();
        return Line(ref rest).Span is Format
            && long.TryParse(Line(ref rest).Span, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            && decimal.TryParse(Line(ref rest).Span, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var usd)
            && Line(ref rest).Span is var complete && complete is "0" or "1"
            && Line(ref rest) is { IsEmpty: false } model
            ? new CachedAnswer(model, DateTimeOffset.FromUnixTimeMilliseconds(at), new PromptCost(usd, complete is "1"), rest.ToString())
            : null;
    }

    private static ReadOnlyMemory<char> Line(ref ReadOnlyMemory<char> rest)
    {
        var end = rest.Span.IndexOf('\n');
        if (end < 0)
        {
            return default;
        }

        var line = rest[..end];
        rest = rest[(end + 1)..];
        return line;
    }
}
