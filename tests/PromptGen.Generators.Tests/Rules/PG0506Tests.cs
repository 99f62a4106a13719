namespace PromptGen.Generators.Tests.Rules;

/// <summary>A temperature is sent to every model of the route, or the prompt's author knows to which it is not.</summary>
public sealed class PG0506Tests
{
    [Theory]
    [InlineData("AcceptsTemperature = false")]
    [InlineData("Features = ModelFeatures.StructuredOutput | ModelFeatures.Reasoning")]
    public async Task Fires(string facts)
    {
        var diagnostics = await Rule.VerifyAsync(Project(facts, "Tier.Fast, EscalateTo = Tier.General, Temperature = {|PG0506:0.2|}"));

        Assert.Equal(
            "Temperature is not sent to 'strong' (AcceptsTemperature is false in the catalog): remove it, or route to models that accept one",
            diagnostics.Message("PG0506"));
    }

    [Fact]
    public Task Fires_for_a_fallback() => Rule.VerifyAsync(Project("AcceptsTemperature = false", "Tier.Fast, Fallbacks = [\"strong\"], Temperature = {|PG0506:0|}"));

    [Theory]
    [InlineData("AcceptsTemperature = false", "Tier.Fast, EscalateTo = Tier.General")]
    [InlineData("AcceptsTemperature = false", "Tier.Fast, Temperature = 0.2")]
    [InlineData("AcceptsTemperature = true", "Tier.Fast, EscalateTo = Tier.General, Temperature = 0.2")]
    [InlineData("Features = ModelFeatures.StructuredOutput | ModelFeatures.Reasoning, AcceptsTemperature = true", "Tier.Fast, EscalateTo = Tier.General, Temperature = 0.2")]
    [InlineData("InputPrice = 1", "Tier.Fast, EscalateTo = Tier.General, Temperature = 0.2")]
    public async Task Stays_silent(string facts, string route) =>
        Assert.DoesNotContain(await Rule.VerifyAsync(Project(facts, route)), static diagnostic => diagnostic.Id == "PG0506");

    private static string Project(string facts, string route) => $$$"""
        [ModelCatalog]
        public static class Own
        {
            [Model("openai", Tier.Fast)]
            public const string Weak = "weak";

            [Model("anthropic", Tier.General, {{{facts}}})]
            public const string Strong = "strong";
        }

        public sealed partial class Desk
        {
            [RoutedPrompt({{{route}}})]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """;
}
