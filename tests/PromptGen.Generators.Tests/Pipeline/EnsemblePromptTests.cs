using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Pipeline;

/// <summary>What is written for prompts whose answers are voted on.</summary>
public sealed class EnsemblePromptTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Text.Json.Serialization;
        using System.Threading;
        using System.Threading.Tasks;
        using PromptGen;

        namespace Acme;

        public enum Verdict { Safe, Unsafe }

        [Flags]
        public enum Marks { None = 0, Race = 1, Leak = 2 }

        public sealed record Finding(string File, int? Line, Marks Marks);

        public sealed record Review(Verdict Verdict, double Confidence, List<Finding> Findings);

        [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
        [JsonDerivedType(typeof(Dot), "dot")]
        [JsonDerivedType(typeof(Box), "box")]
        public abstract record Shape;

        public sealed record Dot(int X) : Shape;

        public sealed record Box(decimal Width, Shape? Inside) : Shape;

        public sealed record Everything(
            string? Text, char Letter, bool Flag, bool? Maybe, sbyte A, byte B, short C, ushort D, int E, uint F, long G, ulong H, float I, double J, decimal K,
            DateTime Time, DateTimeOffset At, DateOnly Day, TimeOnly Hour, TimeSpan Length, Guid Id, Uri? Link, byte[] Data, Verdict? Verdict,
            HashSet<int> Set, Dictionary<string, int?> Map, Dictionary<Verdict, List<string>>? Lists, (int Left, string Right) Pair, Shape Shape, Finding?[] Findings);

        public sealed partial class Reviewer
        {
            [RoutedPrompt(Models.Sonnet, MaxOutputTokens = 300)]
            [PromptTemplate("{{code}}")]
            [Ensemble(Models.Mini, Models.Haiku, Models.Llama, On = nameof(Review.Verdict), Weights = [0.9, 0.8, 0.7])]
            public partial Task<PromptResult<Review>> ReviewAsync(string code, CancellationToken cancellationToken = default);

            [RoutedPrompt(Tier.General, MaxOutputTokens = 300)]
            [PromptTemplate("{{code}}")]
            [RouteWhen(Tier.General, MinInputTokens = 2000)]
            [Ensemble(Models.Mini, Models.Haiku, ConfidenceMember = nameof(Review.Confidence), Eager = true, Quorum = 2)]
            public partial Task<Review> JudgeAsync(string code, CancellationToken cancellationToken = default);

            [RoutedPrompt(Models.Sonnet, MaxOutputTokens = 20)]
            [PromptTemplate("Which review of this code is best? {{code}} {{json candidates}}")]
            public partial Task<PromptResult<int>> PickAsync(IReadOnlyList<Review> candidates, string code, CancellationToken cancellationToken = default);

            [RoutedPrompt(Models.Sonnet, MaxOutputTokens = 300)]
            [PromptTemplate("{{code}}")]
            [Ensemble(Models.Mini, Models.Haiku, Judge = nameof(PickAsync))]
            public partial Task<Review> BestAsync(string code, CancellationToken cancellationToken = default);

            [RoutedPrompt(MaxOutputTokens = 300)]
            [PromptTemplate("{{code}}")]
            [Ensemble(Models.Mini, Models.Haiku, Judge = nameof(Longest))]
            public partial Task<Review> LongestAsync(string code, CancellationToken cancellationToken = default);

            private static int Longest(IReadOnlyList<Review> candidates) => candidates.Count - 1;

            [RoutedPrompt(Temperature = 0.5)]
            [PromptTemplate("{{code}}")]
            [Ensemble(Models.Mini, Models.Haiku, Samples = 2)]
            public partial Task<Everything> EverythingAsync(string code, CancellationToken cancellationToken = default);

            [RoutedPrompt]
            [PromptTemplate("{{code}}")]
            [Ensemble(Models.Mini, Models.Haiku)]
            public partial Task<string> TitleAsync(string code, CancellationToken cancellationToken = default);

            [RoutedPrompt]
            [PromptTemplate("{{code}}")]
            [Ensemble(Models.Mini, Models.Haiku)]
            public partial Task<List<int>> LinesAsync(string code, CancellationToken cancellationToken = default);
        }
        """;

    [Fact]
    public void A_weighted_vote_before_a_route() => Snapshot.Verify(Project(Source).Files["Acme.Reviewer.ReviewAsync.g.cs"]);

    [Fact]
    public void A_vote_that_a_rule_leads_past() => Snapshot.Verify(Project(Source).Files["Acme.Reviewer.JudgeAsync.g.cs"]);

    [Fact]
    public void A_judge_that_selects() => Snapshot.Verify(Project(Source).Files["Acme.Reviewer.BestAsync.g.cs"]);

    [Fact]
    public void Values_of_every_kind_are_compared() => Snapshot.Verify(Project(Source).Files["Acme.Reviewer.EverythingAsync.g.cs"]);

    [Fact]
    public void They_compile_without_a_complaint() => Assert.Empty(Project(Source).Output.Complaints());

    [Theory]
    [InlineData("Models.Mini, Models.Haiku, Models.Llama", "Models.Mini, Models.Llama, Models.Haiku")]
    [InlineData("On = nameof(Review.Verdict), ", "")]
    [InlineData("[0.9, 0.8, 0.7]", "[0.9, 0.8, 0.6]")]
    [InlineData("0.7])]", "0.7], Quorum = 3)]")]
    [InlineData("[RoutedPrompt(Models.Sonnet, MaxOutputTokens = 300)]", "[RoutedPrompt(MaxOutputTokens = 300)]")]
    public void The_vote_is_part_of_the_version(string from, string to)
    {
        var changed = Source.Replace(from, to, StringComparison.Ordinal);

        Assert.NotEqual(Source, changed);
        Assert.NotEqual(FirstLine(Source), FirstLine(changed));
    }

    private static Generation Project(string source) => new([Sources.Models, source]);

    private static string FirstLine(string source) => Project(source).Files["Acme.Reviewer.ReviewAsync.g.cs"].Split('\n').First(static line => line.Contains("version", StringComparison.Ordinal));
}
