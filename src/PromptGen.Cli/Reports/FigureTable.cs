using PromptGen.Cli.Output;

namespace PromptGen.Cli.Reports;

/// <summary>Writes rows of figures to the terminal: no figure and no name is cut, however narrow it is.</summary>
internal static class FigureTable
{
    /// <summary>Columns without a figure in any row are left out; those that do not fit beside the others begin another table.</summary>
    /// <param name="context">Where it writes to.</param>
    /// <param name="head">The heading of the names.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="name">The name of a row.</param>
    /// <param name="columns">The columns.</param>
    public static void Write<T>(ToolContext context, string head, IReadOnlyList<T> rows, Func<T, string> name, IEnumerable<ReportColumn<T>> columns)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var room = context.Console.Profile.Width - Tables.Padding - Math.Max(head.Length, rows.Max(row => name(row).Length));
        var (shown, left) = (new List<ReportColumn<T>>(), room);
        foreach (var column in columns.Where(column => rows.Any(row => column.Value(row) is not (null or 0) || column.Text(row) == Figures.UnknownCost)))
        {
            var width = Tables.Padding + Math.Max(column.Title.Length, rows.Max(row => column.Text(row).Length));
            if (width > left && shown.Count > 0)
            {
                WriteOne(context, head, rows, name, shown);
                (shown, left) = ([], room);
            }

            shown.Add(column);
            left -= width;
        }

        WriteOne(context, head, rows, name, shown);
    }

    private static void WriteOne<T>(ToolContext context, string head, IReadOnlyList<T> rows, Func<T, string> name, List<ReportColumn<T>> columns)
    {
        if (columns.Count == 0)
        {
            return;
        }

        var table = Tables.Create([head, .. columns.Select(static column => (column.IsText ? "" : ">") + column.Title)]);
        foreach (var row in rows)
        {
            table.Row([name(row), .. columns.Select(column => column.Text(row))]);
        }

        context.Console.Write(table);
    }
}
