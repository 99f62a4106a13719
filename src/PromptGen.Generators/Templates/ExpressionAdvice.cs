using System;
using System.Linq;

namespace PromptGen.Generators.Templates;

/// <summary>What to write in place of an expression: a template has names, but neither operators nor calls.</summary>
internal static class ExpressionAdvice
{
    private static readonly string[] Comparisons = ["==", "!=", "<", ">", "&&", "||"];

    /// <returns>The advice; null where the text is no expression.</returns>
    public static string? For(string text) =>
        Comparisons.Any(comparison => text.StartsWith(comparison, StringComparison.Ordinal)) ? "templates can't compare: pass a bool"
        : text.Length > 1 && text[0] == '!' ? $"templates have no '!': write {{{{#unless {text.Substring(1).Trim()}}}}}"
        : text.IndexOf('(') is > 0 and var open ? $"templates can't call methods: call '{text.Substring(0, open)}' in C#, and pass its result"
        : null;
}
