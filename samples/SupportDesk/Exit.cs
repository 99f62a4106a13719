using PromptGen;
using Spectre.Console;

namespace Acme.Support;

/// <summary>How a program ends: its exit codes, and what it says when it does not succeed.</summary>
internal static class Exit
{
    public const int WrongArguments = 2;
    public const int Succeeded = 0;
    private const int Failed = 1;
    private const int Cancelled = 130;

    /// <summary>Runs the work of a program.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> OfAsync(Func<Task> work, IAnsiConsole console, CancellationToken cancellationToken)
    {
        try
        {
            await work();
            return Succeeded;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            console.WriteLine();
            console.WriteLine("Cancelled.");
            return Cancelled;
        }
        catch (PromptException exception)
        {
            console.WriteLine();
            console.WriteLine(exception.Message);
            return Failed;
        }
    }
}
