namespace PromptGen.Evaluation;

/// <summary>Recorded data cannot be used. The message names the file, and the line where there is one.</summary>
/// <param name="message">What is wrong, and what to do about it.</param>
/// <param name="innerException">What caused it.</param>
public sealed class RecordedDataException(string message, Exception? innerException = null) : Exception(message, innerException);
