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
        List<(TextSpan Span, string Kind)> found = [];
        foreach (var form in Forms)
        {
            if (text.IndexOf(form.Marker, StringComparison.OrdinalIgnoreCase) < 0)
            {
                continue;
            }

            found = Merge(found, form.In(text), form.Kind);
        }

        return found;
    }

    /// <summary>Adds the stretches of a form that overlap none that is there, both in order.</summary>
    private static List<(TextSpan Span, string Kind)> Merge(List<(TextSpan Span, string Kind)> found, IEnumerable<TextSpan> spans, string kind)
    {
        var merged = new List<(TextSpan Span, string Kind)>();
        var next = 0;
        foreach (var span in spans)
        {
            for (; next < found.Count && found[next].Span.End <= span.Start; next++)
            {
                merged.Add(found[next]);
            }

            if (next == found.Count || !found[next].Span.OverlapsWith(span))
            {
                merged.Add((span, kind));
            }
        }

        merged.AddRange(found.Skip(next));
        return merged;
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

        private readonly Regex _pattern = new(pattern, options | RegexOptions.CultureInvariant);

        /// <summary>The secrets of this form in a text, in order.</summary>
        public IEnumerable<TextSpan> In(string text)
        {
            foreach (Match match in _pattern.Matches(text))
            {
                var secret = match.Groups["secret"] is { Success: true } part ? part : (Capture)match;
                if (isSecret?.Invoke(secret.Value) != false)
                {
                    yield return new TextSpan(secret.Index, secret.Length);
                }
            }
        }
    }
}
