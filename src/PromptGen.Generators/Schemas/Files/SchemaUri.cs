using System;

namespace PromptGen.Generators.Schemas.Files;

/// <summary>URIs of schemas, resolved and compared.</summary>
internal static class SchemaUri
{
    /// <summary>The URI of a file, or the one that it was taken from.</summary>
    public static string OfFile(string path)
    {
        if (path.IndexOf("://", StringComparison.Ordinal) > 0)
        {
            return path;
        }

        var uri = "file:///" + path.Replace('\\', '/').Replace("%", "%25").Replace("#", "%23").Replace("?", "%3F").TrimStart('/');
        return Uri.TryCreate(uri, UriKind.Absolute, out var parsed) ? parsed.AbsoluteUri : uri;
    }

    /// <summary>A reference without its fragment, as absolute URI; null where it is none.</summary>
    public static string? Resolve(string baseUri, string reference)
    {
        if (reference.Length == 0)
        {
            return baseUri;
        }

        try
        {
            // On Unix a path that begins with a slash would pass for an absolute file.
            var isAbsolute = reference[0] != '/' && Uri.TryCreate(reference, UriKind.Absolute, out _);
            return isAbsolute ? new Uri(reference, UriKind.Absolute).AbsoluteUri
                : Uri.TryCreate(baseUri, UriKind.Absolute, out var parent) && Uri.TryCreate(parent, reference, out var resolved) ? resolved.AbsoluteUri
                : null;
        }
        catch (Exception exception) when (exception is UriFormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A reference as its URI and its fragment, which is null where there is none.</summary>
    public static (string Uri, string? Fragment) Split(string reference)
    {
        var hash = reference.IndexOf('#');
        return hash < 0 ? (reference, null) : (reference.Substring(0, hash), Uri.UnescapeDataString(reference.Substring(hash + 1)));
    }
}
