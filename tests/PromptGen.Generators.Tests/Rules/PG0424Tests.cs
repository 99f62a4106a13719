using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Rules;

/// <summary>A learned router is better than one of its models alone, and than chance.</summary>
public sealed class PG0424Tests
{
    [Theory]
    [InlineData("0.8", "0.9", "0.78", "0.3", "78%, and the weak model alone in 80%")]
    [InlineData("0.8", "0.75", "0.8", "0", "80%, and the weak model alone in 80%")]
    [InlineData("0.7", "0.9", "0.78", "0.4", "78%, and a random choice with as many calls of the strong model in 78%")]
    [InlineData("0.7", "0.9", "0.8999", "1", "89.99%, and a random choice with as many calls of the strong model in 90%")]
    public async Task Fires(string weak, string strong, string router, string calls, string reason)
    {
        var diagnostics = await VerifyAsync("{|PG0424:\"own.router\"|}", weak, strong, router, calls);

        Assert.Equal(
            $"The router 'own.router' chooses no better than chance: on labels that training did not see it is right in {reason}; train it with more labels, or remove [RouteLearned]",
            diagnostics.Message("PG0424"));
    }

    [Theory]
    [InlineData("0.7", "0.9", "0.88", "0.4")]
    [InlineData("0.7", "0.9", "0.92", "0.5")]
    [InlineData("0.7", "0.9", "0.71", "0.01")]
    [InlineData("unknown", "0.9", "0.5", "0.4")]
    public Task Stays_silent(string weak, string strong, string router, string calls) => VerifyAsync("\"own.router\"", weak, strong, router, calls);

    private static Task<Microsoft.CodeAnalysis.Diagnostic[]> VerifyAsync(string name, string weak, string strong, string router, string calls) => Rule.VerifyAsync(
        $$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General)]
            [PromptTemplate("{{ticket}}")]
            [RouteLearned({{{name}}})]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """,
        ("/project/own.router", RouterSample.File($"date: 2026-01-02\nlabels: 412\nheld-out-weak: {weak}\nheld-out-strong: {strong}\nheld-out-router: {router}\nheld-out-strong-calls: {calls}\n")));
}
