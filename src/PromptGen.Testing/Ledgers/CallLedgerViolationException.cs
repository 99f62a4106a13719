namespace PromptGen.Testing;

/// <summary>A ledger does not keep a guarantee of <see cref="ICallLedger"/>.</summary>
/// <param name="message">The guarantee, what was expected and what came.</param>
public sealed class CallLedgerViolationException(string message) : Exception(message);
