using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Ledgers;

/// <summary>A desk whose calls are written to a ledger.</summary>
internal sealed class RecordingDesk(ICallLedger ledger, Action<LedgerOptions>? options = null, Action<PromptRuntimeBuilder>? configure = null) : IAsyncDisposable
{
    public Desk Models { get; } = new(builder =>
    {
        builder.UseLedger(ledger, options);
        configure?.Invoke(builder);
    });

    /// <summary>Ends the runtime, so that what its calls did is written.</summary>
    public ValueTask CloseAsync() => Models.Runtime.DisposeAsync();

    public ValueTask DisposeAsync() => Models.Runtime.DisposeAsync();
}

internal static class LedgerReading
{
    /// <summary>All calls, those that started last first.</summary>
    public static ValueTask<List<CallRecord>> AllAsync(this ICallLedger ledger) => AsyncEnumerable.ToListAsync(ledger.ReadAsync(new CallFilter()));
}
