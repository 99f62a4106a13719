using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Pipeline;

/// <summary>What is written for prompts whose answers are kept.</summary>
public sealed class CachedPromptTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Collections.Immutable;
        using System.Text.Json.Serialization;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.AI;
        using PromptGen;

        namespace Acme;

        public enum Plan { Free, Pro }

        public readonly record struct Money(decimal Amount, string Currency) : ISpanFormattable
        {
            public string ToString(string? format, IFormatProvider? provider) => Currency;

            public bool TryFormat(Span<char> destination, out int written, ReadOnlySpan<char> format, IFormatProvider? provider) { written = 0; return true; }
        }

        public sealed record Line(string Text, Money? Price, [property: JsonIgnore] string Note, Line? Next);

        public sealed record Order(
            string Id, bool Paid, bool? Sent, char Mark, int? Count, double Weight, decimal? Total, Plan Plan, Plan? Next, DateTimeOffset At, TimeOnly? Hour, Guid Key, Uri? Link,
            List<Line> Lines, ImmutableArray<string>? Tags, Dictionary<Plan, List<Line>>? ByPlan, IReadOnlyDictionary<string, int?> Counts, (int Left, string Right) Pair, HashSet<Money> Prices);

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 300)]
            [PromptTemplate("{{json order}}")]
            [AcceptIf(nameof(IsGood)), AcceptIf(nameof(FitsAsync))]
            [RouteBy(nameof(plan)), RouteCase(Plan.Free, Tier.Fast, EscalateTo = Tier.Fast), RouteCase(Plan.Pro, Tier.General)]
            [Cached(3600, PerScope = true)]
            public partial Task<PromptResult<Answer>> AskAsync(Order order, byte[] photo, Plan plan, PromptOptions? options = null, CancellationToken cancellationToken = default);

            [RoutedPrompt(Models.Mini, MaxOutputTokens = 300)]
            [PromptTemplate("Fits? {{json answer}}")]
            public partial Task<bool> FitsAsync(Answer answer);

            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{key}} {{WriteKey}} {{text}}")]
            [AcceptIf(nameof(IsGood), Repair = true)]
            [Cached(60)]
            public partial Task<Answer> NamesAsync(string key, string WriteKey, string text, DataContent? more, UriContent? other, ReadOnlyMemory<byte>? bytes);

            [RoutedPrompt(Models.Mini, Models.Sonnet)]
            [PromptTemplate("{{text}}")]
            [RouteBy(nameof(IsHardAsync)), RouteCase(true, Models.Sonnet), RouteCase(false, Models.Mini)]
            [Cached(60)]
            public partial Task<Answer> RoutedAsync(string text);

            [RoutedPrompt(Models.Mini)]
            [PromptTemplate("Hard? {{text}}")]
            public partial Task<bool> IsHardAsync(string text);

            private bool IsGood(Answer answer) => answer.Text.Length > 0;
        }

        public sealed record Answer(string Text);
        """;

    [Fact]
    public void A_route_with_every_kind_of_argument() => Snapshot.Verify(Project(Source).Files["Acme.Desk.AskAsync.g.cs"]);

    [Fact]
    public void The_look_comes_before_a_router_is_paid() => Snapshot.Verify(Project(Source).Files["Acme.Desk.RoutedAsync.g.cs"]);

    [Fact]
    public void They_compile_without_a_complaint() => Assert.Empty(Project(Source).Output.Complaints());

    private static Generation Project(string source) => new([Sources.Models, source]);
}
