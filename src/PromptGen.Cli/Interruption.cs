namespace PromptGen.Cli;

/// <summary>What Ctrl+C does: the first time the command ends what it is doing, the second time the process ends.</summary>
internal sealed class Interruption : IDisposable
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

        _source.Cancel();
        return true;
    }

    /// <inheritdoc />
    public void Dispose() => _source.Dispose();
}
