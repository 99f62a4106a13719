namespace PromptGen.Contracts.Repair;

/// <summary>What was overlooked to read an answer, in the order of the ladder. The names are those of <see cref="ContractReading{T}.Rungs"/>.</summary>
[Flags]
internal enum Rungs : ulong
{
    None = 0,

    // Around the JSON.
    Bom = 1UL << 0,
    Thinking = 1UL << 1,
    Fence = 1UL << 2,
    Prose = 1UL << 3,
    Joined = 1UL << 4,
    Revised = 1UL << 5,
    Unwrapped = 1UL << 6,

    // Its syntax.
    Whitespace = 1UL << 7,
    Comment = 1UL << 8,
    TrailingComma = 1UL << 9,
    ExtraComma = 1UL << 10,
    MissingComma = 1UL << 11,
    StrayCloser = 1UL << 12,
    Quotes = 1UL << 13,
    TripleQuotes = 1UL << 14,
    InnerQuotes = 1UL << 15,
    MissingQuote = 1UL << 16,
    Concatenation = 1UL << 17,
    Escape = 1UL << 18,
    ControlCharacter = 1UL << 19,
    Constant = 1UL << 20,
    Unquoted = 1UL << 21,
    RepeatedName = 1UL << 22,
    Stringified = 1UL << 23,

    // Its shape and values, toward the type.
    Wrapper = 1UL << 24,
    ImpliedKey = 1UL << 25,
    SingleToList = 1UL << 26,
    ListToSingle = 1UL << 27,
    Key = 1UL << 28,
    ExtraMember = 1UL << 29,
    Duplicate = 1UL << 30,
    Case = 1UL << 31,
    Name = 1UL << 32,
    NumberText = 1UL << 33,
    BooleanText = 1UL << 34,
    FormatText = 1UL << 35,
    Text = 1UL << 36,

    // With a loss.
    Rounded = 1UL << 37,
    Percent = 1UL << 38,
    Fraction = 1UL << 39,
    Currency = 1UL << 40,
    FromProse = 1UL << 41,
    RawText = 1UL << 42,
    LastDuplicate = 1UL << 43,
    ByName = 1UL << 44,
}

internal static class RungsExtensions
{
    private static readonly Rungs[] All = Enum.GetValues<Rungs>();

    /// <summary>The names in the order of the ladder.</summary>
    public static IReadOnlyList<string> Names(this Rungs rungs) =>
        rungs == Rungs.None ? [] : [.. All.Where(rung => rung != Rungs.None && rungs.HasFlag(rung)).Select(static rung => rung.ToString())];
}
