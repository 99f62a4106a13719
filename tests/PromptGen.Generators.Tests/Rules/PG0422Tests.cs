using System.Text.RegularExpressions;
using PromptGen.Generators.Tests.Harness;
using PromptGen.Generators.Tests.Pipeline;

namespace PromptGen.Generators.Tests.Rules;

/// <summary>A learned router was trained for this prompt, in this version, and its models.</summary>
public sealed class PG0422Tests
{
    private const string Head = "date: 2026-01-02\nlabels: 412\n";

    [Theory]
    [InlineData("prompt: Desk.OtherAsync\n", "", "the prompt 'Desk.OtherAsync', and this is 'Desk.AskAsync'")]
    [InlineData("", "\"Desk.OtherAsync\" 0 0\n", "other tasks, of which none is 'Desk.AskAsync'")]
    [InlineData("weak: claude-3-5-sonnet-20241022\n", "", "the model 'claude-3-5-sonnet-20241022', which the first step (Fast) does not have")]
    [InlineData("strong: gpt-4o-mini-2024-07-18\n", "", "the model 'gpt-4o-mini-2024-07-18', which the second step (General) does not have")]
    public async Task Fires(string facts, string tasks, string reason)
    {
        var diagnostics = await VerifyAsync("{|PG0422:\"own.router\"|}", RouterSample.File(Head + facts, tasks));

        Assert.Equal($"The router 'own.router' was trained for {reason}: train it with labels of this prompt and its models, or name another file", diagnostics.Message("PG0422"));
    }

    [Fact]
    public async Task Fires_at_another_version()
    {
        var diagnostics = await VerifyAsync("{|PG0422:\"own.router\"|}", RouterSample.File(Head + "version: 00000000\n"));

        Assert.Matches("^The router 'own.router' was trained for version 00000000 of the prompt, which is now [0-9a-f]{8}: ", diagnostics.Message("PG0422"));
    }

    [Theory]
    [InlineData("prompt: Desk.AskAsync\nweak: claude-3-5-haiku-20241022\nstrong: claude-3-5-sonnet-20241022\n", "")]
    [InlineData("weak: GPT-4o-mini-2024-07-18\n", "\"Desk.OtherAsync\" 0 0\n\"Desk.AskAsync\" 0 0\n")]
    [InlineData("prompt: Desk.AskAsync\n", "\"billing\" 0 0\n")]
    public Task Stays_silent(string facts, string tasks) => VerifyAsync("\"own.router\"", RouterSample.File(Head + facts, tasks));

    /// <summary>Labels are collected before the prompt has a router, or with an earlier one: either version is right, and training again changes none.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Stays_silent_at_the_version_with_the_router_and_the_one_without(bool withRouter)
    {
        var router = RouterSample.File(Head);
        var source = Source("\"own.router\"");
        var project = new Generation(Rule.Project(withRouter ? source : source.Replace("[RouteLearned(\"own.router\")]", "", StringComparison.Ordinal)), ("/project/own.router", router));
        var version = Regex.Match(project.Files["Desk.AskAsync.g.cs"], "version ([0-9a-f]{8})").Groups[1].Value;

        return VerifyAsync("\"own.router\"", RouterSample.File(Head + $"version: {version}\n"));
    }

    private static Task<Microsoft.CodeAnalysis.Diagnostic[]> VerifyAsync(string name, string file) => Rule.VerifyAsync(Source(name), ("/project/own.router", file));

    private static string Source(string name) => $$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General)]
            [PromptTemplate("{{ticket}}")]
            [RouteLearned({{{name}}})]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """;
}
