using System.Buffers.Text;
using Microsoft.Extensions.AI;

namespace PromptGen.Prompts;

/// <summary>
/// Turns URLs and bytes into media. A URL is fetched by whoever serves the model: only https, http on this machine and data are let through,
/// so that an argument can't make that program read files or ask addresses of its own network in the clear. No message repeats a URL.
/// </summary>
internal static class PromptMedia
{
    /// <summary>What a URL without content type and known extension is taken for.</summary>
    private const string UnknownImage = "image/*";

    public static AIContent FromUrl(string url, string? contentType)
    {
        if (url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return FromData(url, contentType);
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
        {
            throw Invalid("A media URL can't be read: it must be absolute.");
        }

        Check(uri);
        try
        {
            var content = new UriContent(uri, contentType);
            return content.MediaType == "application/octet-stream" && contentType is null ? new UriContent(uri, UnknownImage) : content;
        }
        catch (ArgumentException)
        {
            throw InvalidContentType();
        }
    }

    public static DataContent FromBytes(ReadOnlyMemory<byte> bytes, string? contentType)
    {
        if (string.IsNullOrWhiteSpace(contentType))
        {
            throw InvalidContentType();
        }

        try
        {
            return new DataContent(bytes, contentType);
        }
        catch (ArgumentException)
        {
            throw InvalidContentType();
        }
    }

    /// <exception cref="PromptException">The URL must not be fetched.</exception>
    public static void Check(Uri uri)
    {
        if (!uri.IsAbsoluteUri || !(uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)))
        {
            throw Invalid("A media URL is neither https nor data (http is taken on this machine only).");
        }
    }

    /// <summary>Reads <c>data:image/png;base64,…</c>.</summary>
    private static DataContent FromData(string url, string? contentType)
    {
        var comma = url.IndexOf(',', StringComparison.Ordinal);
        var header = comma < 0 ? default : url.AsSpan(5, comma - 5);
        if (comma < 0 || !header.EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
        {
            throw Invalid("A media data URL is not base64: it must look like data:image/png;base64,…");
        }

        var data = url.AsSpan(comma + 1);
        if (!Base64.IsValid(data, out var length))
        {
            throw Invalid("The base64 of a media data URL is damaged.");
        }

        var bytes = new byte[length];
        Convert.TryFromBase64Chars(data, bytes, out _);
        var own = header[..^";base64".Length];
        return FromBytes(bytes, contentType ?? own.ToString());
    }

    private static PromptException InvalidContentType() => Invalid("The content type of a medium is missing or none: it must look like image/png.");

    private static PromptException Invalid(string message) => new(PromptErrorCode.Configuration, message);
}
