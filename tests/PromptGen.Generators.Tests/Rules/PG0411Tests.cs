using System.Globalization;
using Microsoft.CodeAnalysis;

namespace PromptGen.Generators.Tests.Rules;

/// <summary>A judge is another model than those whose answers it compares, if possible of another family.</summary>
public sealed class PG0411Tests
{
    [Theory]
    [InlineData("Models.Mini", "gpt-4o-mini-2024-07-18")]
    [InlineData("Tier.Fast", "gpt-4o-mini-2024-07-18")]
    [InlineData("Models.Haiku, Models.Sonnet", "claude-3-5-haiku-20241022")]
    public async Task Fires(string route, string voter)
    {
        var diagnostic = Assert.Single(await Rule.VerifyAsync(Desk(route, "{|PG0411:nameof(PickAsync)|}")), static one => one.Id == "PG0411");

        Assert.Equal(DiagnosticSeverity.Warning, diagnostic.Severity);
        Assert.Equal(
            $"The judge 'PickAsync' is answered by '{voter}', which is a member of the ensemble: models prefer their own answers, so route the judge to another model",
            diagnostic.GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("Models.Sonnet")]
    [InlineData("Models.Sonnet, Models.Mini")]
    public async Task Fires_as_info_where_the_judge_is_of_the_family_of_a_voter(string route)
    {
        var diagnostic = Assert.Single(await Rule.VerifyAsync(Desk(route, "{|PG0411:nameof(PickAsync)|}")), static one => one.Id == "PG0411");

        Assert.Equal(DiagnosticSeverity.Info, diagnostic.Severity);
        Assert.Equal(
            "The judge 'PickAsync' is answered by 'claude-3-5-sonnet-20241022', which is of the family of the member 'claude-3-5-haiku-20241022': models prefer answers of their family, so route the judge to a model of another one",
            diagnostic.GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("azure", "gpt-4.1", "openai", "chatgpt-4o-latest")]
    [InlineData("bedrock", "eu.anthropic.claude-sonnet-4", "anthropic", "claude-haiku-4-5")]
    [InlineData("vertex", "gemini-2.5-pro", "local", "gemma-3")]
    [InlineData("a", "deepseek-r1-distill-llama-70b", "b", "deepseek-v3")]
    [InlineData("a", "meta-llama/Llama-4", "b", "llama3.1:70b")]
    [InlineData("a", "codestral-2501", "b", "mistral-large")]
    [InlineData("a", "Qwen/Qwen3-8B", "b", "qwen-max")]
    [InlineData("openai", "o3", "OpenAI", "gpt-5")]
    public async Task Fires_as_info_for_one_vendor_or_one_provider(string judgeProvider, string judge, string voterProvider, string voter) =>
        Assert.Equal(
            DiagnosticSeverity.Info,
            Assert.Single(await Rule.VerifyAsync(Catalog(judgeProvider, judge, voterProvider, voter, "{|PG0411:nameof(PickAsync)|}")), static one => one.Id == "PG0411").Severity);

    [Fact]
    public async Task Stays_silent_where_the_judge_is_of_another_family() => Assert.DoesNotContain(
        await Rule.VerifyAsync(Desk("Models.Llama", "nameof(PickAsync)")),
        static one => one.Id == "PG0411");

    [Theory]
    [InlineData("openrouter", "claude-sonnet-4", "openrouter", "gpt-5")]
    [InlineData("a", "deepseek-r1-distill-llama-70b", "b", "llama3.1:70b")]
    [InlineData("a", "o3", "b", "gpt-5")]
    public async Task Stays_silent_for_models_of_two_vendors(string judgeProvider, string judge, string voterProvider, string voter) => Assert.DoesNotContain(
        await Rule.VerifyAsync(Catalog(judgeProvider, judge, voterProvider, voter, "nameof(PickAsync)")),
        static one => one.Id == "PG0411");

    private static string Catalog(string judgeProvider, string judge, string voterProvider, string voter, string name) => $$$"""
        [ModelCatalog]
        public static class Models
        {
            [Model("{{{judgeProvider}}}", Tier.General)] public const string Sonnet = "{{{judge}}}";
            [Model("{{{voterProvider}}}", Tier.Fast)] public const string Mini = "{{{voter}}}";
            [Model("elsewhere", Tier.Fast)] public const string Haiku = "another-1";
        }

        {{{Desk("Models.Sonnet", name)}}}
        """;

    private static string Desk(string route, string judge) => $$$"""
        #pragma warning disable PG0403, PG0404, PG0406
        public sealed partial class Desk
        {
            [RoutedPrompt({{{route}}})]
            [PromptTemplate("{{ticket}} {{json candidates}}")]
            public partial Task<int> PickAsync(string ticket, System.Collections.Generic.IReadOnlyList<Triage> candidates);

            [RoutedPrompt(Models.Sonnet)]
            [PromptTemplate("{{ticket}}")]
            [Ensemble(Models.Mini, Models.Haiku, Judge = {{{judge}}})]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """;
}
