using System.ComponentModel;

namespace PromptGen.Contracts.Schemas;

/// <summary>The formats of JSON Schema that are checked.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum SchemaFormat
{
    /// <summary>Any text.</summary>
    Any,

    /// <summary>A date and time with offset (RFC 3339).</summary>
    DateTime,

    /// <summary>A time with offset (RFC 3339).</summary>
    Time,

    /// <summary>A date (RFC 3339).</summary>
    Date,

    /// <summary>A duration (RFC 3339, appendix A).</summary>
    Duration,

    /// <summary>An e-mail address (RFC 5321).</summary>
    Email,

    /// <summary>A host name (RFC 1123, RFC 5890).</summary>
    Hostname,

    /// <summary>An IPv4 address.</summary>
    Ipv4,

    /// <summary>An IPv6 address.</summary>
    Ipv6,

    /// <summary>An absolute URI (RFC 3986).</summary>
    Uri,

    /// <summary>A UUID (RFC 4122).</summary>
    Uuid,

    /// <summary>A regular expression of ECMA-262.</summary>
    Regex,
}
