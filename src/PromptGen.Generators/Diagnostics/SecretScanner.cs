using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.Generators.Diagnostics;

/// <summary>
/// Finds what looks like a secret in a text. Goes by forms that keys really have, so that prose about passwords stays quiet. Every pattern
/// starts at a boundary and never goes back over what it has read: the time is linear in the text.
/// </summary>
internal static class SecretScanner
{
    private static readonly Form[] Forms =
    [
        new("a private key", "-----BEGIN", "-----BEGIN (?:[A-Z0-9]+ )?PRIVATE KEY-----"),
        new("an Anthropic API key", "sk-ant-", "(?<![A-Za-z0-9_-])sk-ant-[A-Za-z0-9_-]{12,}"),
        new("an OpenAI API key", "sk-", "(?<![A-Za-z0-9_-])sk-(?!ant-)[A-Za-z0-9_-]{16,}", IsRandom),
        new("an AWS access key", "AKIA", "(?<![A-Za-z0-9])AKIA[0-9A-Z]{16}(?![A-Za-z0-9])"),
        new("a GitHub token", "ghp_", "(?<![A-Za-z0-9])ghp_[A-Za-z0-9]{20,}"),
        new("a Slack token", "xox", "(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10,}"),
        new("a JSON Web Token", "eyJ", @"(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{5,}\.eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}"),
        new("a bearer token", "bearer", @"(?<![A-Za-z])bearer[ \t]+(?<secret>[A-Za-z0-9._~+/-]{16,}={0,2})", IsRandom, RegexOptions.IgnoreCase),
        new("a password", "password", @"(?<![A-Za-z])password[ \t]*=[ \t]*['""]?(?<secret>[^\s'"";,{}<>$%*]{4,})", IsNoMask, RegexOptions.IgnoreCase),
        new("a password", "pwd", @"(?<![A-Za-z])pwd[ \t]*=[ \t]*['""]?(?<secret>[^\s'"";,{}<>$%*]{4,})", IsNoMask, RegexOptions.IgnoreCase),
    ];

    /// <summary>Where the secrets stand, and what each looks like, in order. Two forms never claim the same stretch: the more telling one wins.</summary>
    public static IEnumerable<(TextSpan Span, string Kind)> Scan(string text)
    {
        var found = new List<(TextSpan Span, string Kind)>();
        foreach (var form in Forms)
        {
            if (text.IndexOf(form.Marker, StringComparison.OrdinalIgnoreCase) < 0)
            {
                continue;
            }

            foreach (Match match in form.Pattern.Matches(text))
            {
                var secret = match.Groups["secret"] is { Success: true } part ? part : (Capture)match;
                var span = new TextSpan(secret.Index, secret.Length);
                if (form.IsSecret(secret.Value) && !found.Any(other => other.Span.OverlapsWith(span)))
                {
                    found.Add((span, form.Kind));
                }
            }
        }

        return found.OrderBy(static secret => secret.Span.Start);
    }

    /// <summary>Words joined by hyphens are no key: keys have digits, or one long run of letters.</summary>
    private static bool IsRandom(string text) =>
        text.Any(static letter => letter is >= '0' and <= '9') || text.Split('-', '.', '_', '/').Any(static run => run.Length >= 20);

    /// <summary><c>xxxx</c> and <c>....</c> stand for a password, they are none.</summary>
    private static bool IsNoMask(string text) => text.Distinct().Count() > 1;

    private sealed class Form(
        string kind, string marker, string pattern, Func<string, bool>? isSecret = null, RegexOptions options = RegexOptions.None)
    {
        public string Kind { get; } = kind;

        /// <summary>A part that every secret of this form has, looked for first because that is cheap.</summary>
        public string Marker { get; } = marker;

        public Regex Pattern { get; } = new(pattern, options | RegexOptions.CultureInvariant);

        public Func<string, bool> IsSecret { get; } = isSecret ?? (static _ => true);
    }
}
