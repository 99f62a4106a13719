using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Pipeline;

/// <summary>What is written for templates that name the rejected answer of an earlier step.</summary>
public sealed class PreviousAnswerTests
{
    private const string Source = """
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using PromptGen;

        namespace Acme;

        public sealed record Section(string Title, List<string> Points);

        public sealed record Draft(string Text, IReadOnlyList<Section> Sections, Draft? Inner);

        public readonly record struct Score(int Points, string Why);

        public enum Mood { Good, Bad }

        public sealed partial class Writer
        {
            [RoutedPrompt(Models.Mini, Models.Sonnet, MaxOutputTokens = 300)]
            [PromptTemplate("Draft a reply to {{letter}}")]
            [PromptTemplate("{{role \"user\"}}Write a reply to {{letter}}{{#if previous}}\nImprove this draft: {{previous.answer}}\nIt was rejected: {{previous.reason}}{{#if previous.value}}{{#each previous.value.sections}}{{title}}: {{#each points}}{{this}} of {{../title}}, {{/each}}{{/each}}{{json previous.value}}{{/if}}{{/if}}", For = "claude*")]
            public partial Task<PromptResult<Draft>> DraftAsync(string letter, CancellationToken cancellationToken = default);

            [RoutedPrompt(Models.Mini, Models.Sonnet, MaxOutputTokens = 300)]
            [PromptTemplate("{{text}}{{#if previous.value}}{{previous.value.points}} {{previous.value.why}}{{/if}} {{json previous}}")]
            public partial Task<Score> ScoreAsync(string text);

            [RoutedPrompt(Models.Mini, Models.Sonnet, MaxOutputTokens = 300)]
            [PromptTemplate("{{text}}{{#if previous.value}}{{previous.value}}{{/if}}")]
            [AcceptIf(nameof(IsRare))]
            public partial Task<int> CountAsync(string text);

            [RoutedPrompt(Models.Mini, Models.Sonnet, MaxOutputTokens = 300)]
            [PromptTemplate("{{text}}{{previous.value}}")]
            public partial Task<Mood?> MoodAsync(string text);

            [RoutedPrompt(Models.Mini, Models.Sonnet, MaxOutputTokens = 300)]
            [PromptTemplate("{{#each texts}}{{this}}{{../previous.answer}}{{#each ../previous.value}}{{this}}{{/each}}{{/each}}")]
            public partial Task<List<string>> TagsAsync(string[] texts);

            [RoutedPrompt(Models.Mini, Models.Sonnet)]
            [PromptTemplate("{{text}} {{json this}} {{previous.value}}")]
            [AcceptIf(nameof(IsLong))]
            public partial Task<string> ReplyAsync(string text);

            private static bool IsRare(int count) => count < 3;

            private static bool IsLong(string reply) => reply.Length > 9;
        }
        """;

    [Fact]
    public void A_draft_that_a_stronger_model_improves() => Snapshot.Verify(Project(Source).Files["Acme.Writer.DraftAsync.g.cs"]);

    [Fact]
    public void They_compile_without_a_complaint() => Assert.Empty(Project(Source).Output.Complaints());

    [Fact]
    public void A_prompt_that_does_not_name_it_keeps_no_answer() =>
        Assert.DoesNotContain("Previous", Project(Source.Replace("previous", "text", StringComparison.Ordinal)).Files["Acme.Writer.ReplyAsync.g.cs"], StringComparison.Ordinal);

    [Theory]
    [InlineData("{{#if previous}}{{previous.answer}}{{/if}}", 300)]
    [InlineData("", 0)]
    public void The_worst_case_counts_it_as_text_of_the_next_step(string template, int tokens)
    {
        var file = Project($$$"""
            using System.Threading.Tasks;
            using PromptGen;

            [ModelCatalog]
            public static class Own
            {
                [Model("openai", Tier.Fast, InputPrice = 0, OutputPrice = 0)]
                public const string Free = "free-1";

                [Model("openai", Tier.General, InputPrice = 1_000_000, OutputPrice = 0)]
                public const string Costly = "costly-1";
            }

            namespace Acme
            {
                public sealed partial class Writer
                {
                    [RoutedPrompt(Own.Free, Own.Costly, MaxOutputTokens = 300, Repairs = 0)]
                    [PromptTemplate("{{text}}{{{template}}}")]
                    [AcceptIf(nameof(IsLong))]
                    public partial Task<string> ReplyAsync(string text);

                    private static bool IsLong(string reply) => reply.Length > 9;
                }
            }
            """).Files["Acme.Writer.ReplyAsync.g.cs"];

        Assert.Contains($"WorstCaseUsd = {tokens + 4}m", file, StringComparison.Ordinal);
    }

    private static Generation Project(string source) => new([Sources.Models, source]);
}
