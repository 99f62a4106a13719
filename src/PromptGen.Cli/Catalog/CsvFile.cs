using PromptGen.Evaluation;

namespace PromptGen.Cli.Catalog;

/// <summary>Reads the lists of prices and retirements.</summary>
internal static class CsvFile
{
    /// <summary>The rows; each gives the text of a column, null where it is empty or not there.</summary>
    /// <exception cref="ToolException">The file cannot be read, or lacks a column.</exception>
    public static IEnumerable<Func<string, string?>> Read(FileInfo file, params string[] columns)
    {
        try
        {
            using var table = new CsvTable(file.OpenText());
            if (columns.FirstOrDefault(column => !table.Columns.Contains(column)) is { } missing)
            {
                throw new ToolException($"{file.FullName} has no column {missing}.");
            }

            var rows = new List<Func<string, string?>>();
            while (table.Read())
            {
                var cells = table.Columns.Zip(table.Cells).DistinctBy(static cell => cell.First).ToDictionary(static cell => cell.First, static cell => cell.Second);
                rows.Add(column => cells.GetValueOrDefault(column) is { Length: > 0 } cell ? cell : null);
            }

            return rows;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"{file.FullName} cannot be read: {exception.Message}", inner: exception);
        }
    }
}
