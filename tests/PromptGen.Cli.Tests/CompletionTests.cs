using System.Diagnostics;

namespace PromptGen.Cli.Tests;

/// <summary>What a shell completes.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("", "report")]
    [InlineData("", "train")]
    [InlineData("cal", "calls")]
    [InlineData("calls ", "show")]
    [InlineData("report calls.db --b", "--by")]
    [InlineData("report calls.db --by ", "Scope")]
    [InlineData("export calls.db --as ", "Preferences")]
    [InlineData("train labels.csv --w", "--weak")]
    public async Task SuggestsCommandsOptionsAndValues(string line, string suggested)
    {
        var run = await ToolRun.OfAsync($"[suggest:{line.Length}]", line);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(suggested, run.Output.Split('\n', StringSplitOptions.TrimEntries));
    }

    [Theory]
    [InlineData("Bash", "complete -o default -F _promptgen promptgen")]
    [InlineData("zsh", "compdef _promptgen promptgen")]
    [InlineData("powershell", "Register-ArgumentCompleter -Native -CommandName promptgen")]
    public async Task WritesTheScriptOfAShell(string shell, string text)
    {
        var run = await ToolRun.OfAsync("completion", shell);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(text, run.Output, StringComparison.Ordinal);
        Assert.Contains(text, (await ToolRun.OfAsync("completion", shell, "--json")).Json.GetProperty("script").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BashCompletesWithTheScript()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/bin/bash"), "There is no bash.");
        var script = (await ToolRun.OfAsync("completion", "bash")).Output;
        using var file = new TempFile(
            $$"""
            promptgen() { dotnet "{{ToolProcess.Tool}}" "$@"; }
            {{script}}
            COMP_LINE="promptgen catalog c" COMP_POINT=19 COMP_CWORD=2
            COMP_WORDS=(promptgen catalog c)
            _promptgen
            printf '%s\n' "${COMPREPLY[@]}"
            """,
            ".sh");
        using var bash = Process.Start(new ProcessStartInfo("/bin/bash", file.Name) { RedirectStandardOutput = true })!;

        var completed = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal("check", completed.Trim());
    }
}
