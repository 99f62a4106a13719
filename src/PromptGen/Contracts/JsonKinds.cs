using System.ComponentModel;

namespace PromptGen.Contracts;

/// <summary>What a JSON value can be at first sight.</summary>
[Flags]
[EditorBrowsable(EditorBrowsableState.Never)]
public enum JsonKinds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>null</c>.</summary>
    Null = 1,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean = 2,

    /// <summary>A number.</summary>
    Number = 4,

    /// <summary>A string.</summary>
    String = 8,

    /// <summary>An array.</summary>
    Array = 16,

    /// <summary>An object.</summary>
    Object = 32,

    /// <summary>Anything.</summary>
    Any = 63,
}
