namespace PromptGen.Generators.Tests.Rules;

/// <summary>The deadline leaves time for the last step.</summary>
public sealed class PG0503Tests
{
    [Theory]
    [InlineData("Tier.Fast, EscalateTo = Tier.General", "{|PG0503:5|}")]
    [InlineData("Tier.Fast, EscalateTo = Tier.General", "{|PG0503:2.5|}")]
    [InlineData("Models.Mini, Models.Haiku, Models.Sonnet", "{|PG0503:10|}")]
    public Task Fires(string route, string deadline) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt({{{route}}})]
            [PromptTemplate("{{ticket}}")]
            [Deadline({{{deadline}}})]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);

    [Theory]
    [InlineData("Tier.Fast, EscalateTo = Tier.General", "{|PG0503:5|}", "The time-outs of the steps before General (Fast 5 s) use up the deadline of 5 s, so it may never be asked: raise the deadline or lower TimeoutSeconds")]
    public async Task Fires_with_the_number(string route, string deadline, string message) => Assert.Equal(message, (await Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt({{{route}}})]
            [PromptTemplate("{{ticket}}")]
            [Deadline({{{deadline}}})]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """)).Message("PG0503"));

    [Theory]
    [InlineData("Models.Mini, Models.Haiku, Eager = true", "{|PG0503:5|}", "the ensemble 5 s")]
    [InlineData("Models.Mini, Models.Haiku, Models.Sonnet, Eager = true", "{|PG0503:15|}", "the ensemble 15 s")]
    [InlineData("Models.Mini, Models.Haiku, Models.Sonnet", "{|PG0503:20|}", "the ensemble 20 s")]
    [InlineData("Models.Mini, Models.Haiku, Models.Sonnet, Quorum = 3", "{|PG0503:15|}", "the ensemble 15 s")]
    [InlineData("Models.Mini, Models.Haiku, Models.Sonnet, Weights = [0.9, 0.6, 0.6]", "{|PG0503:25|}", "the ensemble 25 s")]
    public async Task Fires_for_an_ensemble(string ensemble, string deadline, string sum) => Assert.Equal(
        $"The time-outs of the steps before General ({sum}) use up the deadline of {deadline.Split(':')[1].TrimEnd('|', '}')} s, so it may never be asked: raise the deadline or lower TimeoutSeconds",
        (await Rule.VerifyAsync(Voting(ensemble, deadline))).Message("PG0503"));

    [Theory]
    [InlineData("Models.Mini, Models.Haiku, Eager = true", "5.5")]
    [InlineData("Models.Mini, Models.Haiku, Models.Sonnet", "21")]
    public Task Stays_silent_for_an_ensemble(string ensemble, string deadline) => Rule.VerifyAsync(Voting(ensemble, deadline));

    [Theory]
    [InlineData("Tier.Fast, EscalateTo = Tier.General", "6")]
    [InlineData("Models.Mini, Models.Haiku, Models.Sonnet", "10.5")]
    [InlineData("Tier.Fast", "1")]
    public Task Stays_silent(string route, string deadline) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt({{{route}}})]
            [PromptTemplate("{{ticket}}")]
            [Deadline({{{deadline}}})]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);

    private static string Voting(string ensemble, string deadline) => $$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.General)]
            [PromptTemplate("{{ticket}}")]
            [Ensemble({{{ensemble}}})]
            [Deadline({{{deadline}}})]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """;
}
