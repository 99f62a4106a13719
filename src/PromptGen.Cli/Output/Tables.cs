using Spectre.Console;
using Spectre.Console.Rendering;

namespace PromptGen.Cli.Output;

/// <summary>How tables look.</summary>
internal static class Tables
{
    /// <summary>An empty table.</summary>
    /// <param name="columns">Its columns; one whose name begins with <c>&gt;</c> is aligned to the right. Those and the first one are never wrapped.</param>
    public static Table Create(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        for (var i = 0; i < columns.Length; i++)
        {
            var isNumber = columns[i].StartsWith('>');
            table.AddColumn(new TableColumn(new Text(columns[i].TrimStart('>'))) { Alignment = isNumber ? Justify.Right : Justify.Left, NoWrap = isNumber || i == 0 });
        }

        return table;
    }

    /// <summary>Adds a row. Texts are written as they are, without markup.</summary>
    public static Table Row(this Table table, params string?[] cells) => table.AddRow(cells.Select(static cell => (IRenderable)new Text(cell ?? "")));
}
