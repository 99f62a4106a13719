using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.Generators.Tests.Harness;

/// <summary>A text in which <c>{|PG0202:name|}</c> marks what a diagnostic is expected to point at.</summary>
/// <param name="Text">The text without marks.</param>
/// <param name="Marks">The marks, in the order in which they begin.</param>
internal sealed record Markup(string Text, IReadOnlyList<(string Id, TextSpan Span)> Marks)
{
    public static Markup Parse(string marked)
    {
        var text = new StringBuilder();
        var marks = new List<(string Id, TextSpan Span)>();
        var open = new Stack<int>();
        for (var i = 0; i < marked.Length; i++)
        {
            if (string.CompareOrdinal(marked, i, "{|PG", 0, 4) == 0)
            {
                open.Push(marks.Count);
                marks.Add((marked.Substring(i + 2, 6), new TextSpan(text.Length, 0)));
                i += "{|PG0000:".Length - 1;
            }
            else if (open.Count > 0 && string.CompareOrdinal(marked, i, "|}", 0, 2) == 0)
            {
                var mark = open.Pop();
                marks[mark] = (marks[mark].Id, TextSpan.FromBounds(marks[mark].Span.Start, text.Length));
                i++;
            }
            else
            {
                text.Append(marked[i]);
            }
        }

        Assert.Empty(open);
        return new Markup(text.ToString(), marks);
    }
}
