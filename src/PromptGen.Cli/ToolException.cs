namespace PromptGen.Cli;

/// <summary>Ends a command with a message for the user.</summary>
/// <param name="message">What is wrong, and what to do about it.</param>
/// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="inner">What caused it.</param>
internal sealed class ToolException(string message, int exitCode = ExitCodes.Error, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode => exitCode;
}
