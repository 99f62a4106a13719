using System;

namespace PromptGen.Generators.Model.Contracts;

/// <summary>The least and greatest value of an integer type, as JSON writes them.</summary>
internal static class IntegerRange
{
    public static (string Least, string Most) Of(ValueKind kind) => kind switch
    {
        ValueKind.SByte => ("-128", "127"),
        ValueKind.Byte => ("0", "255"),
        ValueKind.Int16 => ("-32768", "32767"),
        ValueKind.UInt16 => ("0", "65535"),
        ValueKind.Int32 => ("-2147483648", "2147483647"),
        ValueKind.UInt32 => ("0", "4294967295"),
        ValueKind.Int64 => ("-9223372036854775808", "9223372036854775807"),
        ValueKind.UInt64 => ("0", "18446744073709551615"),
        ValueKind.Int128 => ("-170141183460469231731687303715884105728", "170141183460469231731687303715884105727"),
        ValueKind.UInt128 => ("0", "340282366920938463463374607431768211455"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
