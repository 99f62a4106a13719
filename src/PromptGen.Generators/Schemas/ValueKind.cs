namespace PromptGen.Generators.Schemas;

/// <summary>What a value is on the wire and which reading it takes. The names of the scalar kinds are those of the reader's methods.</summary>
internal enum ValueKind
{
    String,
    Char,
    Boolean,
    SByte,
    Byte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Single,
    Double,
    Decimal,
    DateTime,
    DateTimeOffset,
    DateOnly,
    TimeOnly,
    TimeSpan,
    Guid,
    Uri,
    Bytes,
    Enum,
    Object,
    Array,
    Map,
}

internal static class ValueKindExtensions
{
    public static bool IsInteger(this ValueKind kind) => kind is >= ValueKind.SByte and <= ValueKind.UInt64;

    public static bool IsNumber(this ValueKind kind) => kind is >= ValueKind.SByte and <= ValueKind.Decimal;
}
