using System.Globalization;

namespace PromptGen.Generators.Tests.Rules;

/// <summary>A canary names a model that the route does not ask, a share, and a value that keeps its arm.</summary>
public sealed class PG0416Tests
{
    [Theory]
    [InlineData("[RoutedPrompt(Models.Mini, Models.Sonnet)] [Canary({|PG0416:\"gpt-5\"|}, 5)]", "no catalog has the model 'gpt-5': add it to a class marked [ModelCatalog]")]
    [InlineData("[RoutedPrompt(Models.Mini, Models.Sonnet)] [Canary({|PG0416:Models.Mini|}, 5)]", "'gpt-4o-mini-2024-07-18' is the model whose place it takes: name another model")]
    [InlineData("[RoutedPrompt(Models.Mini, Models.Sonnet)] [Canary({|PG0416:Models.Sonnet|}, 5)]", "'claude-3-5-sonnet-20241022' is in the route already, in a later step or among its Fallbacks: name another model")]
    [InlineData("[RoutedPrompt(Models.Mini, Fallbacks = [Models.Haiku])] [Canary({|PG0416:Models.Haiku|}, 5)]", "'claude-3-5-haiku-20241022' is in the route already, in a later step or among its Fallbacks: name another model")]
    [InlineData("[RoutedPrompt(Tier.Fast)] [Canary({|PG0416:Models.Sonnet|}, 5)]", "'claude-3-5-sonnet-20241022' is of tier General, above the route, which ends at Fast: name a model of a tier in the route, or set EscalateTo")]
    [InlineData("[RoutedPrompt(Models.Mini, Models.Sonnet)] [Canary(Models.Haiku, {|PG0416:-1|})]", "a share of -1 % is not from 0 to 100: correct it")]
    [InlineData("[RoutedPrompt(Models.Mini, Models.Sonnet)] [Canary(Models.Haiku, {|PG0416:100.5|})]", "a share of 100.5 % is not from 0 to 100: correct it")]
    [InlineData("[RoutedPrompt(Models.Mini, Models.Sonnet)] [Canary(Models.Haiku, 5, By = {|PG0416:\"customer\"|})]", "'customer' is no parameter of 'AskAsync': name one of its parameters")]
    [InlineData("[RoutedPrompt(Models.Mini, Models.Sonnet)] [Canary(Models.Haiku, 5, By = {|PG0416:nameof(order)|})]", "the text of 'order' may differ between processes: name a parameter of type string, Guid or an integer")]
    [InlineData("[RoutedPrompt(Models.Mini, Models.Sonnet)] [Canary(Models.Haiku, 5, By = {|PG0416:nameof(stop)|})]", "the text of 'stop' may differ between processes: name a parameter of type string, Guid or an integer")]
    public async Task Fires(string attributes, string problem)
    {
        var diagnostics = await Rule.VerifyAsync(Desk(attributes));

        Assert.Equal($"[Canary] cannot be tried: {problem}", Assert.Single(diagnostics, static one => one.Id == "PG0416").GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("[RoutedPrompt(Models.Mini, Models.Sonnet)] [Canary(Models.Haiku, 0)]")]
    [InlineData("[RoutedPrompt(Models.Mini, Models.Sonnet)] [Canary(Models.Haiku, 100, By = nameof(id))]")]
    [InlineData("[RoutedPrompt(Models.Mini)] [Canary(Models.Sonnet, 12.5, By = nameof(ticket))]")]
    [InlineData("[RoutedPrompt(Tier.Fast)] [Canary(Models.Haiku, 5)]")]
    [InlineData("[RoutedPrompt(Tier.SelfHosted)] [Canary(Models.Sonnet, 5)]")]
    public Task Stays_silent(string attributes) => Rule.VerifyAsync(Desk(attributes, isUsed: attributes.Contains("nameof(id)", StringComparison.Ordinal)));

    [Theory]
    [InlineData("string?")]
    [InlineData("int")]
    [InlineData("long?")]
    [InlineData("uint")]
    [InlineData("ulong?")]
    [InlineData("byte")]
    [InlineData("System.Guid")]
    [InlineData("System.Guid?")]
    public Task Is_a_use_of_a_parameter_of_any_usable_type(string type) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Models.Mini, Models.Sonnet)]
            [PromptTemplate("{{ticket}}")]
            [Canary(Models.Haiku, 5, By = nameof(@event))]
            public partial Task<Triage> AskAsync(string ticket, {{{type}}} @event);
        }
        """);

    [Fact]
    public Task Allows_a_sensitive_value_of_which_only_a_hash_is_made() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Models.Mini, Models.Sonnet)]
            [PromptTemplate("{{ticket}}")]
            [Canary(Models.Haiku, 5, By = nameof(customer))]
            public partial Task<Triage> AskAsync(string ticket, [Sensitive] string customer);
        }
        """);

    private static string Desk(string attributes, bool isUsed = false) => $$$"""
        public sealed record Order(int Number);

        public sealed partial class Desk
        {
            {{{attributes}}}
            [PromptTemplate("{{ticket}} {{order.Number}}{{{(isUsed ? "" : " {{id}}")}}}")]
            public partial Task<Triage> AskAsync(string ticket, Order order, int id, System.Threading.CancellationToken stop);
        }
        """;
}
