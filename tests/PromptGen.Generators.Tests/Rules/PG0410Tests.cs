using System.Globalization;

namespace PromptGen.Generators.Tests.Rules;

/// <summary>An ensemble has votes that can decide, and values that can be compared.</summary>
public sealed class PG0410Tests
{
    [Theory]
    [InlineData("[RoutedPrompt] [{|PG0410:Ensemble|}]", "it names no model: name two at least")]
    [InlineData("[RoutedPrompt] [{|PG0410:Ensemble(Models.Mini)|}]", "one vote decides nothing: name a second model, or set Samples")]
    [InlineData("[RoutedPrompt] [Ensemble(Models.Mini, {|PG0410:Models.Mini|})]", "'gpt-4o-mini-2024-07-18' is named twice: name each model once, and set Samples to ask it more often")]
    [InlineData("[RoutedPrompt] [Ensemble(Models.Mini, Models.Haiku, Quorum = {|PG0410:1|})]", "a quorum of 1 of 2 votes can tie: set it to 2 or more")]
    [InlineData("[RoutedPrompt] [Ensemble(Models.Mini, Models.Haiku, Quorum = {|PG0410:3|})]", "a quorum of 3 cannot be reached by 2 votes: lower it, or add models")]
    [InlineData("[RoutedPrompt] [Ensemble(Models.Mini, Models.Haiku, Samples = {|PG0410:0|})]", "Samples is 0, not from 1 to 100: set it to a number between them")]
    [InlineData("[RoutedPrompt] [Ensemble(Models.Mini, Samples = {|PG0410:3|})]", "a model that is asked again repeats itself without a temperature: set Temperature above 0 on [RoutedPrompt]")]
    [InlineData("[RoutedPrompt] [Ensemble(Models.Mini, Models.Haiku, Weights = {|PG0410:[0.9]|})]", "it has 1 weights for 2 models: write one for each model")]
    [InlineData("[RoutedPrompt] [Ensemble(Models.Mini, Models.Haiku, Weights = {|PG0410:[0.9, 1]|})]", "a weight is the measured accuracy of a member: write numbers above 0 and below 1")]
    [InlineData("[RoutedPrompt] [Ensemble(Models.Mini, Models.Haiku, Weights = {|PG0410:[0.5, 0.4]|})]", "no member has an accuracy above 0.5, so no vote has a weight: name better members, or remove Weights")]
    [InlineData("[RoutedPrompt] [Ensemble(Models.Mini, Models.Haiku, Weights = [0.9, 0.8], ConfidenceMember = {|PG0410:nameof(Triage.Confidence)|})]", "Weights and ConfidenceMember both weigh the votes: remove one of them")]
    [InlineData("[RoutedPrompt] [Ensemble(Models.Mini, Models.Haiku, Judge = {|PG0410:nameof(Pick)|}, Weights = [0.9, 0.8])]", "Judge and Weights both select the winner: remove one of them")]
    [InlineData("[RoutedPrompt] [Ensemble(Models.Mini, Models.Haiku, Judge = {|PG0410:nameof(Pick)|}, ConfidenceMember = nameof(Triage.Confidence))]", "Judge and ConfidenceMember both select the winner: remove one of them")]
    [InlineData("[{|PG0410:RoutedPrompt|}] [Ensemble(Models.Mini, Models.Haiku)] [RouteWhen(Models.Sonnet, MinInputTokens = 100)]", "[RouteWhen], [RouteBy], [RouteLearned] and PromptOptions lead a call past it into the route, which has no step: name a tier or models in [RoutedPrompt]")]
    [InlineData("[RoutedPrompt] [Ensemble(Models.Mini, Models.Haiku, ConfidenceMember = {|PG0410:nameof(Triage.Queue)|})]", "'Queue' is not a number: name a member that is")]
    [InlineData("[RoutedPrompt] [Ensemble(Models.Mini, Models.Haiku, ConfidenceMember = {|PG0410:\"Sure\"|})]", "'Sure' is no member of Triage: name one of its members")]
    [InlineData("[RoutedPrompt] [Ensemble(Models.Mini, Models.Haiku, On = {|PG0410:\"Topic\"|})]", "'Topic' is no member of Triage: name one of its members")]
    [InlineData("[RoutedPrompt] [Ensemble(Models.Mini, Models.Haiku, On = {|PG0410:\"Queu\"|})]", "'Queu' is no member of Triage: did you mean 'Queue'?")]
    public async Task Fires(string attributes, string problem)
    {
        var diagnostics = await Rule.VerifyAsync(Desk(attributes));

        Assert.Equal($"[Ensemble] cannot decide: {problem}", Assert.Single(diagnostics, static one => one.Id == "PG0410").GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("System.Text.Json.JsonElement", "[{|PG0410:Ensemble(Models.Mini, Models.Haiku)|}]", "values of type JsonElement cannot be compared: set On to another member")]
    [InlineData("Loose", "[{|PG0410:Ensemble(Models.Mini, Models.Haiku)|}]", "values of type JsonElement cannot be compared: set On to another member")]
    [InlineData("Loose", "[Ensemble(Models.Mini, Models.Haiku, On = {|PG0410:nameof(Loose.Data)|})]", "values of type JsonElement cannot be compared: set On to another member")]
    [InlineData("string", "[Ensemble(Models.Mini, Models.Haiku, On = {|PG0410:\"Length\"|})]", "text has no members: remove On")]
    public async Task Fires_on_values_that_cannot_be_compared(string type, string ensemble, string problem)
    {
        var diagnostics = await Rule.VerifyAsync(Desk("[RoutedPrompt] " + ensemble, type));

        Assert.Equal($"[Ensemble] cannot decide: {problem}", Assert.Single(diagnostics, static one => one.Id == "PG0410").GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("[RoutedPrompt] [Ensemble(Models.Mini, Models.Haiku)]")]
    [InlineData("[RoutedPrompt(Models.Sonnet)] [Ensemble(Models.Mini, Models.Haiku, On = nameof(Triage.Queue), Quorum = 2, Eager = true)]")]
    [InlineData("[RoutedPrompt(Models.Sonnet)] [Ensemble(Models.Mini, Models.Haiku, Weights = [0.9, 0.4])]")]
    [InlineData("[RoutedPrompt(Models.Sonnet)] [Ensemble(Models.Mini, Models.Haiku, ConfidenceMember = nameof(Triage.Confidence))]")]
    [InlineData("[RoutedPrompt(Tier.General)] [Ensemble(Models.Mini, Models.Haiku)] [RouteWhen(Tier.General, MinInputTokens = 100)]")]
    [InlineData("[RoutedPrompt(Models.Sonnet)] [Ensemble(Models.Mini, Models.Haiku, Judge = nameof(Pick), Quorum = 2)]")]
    public Task Stays_silent(string attributes) => Rule.VerifyAsync(Desk(attributes));

    [Fact]
    public Task Stays_silent_on_samples_of_one_model_and_on_text() => Rule.VerifyAsync("""
        #pragma warning disable PG0406
        public sealed partial class Desk
        {
            [RoutedPrompt(Temperature = 0.7)]
            [PromptTemplate("{{ticket}}")]
            [Ensemble(Models.Mini, Samples = 3)]
            public partial Task<string> AskAsync(string ticket);
        }
        """);

    private static string Desk(string attributes, string type = "Triage") => $$$"""
        #pragma warning disable PG0406
        public sealed record Loose(string Name, System.Text.Json.JsonElement Data);

        public sealed partial class Desk
        {
            {{{attributes}}}
            [PromptTemplate("{{ticket}}")]
            public partial Task<{{{type}}}> AskAsync(string ticket);

            private static int Pick(System.Collections.Generic.IReadOnlyList<Triage> candidates) => 0;
        }
        """;
}
