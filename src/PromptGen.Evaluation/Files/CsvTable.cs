using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace PromptGen.Evaluation;

/// <summary>Reads CSV with a header (RFC 4180), row by row. Blank lines are left out.</summary>
internal sealed class CsvTable : IDisposable
{
    private readonly CsvParser _csv;
    private readonly string[] _columns;

    /// <param name="text">The text; disposed with the table.</param>
    /// <param name="isStrict">Whether a quotation mark in the middle of a field without quotes is an error (<see cref="BadDataException"/>), not data.</param>
    public CsvTable(TextReader text, bool isStrict = false)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture);
        if (!isStrict)
        {
            configuration.BadDataFound = null;
        }

        _csv = new CsvParser(text, configuration);
        _columns = _csv.Read() ? [.. _csv.Record!.Select(static name => name.Trim('\uFEFF').Trim().ToLowerInvariant())] : [];
    }

    /// <summary>The names in the header, in lower case; empty where there is no header.</summary>
    public IReadOnlyList<string> Columns => _columns;

    /// <summary>The number of the line on which the row ends, from 1.</summary>
    public int Line => _csv.RawRow;

    /// <summary>The cells of the row, as many as it has.</summary>
    public IReadOnlyList<string> Cells => _csv.Record!;

    /// <summary>The cell of a column; null where the column or the cell is not there.</summary>
    public string? this[string column] => Array.IndexOf(_columns, column) is >= 0 and var place && place < _csv.Count ? _csv[place] : null;

    /// <summary>Goes to the next row.</summary>
    /// <returns>False where there is none.</returns>
    public bool Read() => _csv.Read();

    /// <inheritdoc/>
    public void Dispose() => _csv.Dispose();
}
