namespace PromptGen.Generators.Model.Contracts;

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
    Int128,
    UInt128,
    BigInteger,
    Half,
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
    AnyValue,
    JsonElement,
    JsonNode,
    JsonObject,
    JsonArray,
    Enum,
    Flags,
    Object,
    Union,
    Array,
    Map,
}

internal static class ValueKindExtensions
{
    public static bool IsInteger(this ValueKind kind) => kind is >= ValueKind.SByte and <= ValueKind.BigInteger;

    public static bool IsUnsigned(this ValueKind kind) =>
        kind is ValueKind.Byte or ValueKind.UInt16 or ValueKind.UInt32 or ValueKind.UInt64 or ValueKind.UInt128;

    /// <summary>Whether an attribute can name values of it.</summary>
    public static bool HasConstants(this ValueKind kind) => kind == ValueKind.Enum || (kind <= ValueKind.Decimal && !kind.IsWide());

    /// <summary>Whether it is JSON that no contract looks into.</summary>
    public static bool IsJson(this ValueKind kind) => kind is >= ValueKind.AnyValue and <= ValueKind.JsonArray;

    /// <summary>Whether the name of a member can say such a value.</summary>
    public static bool IsKey(this ValueKind kind) => kind is (>= ValueKind.SByte and <= ValueKind.UInt64) or ValueKind.Guid or ValueKind.Enum;

    /// <summary>Whether the type is a number that C# has no literals for.</summary>
    public static bool IsWide(this ValueKind kind) => kind is >= ValueKind.Int128 and <= ValueKind.Half;

    public static bool IsNumber(this ValueKind kind) => kind is >= ValueKind.SByte and <= ValueKind.Decimal;
}
