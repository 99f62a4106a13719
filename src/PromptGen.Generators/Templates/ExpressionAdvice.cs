using System;
using System.Linq;

namespace PromptGen.Generators.Templates;

/// <summary>What to write in place of an expression: a template has names, but neither operators nor calls.</summary>
internal static class ExpressionAdvice
{
    private static readonly string[] Comparisons = ["==", "!=", "<", ">", "&&", "||"];

    /// <summary>What to write in place of a helper that does not exist.</summary>
    public static string NoHelper(string name) => $"The helper '{name}' is not supported; there are json, media, role and schema: convert the value in C# and pass the result";

    /// <returns>The advice; null where the text is no expression.</returns>
    public static string? For(string text) =>
        Comparisons.Any(comparison => text.StartsWith(comparison, StringComparison.Ordinal)) ? "Templates can't compare: pass a bool"
        : text.StartsWith("??", StringComparison.Ordinal) ? "Templates have no '??': write {{#if name}}{{name}}{{else}}…{{/if}}, or pass the default"
        : text.StartsWith("?", StringComparison.Ordinal) ? "Templates have no '?': write {{#if name}}…{{else}}…{{/if}}"
        : text.StartsWith("|", StringComparison.Ordinal) ? "Templates have no filters: convert the value in C#, and pass the result"
        : text.Length > 1 && "+-*/%".IndexOf(text[0]) >= 0 && text[1] == ' ' ? "Templates can't calculate: compute the value in C#, and pass the result"
        : text.Length > 1 && text[0] == '!' ? $"Templates have no '!': write {{{{#unless {text.Substring(1).Trim()}}}}}"
        : text.IndexOf('(') is > 0 and var open ? $"Templates can't call methods: call '{text.Substring(0, open)}' in C#, and pass its result"
        : null;
}
