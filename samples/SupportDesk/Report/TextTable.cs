using Spectre.Console;
using Spectre.Console.Rendering;

namespace Acme.Support.Report;

/// <summary>Aligned columns below a head; the last column wraps where the console is too narrow for it.</summary>
internal static class TextTable
{
    /// <summary>Writes rows of text.</summary>
    public static void Write(IAnsiConsole console, string[] head, IEnumerable<string[]> rows) =>
        Write(console, head, rows.Select(static row => (IRenderable[])[.. row.Select(static cell => new Text(cell))]));

    /// <summary>Writes rows of anything.</summary>
    public static void Write(IAnsiConsole console, string[] head, IEnumerable<IRenderable[]> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var title in head)
        {
            table.AddColumn(new TableColumn(new Text(title, new Style(decoration: Decoration.Bold))) { NoWrap = title != head[^1], Padding = new Padding(0, 0, 1, 0) });
        }

        foreach (var row in rows)
        {
            table.AddRow(row);
        }

        console.Write(table);
    }
}
