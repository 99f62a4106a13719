namespace PromptGen.Cli.Catalog;

/// <summary>Reads CSV files with a heading and without quotes, as the lists of prices and retirements are.</summary>
internal static class CsvFile
{
    /// <summary>The rows; each gives the text of a column, null where it is empty or not there.</summary>
    /// <exception cref="ToolException">The file cannot be read, or lacks a column.</exception>
    public static IEnumerable<Func<string, string?>> Read(FileInfo file, params string[] columns)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(file.FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"{file.FullName} cannot be read: {exception.Message}", inner: exception);
        }

        var heading = lines.Length == 0 ? [] : lines[0].Split(',');
        if (columns.FirstOrDefault(column => !heading.Contains(column)) is { } missing)
        {
            throw new ToolException($"{file.FullName} has no column {missing}.");
        }

        return lines.Skip(1).Where(static line => line.Length > 0).Select(Row);

        Func<string, string?> Row(string line)
        {
            var cells = line.Split(',');
            return column => Array.IndexOf(heading, column) is >= 0 and var place && place < cells.Length && cells[place].Length > 0 ? cells[place] : null;
        }
    }
}
