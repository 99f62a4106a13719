using System.ComponentModel;

namespace PromptGen.Contracts.Schemas;

/// <summary>The types of JSON Schema.</summary>
[Flags]
[EditorBrowsable(EditorBrowsableState.Never)]
public enum SchemaTypes
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>null</c>.</summary>
    Null = 1,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean = 2,

    /// <summary>A number without a fraction, however it is written: 3.0 and 3e2 are integers.</summary>
    Integer = 4,

    /// <summary>Any number.</summary>
    Number = 8,

    /// <summary>A string.</summary>
    String = 16,

    /// <summary>An array.</summary>
    Array = 32,

    /// <summary>An object.</summary>
    Object = 64,
}
