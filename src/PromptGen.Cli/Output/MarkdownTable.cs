using System.Text;

namespace PromptGen.Cli.Output;

/// <summary>A table in Markdown, as GitHub shows it in a pull request.</summary>
internal static class MarkdownTable
{
    /// <summary>Writes a title, the table, and notes below it.</summary>
    /// <param name="title">The title.</param>
    /// <param name="columns">As for <see cref="Tables.Create"/>.</param>
    /// <param name="rows">The cells of each row.</param>
    /// <param name="notes">A paragraph each.</param>
    public static string Write(string title, IReadOnlyList<string> columns, IEnumerable<IEnumerable<string>> rows, IEnumerable<string> notes)
    {
        var text = new StringBuilder().Append("### ").Append(Escape(title)).Append("\n\n");
        Line(columns.Select(static column => column.TrimStart('>', '~')));
        Line(columns.Select(static column => column.StartsWith('>') ? "---:" : "---"));
        foreach (var row in rows)
        {
            Line(row.Select(Escape));
        }

        return text.Append('\n').AppendJoin("\n\n", notes.Select(Escape)).Append('\n').ToString();

        void Line(IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
