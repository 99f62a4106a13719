using System.Text.RegularExpressions;

namespace PromptGen.Cli.Tests;

public sealed partial class ToolTests
{
    public static TheoryData<string> Commands =>
    [
        "",
        "explain",
        "report",
        "calls",
        "calls list",
        "calls show",
        "export",
        "catalog",
        "catalog list",
        "catalog check",
        "catalog add",
        "eval",
        "score",
        "compare",
        "table",
        "train",
        "completion",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task EveryCommandHasHelpAndJson(string command)
    {
        var run = await ToolRun.OfAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("--json", run.Output, StringComparison.Ordinal);
        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("explain")]
    [InlineData("catalog list x.dll --nonsense")]
    [InlineData("catalog check x.dll --within many")]
    [InlineData("score")]
    [InlineData("score folder")]
    [InlineData("score folder --metric fuzzy")]
    [InlineData("score folder --metric numeric --tolerance -1")]
    [InlineData("compare one.json")]
    [InlineData("table")]
    [InlineData("eval only.dll")]
    [InlineData("compare one.json two.json --margin 2")]
    [InlineData("compare one.json two.json --confidence 1")]
    [InlineData("train labels.csv")]
    [InlineData("train labels.csv --output x.router --quality 2")]
    [InlineData("train labels.csv --output x.router --cost -1")]
    [InlineData("train labels.csv --output x.router --right-from 0")]
    [InlineData("completion fish")]
    public async Task WrongArgumentsEndWithTwo(string line)
    {
        var run = await ToolRun.OfAsync(line.Split(' '));

        Assert.Equal(2, run.ExitCode);
        Assert.NotEmpty(run.Error);
    }

    [Fact]
    public async Task AMissingAssemblyEndsWithOne()
    {
        var run = await ToolRun.OfAsync("explain", "/nowhere/None.dll");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("does not exist", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task AFileThatIsNoAssemblyEndsWithOne()
    {
        using var file = new TempFile("no assembly", ".dll");

        var run = await ToolRun.OfAsync("explain", file.Name);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("is no .NET assembly", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAssemblyWithoutPromptsEndsWithOne()
    {
        var run = await ToolRun.OfAsync("explain", typeof(PromptGen.Testing.ModelServer).Assembly.Location);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("has no prompts", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("1", false)]
    public async Task ALongCommandShowsOnATerminalWhatItDoes(string? noColor, bool hasColors)
    {
        await using var ledger = await LedgerFile.CreateAsync();

        var run = await ToolRun.OfAsync(["report", ledger.Name, "--csv"], TestContext.Current.CancellationToken, variables: noColor is null ? null : new() { ["NO_COLOR"] = noColor }, showsProgress: true);

        Assert.Contains("Adding up calls", run.Error, StringComparison.Ordinal);
        Assert.Equal(hasColors, Color().IsMatch(run.Error));
        Assert.StartsWith("prompt,calls,", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutATerminalNoProgressIsShown()
    {
        await using var ledger = await LedgerFile.CreateAsync();

        Assert.Empty((await ToolRun.OfAsync("report", ledger.Name)).Error);
    }

    [GeneratedRegex("\u001b\\[[39][0-9]")]
    private static partial Regex Color();
}
