namespace PromptGen.Generators.Tests.Rules;

/// <summary>A parameter that no template uses is a mistake.</summary>
public sealed class PG0203Tests
{
    [Fact]
    public async Task Fires()
    {
        var diagnostics = await Rule.VerifyAsync("""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("Triage this: {{ticket}}")]
                public partial Task<Triage> AskAsync(string {|PG0203:product|}, string ticket, CancellationToken cancellationToken);
            }
            """);

        Assert.Equal("No template uses the parameter 'product': write {{product}} where its value belongs, or remove it", diagnostics.Message("PG0203"));
    }

    [Fact]
    public Task Stays_silent_on_the_options_of_the_call() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket, PromptOptions? options = null, CancellationToken cancellationToken = default);
        }
        """);

    [Fact]
    public Task Stays_silent() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{#if urgent}}Now: {{/if}}{{#each tickets}}{{this}}{{/each}} {{names.Length}}")]
            public partial Task<Triage> AskAsync(bool urgent, string[] tickets, string names, CancellationToken cancellationToken);
        }
        """);

    [Theory]
    [InlineData("RouteWhen(Tier.Fast, Predicate = {|PG0413:\"IsVip\"|})")]
    [InlineData("RouteBy({|PG0413:\"PlanOf\"|}), RouteCase(1, Tier.Fast)")]
    [InlineData("AcceptIf({|PG0413:\"IsGood\"|})")]
    [InlineData("Canary(Models.Haiku, 5, By = {|PG0416:\"custmer\"|})")]
    public Task Stays_silent_where_a_method_or_a_parameter_is_misspelled_that_may_use_it(string clause) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            [{{{clause}}}]
            public partial Task<Triage> AskAsync(string ticket, string customer);
        }
        """);

    [Fact]
    public Task Stays_silent_where_a_template_cannot_be_read() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{{|PG0202:prodcut|}}}")]
            public partial Task<Triage> AskAsync(string product);

            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate(File = {|PG0208:"gone.prompt"|})]
            public partial Task<Triage> OtherAsync(string product);

            [RoutedPrompt(Tier.Fast)]
            public partial Task<Triage> {|PG0201:ThirdAsync|}(string product);
        }
        """);
}
