using PromptGen;

namespace Acme.Patterns.Pipelines;

/// <summary>The file in which pipelines keep their requests.</summary>
/// <param name="path">Where the user wants it; null = a file that is removed once all pipelines are done.</param>
internal sealed class JournalFile(string? path) : IAsyncDisposable
{
    private const string Default = "patterns.db";

    /// <summary>The journal.</summary>
    public SqlitePromptJournal Journal { get; } = new(path ?? Default);

    /// <summary>All pipelines are done: the next run starts anew.</summary>
    public async ValueTask FinishAsync()
    {
        await Journal.DisposeAsync();
        if (path is null)
        {
            File.Delete(Default);
        }
    }

    /// <summary>Closes the file.</summary>
    public ValueTask DisposeAsync() => Journal.DisposeAsync();
}
