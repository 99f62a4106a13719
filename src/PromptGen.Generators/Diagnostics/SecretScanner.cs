using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.Generators.Diagnostics;

/// <summary>
/// Finds what looks like a secret in a text. The forms are those of real keys, so that prose about passwords is not reported. Every pattern
/// starts at a boundary and never goes back over what it has read: the time is linear in the text.
/// </summary>
internal static class SecretScanner
{
    /// <summary>The positions and kinds of the secrets, in order. Where the matches of two forms overlap, only that of the more specific form is returned.</summary>
    public static IEnumerable<(TextSpan Span, string Kind)> Scan(string text)
    {
        List<(TextSpan Span, string Kind)> found = [];
        foreach (var form in SecretForms.All)
        {
            if (!form.MayBeIn(text))
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
}
