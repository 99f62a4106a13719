using PromptGen.CodeFixes;
using PromptGen.Generators.Tests.Harness;
using PromptGen.Generators.Tests.Rules;

namespace PromptGen.Generators.Tests.CodeFixes;

/// <summary>A prompt method without a cancellation token is offered one.</summary>
public sealed class AddCancellationTokenRefactoringTests
{
    private const string Title = "Add CancellationToken parameter";

    [Theory]
    [InlineData("string ticket", "string ticket, CancellationToken cancellationToken = default")]
    [InlineData("", "CancellationToken cancellationToken = default")]
    [InlineData("string ticket, params string[] more", "string ticket, CancellationToken cancellationToken = default, params string[] more")]
    public async Task Adds_the_parameter(string before, string after)
    {
        using var bench = new Workbench(Rule.Project(Source(before)));

        var action = Assert.Single(await bench.OfferedAsync(new AddCancellationTokenRefactoring(), "AskAsync"));

        Assert.Equal(Title, action.Title);
        Assert.Equal(Source(after), await bench.ApplyAsync(action));
        Assert.Empty(await bench.OfferedAsync(new AddCancellationTokenRefactoring(), "AskAsync"));
    }

    [Theory]
    [InlineData("string ticket, CancellationToken stop", "AskAsync")]
    [InlineData("string ticket", "OtherAsync")]
    [InlineData("string ticket", "class Desk")]
    public async Task Offers_nothing_elsewhere(string parameters, string at)
    {
        using var bench = new Workbench(Rule.Project(Source(parameters)));

        Assert.Empty(await bench.OfferedAsync(new AddCancellationTokenRefactoring(), at));
    }

    private static string Source(string parameters) => $$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("Hello")]
            public partial Task<Triage> AskAsync({{parameters}});

            public Task OtherAsync() => Task.CompletedTask;
        }
        """;
}
