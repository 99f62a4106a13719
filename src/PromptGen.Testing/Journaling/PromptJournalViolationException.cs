namespace PromptGen.Testing;

/// <summary>A journal violated a guarantee of its interface.</summary>
/// <param name="message">Which one, what was expected and what came.</param>
public sealed class PromptJournalViolationException(string message) : Exception(message);
