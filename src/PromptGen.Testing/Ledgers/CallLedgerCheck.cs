namespace PromptGen.Testing;

/// <summary>One guarantee of <see cref="ICallLedger"/>, and a check of it. Part of <see cref="CallLedgerConformance"/>.</summary>
public sealed class CallLedgerCheck
{
    private readonly Func<CallLedgerProbe, Task> _check;

    internal CallLedgerCheck(string name, Func<CallLedgerProbe, Task> check) => (Name, _check) = (name, check);

    /// <summary>The guarantee in one sentence; usable as the name of a test.</summary>
    public string Name { get; }

    /// <summary>Checks a ledger. Each run uses ids and names of its own, so ledgers may be shared and persistent.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <returns>A task that completes if the ledger passed the check.</returns>
    /// <exception cref="CallLedgerViolationException">It did not; the message says what was expected and what came.</exception>
    public async Task RunAsync(ICallLedger ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        await _check(new CallLedgerProbe(Name, ledger)).ConfigureAwait(false);
    }

    /// <summary>The guarantee.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public override string ToString() => Name;
}
