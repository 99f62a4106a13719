namespace PromptGen;

/// <summary>The segments of a JSON pointer (RFC 6901).</summary>
internal static class JsonPointer
{
    /// <summary>The name of a member as a segment.</summary>
    public static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>The name of a member that is written as a segment.</summary>
    public static string Unescape(string segment) => segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
