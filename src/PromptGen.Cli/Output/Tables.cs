using Spectre.Console;
using Spectre.Console.Rendering;

namespace PromptGen.Cli.Output;

/// <summary>How tables look.</summary>
internal static class Tables
{
    /// <summary>The blanks around a column.</summary>
    public const int Padding = 3;

    /// <summary>An empty table.</summary>
    /// <param name="columns">Its columns; one whose name begins with <c>&gt;</c> is aligned to the right, one with <c>~</c> is wrapped where the terminal is too narrow.</param>
    public static Table Create(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column.TrimStart('>', '~'))) { Alignment = column.StartsWith('>') ? Justify.Right : Justify.Left, NoWrap = !column.StartsWith('~') });
        }

        return table;
    }

    /// <summary>Whether a table is not wider than the console.</summary>
    /// <param name="console">The console.</param>
    /// <param name="columns">The columns, as for <see cref="Create"/>.</param>
    /// <param name="rows">The cells of its rows.</param>
    public static bool Fits(IAnsiConsole console, IReadOnlyList<string> columns, IReadOnlyList<string[]> rows) =>
        columns.Select((column, i) => Padding + rows.Select(row => row[i].Length).Append(column.TrimStart('>', '~').Length).Max()).Sum() <= console.Profile.Width;

    /// <summary>Adds a row. Texts are written as they are, without markup.</summary>
    public static Table Row(this Table table, params string?[] cells) => table.AddRow(cells.Select(static cell => (IRenderable)new Text(cell ?? "")));
}
