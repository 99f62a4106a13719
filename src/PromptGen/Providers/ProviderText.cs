using System.Buffers;

namespace PromptGen.Providers;

/// <summary>
/// Names that a provider gives – codes, ids, models – as they may go on to exceptions, telemetry and logs. A provider may repeat what it was sent in any
/// of them.
/// </summary>
internal static class ProviderText
{
    /// <summary>Replaces a text that is no name.</summary>
    public const string Redacted = "redacted";

    /// <summary>The longest name.</summary>
    public const int MaxLength = 128;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.:/@+");

    private static readonly SearchValues<char> Separators = SearchValues.Create(":/@+");

    /// <summary>How the keys of providers and gateways begin.</summary>
    private static readonly string[] KeyPrefixes = ["sk-", "sk_", "rk_", "pk-", "pk_", "xai-", "gsk_", "hf_", "r8_", "AIza", "ya29.", "eyJ", "ghp_", "AKIA", "ASIA"];

    /// <summary>The text itself where it has the form of a name and not that of a key.</summary>
    /// <returns>The same text, or <see cref="Redacted"/>; null for null and for an empty text.</returns>
    public static string? Name(string? text) =>
        string.IsNullOrEmpty(text) ? null
        : text.Length <= MaxLength && !text.AsSpan().ContainsAnyExcept(Allowed) && !IsKey(text) ? text
        : Redacted;

    /// <summary>A key may follow a scheme, as in <c>Bearer:sk-…</c>.</summary>
    private static bool IsKey(ReadOnlySpan<char> text)
    {
        while (true)
        {
            foreach (var prefix in KeyPrefixes)
            {
                if (text.StartsWith(prefix, StringComparison.Ordinal))
                {
                    return true;
                }
            }

            var separator = text.IndexOfAny(Separators);
            if (separator < 0)
            {
                return false;
            }

            text = text[(separator + 1)..];
        }
    }
}
