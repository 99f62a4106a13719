using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.Generators.Diagnostics;

/// <summary>The forms of secrets, by the prefixes and lengths that their issuers document. The more specific forms come first.</summary>
internal static class SecretForms
{
    /// <summary>Excludes matches in the middle of a word.</summary>
    private const string Start = "(?<![A-Za-z0-9_-])";

    private const string End = "(?![A-Za-z0-9])";

    private static readonly string[] Words = ["changeme", "example", "password", "placeholder", "redacted", "required", "secret", "undefined"];

    public static IReadOnlyList<SecretForm> All { get; } =
    [
        new("a private key", "-----BEGIN", "-----BEGIN (?:[A-Z0-9]+ )?PRIVATE KEY(?: BLOCK)?-----"),
        new("an Anthropic API key", "sk-ant-", Start + "sk-ant-[A-Za-z0-9_-]{12,}"),
        new("an OpenRouter API key", "sk-or-", Start + "sk-or-v1-[0-9a-f]{32,}"),
        new("an OpenAI API key", "sk-", Start + "sk-(?!ant-)[A-Za-z0-9_-]{16,}", IsRandom),
        new("an AWS access key", "AKIA", Start + "AKIA[0-9A-Z]{16}" + End),
        new("an AWS access key", "ASIA", Start + "ASIA[0-9A-Z]{16}" + End),
        new("an AWS secret key", "secret", @"(?<![A-Za-z])aws_?secret_?(?:access_?)?key[""']?[ \t]*[:=][ \t]*[""']?(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])", ignoresCase: true),
        new("an Azure account key", "Key=", "(?<![A-Za-z])(?:Account|SharedAccess)Key=(?<secret>[A-Za-z0-9+/]{43,86}={1,2})"),
        new("an Azure signature", "sig=", "(?<=[?&])sig=(?<secret>[A-Za-z0-9%+/]{43,}(?:%3[Dd]|=))"),
        new("an Azure client secret", "Q~", "(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~.-])"),
        new("an Azure API key", "ACOG", Start + "[A-Za-z0-9]{52}JQQJ99[A-Za-z0-9]{10}AAA[A-Za-z0-9]{5}ACOG[A-Za-z0-9]{4}" + End),
        new("a Google API key", "AIza", Start + "AIza[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])"),
        new("a Google client secret", "GOCSPX-", Start + "GOCSPX-[A-Za-z0-9_-]{28}"),
        new("a Google access token", "ya29.", Start + "ya29[.][A-Za-z0-9_-]{20,}"),
        new("a GitHub token", "gh", Start + "gh[pousr]_[A-Za-z0-9]{20,}"),
        new("a GitHub token", "github_pat_", Start + "github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}"),
        new("a GitLab token", "glpat-", Start + "glpat-[A-Za-z0-9_-]{20,}"),
        new("a Slack token", "xox", Start + "xox[abeoprs]-[A-Za-z0-9-]{10,}", IsRandom),
        new("a Slack token", "xapp-", Start + "xapp-[0-9]-[A-Z0-9]+-[0-9]+-[a-z0-9]+"),
        new("a Slack webhook", "hooks.slack.com", "hooks[.]slack[.]com/(?:services|workflows)/(?<secret>[A-Z0-9]{8,}/[A-Za-z0-9]{8,}/[A-Za-z0-9]{16,})"),
        new("a Stripe key", "k_", Start + "[sr]k_(?:live|test)_[A-Za-z0-9]{16,}"),
        new("a Stripe webhook secret", "whsec_", Start + "whsec_[A-Za-z0-9+/]{32,}"),
        new("a Hugging Face token", "hf_", Start + "hf_[A-Za-z0-9]{34,}"),
        new("a Groq API key", "gsk_", Start + "gsk_[A-Za-z0-9]{40,}"),
        new("an xAI API key", "xai-", Start + "xai-[A-Za-z0-9]{40,}"),
        new("a Perplexity API key", "pplx-", Start + "pplx-[A-Za-z0-9]{40,}"),
        new("a Replicate token", "r8_", Start + "r8_[A-Za-z0-9]{37,}"),
        new("a Twilio API key", "SK", Start + "SK[0-9a-f]{32}" + End),
        new("a SendGrid API key", "SG.", Start + "SG[.][A-Za-z0-9_-]{22}[.][A-Za-z0-9_-]{43}"),
        new("an npm token", "npm_", Start + "npm_[A-Za-z0-9]{36}" + End),
        new("a PyPI token", "pypi-", Start + "pypi-AgE[A-Za-z0-9_-]{50,}"),
        new("a NuGet API key", "oy2", Start + "oy2[a-z0-9]{43}" + End),
        new("a DigitalOcean token", "_v1_", Start + "do[opr]_v1_[0-9a-f]{64}" + End),
        new("a Databricks token", "dapi", Start + "dapi[0-9a-f]{32}(?![0-9a-zA-Z])"),
        new("a Shopify token", "shp", Start + "shp(?:at|ca|pa|ss)_[0-9A-Fa-f]{32}" + End),
        new("a HashiCorp Vault token", "hvs.", Start + "hvs[.][A-Za-z0-9_-]{24,}"),
        new("a JSON Web Token", "eyJ", Start + @"eyJ[A-Za-z0-9_-]{5,}\.eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}"),
        new("a bearer token", "bearer", @"(?<![A-Za-z])bearer[ \t]+(?<secret>[A-Za-z0-9._~+/-]{16,}={0,2})", IsRandom, ignoresCase: true),
        new("a password in a URL", "://", @"(?<=://[^\s/:@{}<>]{1,64}:)(?<secret>[^\s/@{}<>$%*:]{4,64})(?=@[A-Za-z0-9])", IsPassword),
        new("a password", "password", @"(?<![A-Za-z])password[ \t]*=[ \t]*['""]?(?<secret>[^\s'"";,{}<>$%*]{4,})", IsPassword, ignoresCase: true),
        new("a password", "password", @"(?<![A-Za-z])password['""]?[ \t]*:[ \t]*['""](?<secret>[^\s'"";,{}<>$%*]{4,})['""]", IsPassword, ignoresCase: true),
        new("a password", "pwd", @"(?<![A-Za-z])pwd[ \t]*=[ \t]*['""]?(?<secret>[^\s'"";,{}<>$%*]{4,})", IsPassword, ignoresCase: true),
    ];

    /// <summary>Words joined by hyphens are no key: keys have digits, or one long run of letters.</summary>
    private static bool IsRandom(string text) =>
        text.Any(char.IsDigit) || text.Split('-', '.', '_', '/').Any(static run => run.Length >= 20);

    /// <summary>
    /// A password has more than letters, or capitals inside. <c>none</c> and <c>required</c> are words about one, <c>xxxx</c>, <c>....</c> and <c>your-password</c> stand for one.
    /// </summary>
    private static bool IsPassword(string text) =>
        text.Distinct().Count() > 2
        && (text.Any(static letter => char.IsDigit(letter) || !(char.IsLetter(letter) || letter is '-' or '_' or '.' or '/' or '(' or ')' or '[' or ']' or '?' or '!' or '|')) || text.Skip(1).Any(char.IsUpper) && text.Any(char.IsLower))
        && !Words.Any(word => text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);
}

/// <summary>A form that secrets have. Its pattern starts at a boundary and never goes back over what it has read: the time is linear in the text.</summary>
/// <param name="kind">What a secret of this form is called.</param>
/// <param name="marker">A part that every secret of this form has, looked for first because that is cheap.</param>
/// <param name="pattern">The form; the group <c>secret</c>, where there is one, is the secret itself.</param>
/// <param name="isSecret">Whether a match of the pattern is a secret; null = every match is one.</param>
/// <param name="ignoresCase">Whether marker and pattern have it in any case.</param>
internal sealed class SecretForm(string kind, string marker, string pattern, Func<string, bool>? isSecret = null, bool ignoresCase = false)
{
    private readonly Regex _pattern = new(pattern, (ignoresCase ? RegexOptions.IgnoreCase : RegexOptions.None) | RegexOptions.CultureInvariant);

    public string Kind { get; } = kind;

    public bool MayBeIn(string text) => text.IndexOf(marker, ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal) >= 0;

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
