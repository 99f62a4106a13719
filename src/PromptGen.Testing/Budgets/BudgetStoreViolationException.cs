namespace PromptGen.Testing;

/// <summary>A budget store violated a guarantee of its interface.</summary>
/// <param name="message">Which one, what was expected and what came.</param>
public sealed class BudgetStoreViolationException(string message) : Exception(message);
