namespace Acme.Support.Report;

/// <summary>Rows of text in aligned columns; the first row is the head.</summary>
internal static class TextTable
{
    private const string Gap = "  ";

    /// <summary>Writes the rows.</summary>
    public static void Write(TextWriter output, IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        for (var row = 0; row < rows.Count; row++)
        {
            output.WriteLine(string.Join(Gap, rows[row].Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
            if (row == 0)
            {
                output.WriteLine(string.Join(Gap, widths.Select(width => new string('─', width))));
            }
        }
    }
}
