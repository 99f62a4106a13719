namespace PromptGen.Cli;

/// <summary>What Ctrl+C does: the first time the command ends what it is doing, the second time the process ends.</summary>
/// <param name="error">Gets a line that says what a second press does.</param>
internal sealed class Interruption(TextWriter error) : IDisposable
{
    private readonly CancellationTokenSource _source = new();

    /// <summary>Cancelled by the first press.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Ctrl+C was pressed.</summary>
    /// <returns>Whether the process goes on.</returns>
    public bool Press()
    {
        if (_source.IsCancellationRequested)
        {
            return false;
        }

        error.WriteLine("Stopping. Ctrl+C again stops at once.");
        _source.Cancel();
        return true;
    }

    /// <inheritdoc />
    public void Dispose() => _source.Dispose();
}
