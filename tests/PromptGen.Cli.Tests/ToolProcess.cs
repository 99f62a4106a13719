using System.Diagnostics;

namespace PromptGen.Cli.Tests;

/// <summary>The tool as a process of its own, which signals reach.</summary>
internal sealed class ToolProcess : IDisposable
{
    private readonly Process _process;

    private ToolProcess(Process process) => _process = process;

    /// <summary>The tool's assembly, which <c>dotnet</c> runs.</summary>
    public static string Tool => Path.Combine(AppContext.BaseDirectory, "PromptGen.Cli.dll");

    public StreamReader Error => _process.StandardError;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts the tool. A shell has the programs that it runs in the background ignore Ctrl+C, and those that they start: <c>env</c> takes that back.</summary>
    public static ToolProcess Start(params string[] arguments) =>
        new(Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", Tool, .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true })!);

    /// <summary>Makes a pipe with a name: who opens it waits for the other side.</summary>
    public static async Task MakePipeAsync(string path) => await RunAsync("mkfifo", path);

    /// <summary>What a terminal sends where Ctrl+C is pressed.</summary>
    public Task InterruptAsync() => RunAsync("kill", "-INT", $"{_process.Id}");

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }
}
