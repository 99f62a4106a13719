using PromptGen.Cli.Ledgers;
using PromptGen.Cli.Output;
using PromptGen.Evaluation;

namespace PromptGen.Cli.Training;

/// <summary>The labels that a router is trained from.</summary>
/// <param name="Examples">The examples.</param>
/// <param name="Ledger">How they came out of a ledger; null = they are from a file of labels.</param>
internal sealed record LabelSource(IReadOnlyList<RouterExample> Examples, LedgerLabels? Ledger)
{
    private static readonly byte[] s_sqlite = [.. "SQLite format 3\0"u8];

    /// <summary>Whether a file is that of a ledger.</summary>
    /// <exception cref="ToolException">It cannot be opened.</exception>
    public static bool IsLedger(FileInfo file)
    {
        if (file.Name.Contains(".csv", StringComparison.OrdinalIgnoreCase) || file.Name.Contains(".jsonl", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        return Open(file, static path =>
        {
            using var stream = File.OpenRead(path);
            var head = new byte[s_sqlite.Length];
            return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.AsSpan().SequenceEqual(s_sqlite);
        });
    }

    /// <summary>Reads labels from CSV or JSON Lines.</summary>
    /// <exception cref="ToolException">The file cannot be opened or read.</exception>
    public static LabelSource OfFile(FileInfo file) => new(Open(file, RouterExamples.Read), null);

    /// <summary>Reads labels from a ledger.</summary>
    /// <exception cref="ToolException">The file is no ledger.</exception>
    public static async Task<LabelSource> OfLedgerAsync(FileInfo file, CallFilter filter, (string Weak, string Strong) models, double rightFrom, WatchedWork progress, CancellationToken cancellationToken)
    {
        await using var ledger = LedgerOptionSet.Open(file);
        var labels = await LedgerLabels.ReadAsync(ledger.ReadAsync(filter, cancellationToken).Counted("Reading labels", progress), models.Weak, models.Strong, rightFrom, cancellationToken);
        return new LabelSource(labels.Examples, labels);
    }

    private static T Open<T>(FileInfo file, Func<string, T> read)
    {
        try
        {
            return read(file.FullName);
        }
        catch (FormatException exception)
        {
            throw new ToolException($"{file.FullName}: {exception.Message}", inner: exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"{file.FullName} cannot be read: {exception.Message}", inner: exception);
        }
    }
}
