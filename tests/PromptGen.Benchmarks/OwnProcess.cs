using System.Diagnostics;

namespace PromptGen.Benchmarks;

/// <summary>Runs a part of a measurement in a process of its own: what the just-in-time compiler and the collector did for another part is no part of it.</summary>
internal static class OwnProcess
{
    /// <param name="arguments">The arguments of this program.</param>
    /// <param name="environment">Variables that the process gets, too.</param>
    /// <returns>What it wrote.</returns>
    /// <exception cref="InvalidOperationException">It did not end with 0.</exception>
    public static async Task<string> RunAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [typeof(OwnProcess).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("The measurement did not start.");
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"The measurement ended with {process.ExitCode}.");
    }
}
