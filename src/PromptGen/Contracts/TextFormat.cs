using System.ComponentModel;

namespace PromptGen.Contracts;

/// <summary>What a string of a contract has to be.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum TextFormat
{
    /// <summary>Any text.</summary>
    Any,

    /// <summary>An e-mail address, for example <c>ada@example.org</c>.</summary>
    Email,

    /// <summary>An absolute http, https or ftp URL.</summary>
    Url,

    /// <summary>Bytes as base64.</summary>
    Base64,
}
