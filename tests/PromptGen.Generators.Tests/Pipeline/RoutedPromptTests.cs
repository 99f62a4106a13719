using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Pipeline;

/// <summary>Prompts that enter their route by rule, by value and by what another prompt says.</summary>
public sealed class RoutedPromptTests
{
    private const string Source = """
        using System.Threading;
        using System.Threading.Tasks;
        using PromptGen;

        namespace Acme;

        public enum Plan { Free, Pro, Enterprise }

        public enum Kind { Simple, Complex }

        public sealed partial class Helper
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 300)]
            [PromptTemplate("{{question}} {{context}}")]
            [RouteWhen(Tier.General, MinInputTokens = 2000)]
            [RouteWhen(Models.Haiku, ContainsCode = true, ContainsAny = ["stack trace", "exception"], In = nameof(context))]
            [RouteBy(nameof(plan))]
            [RouteCase(Plan.Free, Tier.Fast, EscalateTo = Tier.Fast)]
            [RouteCase(Plan.Pro, Tier.Fast)]
            [RouteCase(Plan.Enterprise, Tier.General)]
            public partial Task<PromptResult<string>> AnswerAsync(string question, string? context, Plan plan, CancellationToken cancellationToken = default);

            [RoutedPrompt(Tier.Fast, MaxOutputTokens = 20)]
            [PromptTemplate("What kind of question is this? {{question}}")]
            public partial Task<Kind> KindOfAsync(string question, CancellationToken cancellationToken = default);

            [RoutedPrompt(Tier.General)]
            [PromptTemplate("{{question}}")]
            [RouteBy(nameof(KindOfAsync), Otherwise = Tier.General)]
            [RouteCase(Kind.Simple, Tier.Fast)]
            public partial Task<string> ReplyAsync(string question, CancellationToken cancellationToken = default);

            [RoutedPrompt(Models.Mini, Models.Sonnet, MaxOutputTokens = 300)]
            [PromptTemplate("{{question}}")]
            [AcceptIf(nameof(IsLong))]
            [Canary(Models.Haiku, 5, By = nameof(customerId))]
            public partial Task<string> TryAsync(string question, string customerId, CancellationToken cancellationToken = default);

            private static bool IsLong(string answer) => answer.Length > 20;
        }
        """;

    [Fact]
    public void Rules_and_values() => Snapshot.Verify(Project(Source).Files["Acme.Helper.AnswerAsync.g.cs"]);

    [Fact]
    public void A_prompt_as_the_router() => Snapshot.Verify(Project(Source).Files["Acme.Helper.ReplyAsync.g.cs"]);

    [Fact]
    public void A_candidate_for_a_share_of_the_calls() => Snapshot.Verify(Project(Source).Files["Acme.Helper.TryAsync.g.cs"]);

    [Theory]
    [InlineData("[Canary(Models.Haiku, 5,", "[Canary(Models.Llama, 5,", true)]
    [InlineData("By = nameof(customerId)", "By = nameof(question)", true)]
    [InlineData("[Canary(Models.Haiku, 5,", "[Canary(Models.Haiku, 50,", false)]
    public void The_candidate_is_part_of_the_version_and_its_share_is_not(string from, string to, bool isOther)
    {
        var changed = Source.Replace(from, to, StringComparison.Ordinal);

        Assert.NotEqual(Source, changed);
        Assert.Equal(isOther, FirstLine(Source, "TryAsync") != FirstLine(changed, "TryAsync"));
    }

    [Fact]
    public void They_compile_without_a_complaint() => Assert.Empty(Project(Source).Output.Complaints());

    [Theory]
    [InlineData("MinInputTokens = 2000", "MinInputTokens = 2001")]
    [InlineData("\"stack trace\"", "\"stack\"")]
    [InlineData("In = nameof(context)", "In = nameof(question)")]
    [InlineData("EscalateTo = Tier.Fast)]", "EscalateTo = Tier.General)]")]
    [InlineData("[RouteCase(Plan.Pro, Tier.Fast)]", "[RouteCase(Plan.Pro, Tier.General)]")]
    public void What_is_declared_changes_the_version(string from, string to)
    {
        var changed = Source.Replace(from, to, StringComparison.Ordinal);

        Assert.NotEqual(Source, changed);
        Assert.NotEqual(FirstLine(Source), FirstLine(changed));
    }

    [Fact]
    public void A_predicate_gets_the_token_by_whatever_name_and_a_step_has_a_name_of_its_own() => Assert.Empty(Project("""
        using System.Threading;
        using System.Threading.Tasks;
        using PromptGen;

        namespace Acme;

        [ModelCatalog]
        public static class Others
        {
            [Model("openai", Tier.Fast)]
            public const string Canary = "canary-1";
        }

        public sealed partial class Helper
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General)]
            [PromptTemplate("{{question}}")]
            [RouteWhen(Tier.General, Predicate = nameof(IsHard))]
            [Canary(Models.Haiku, 5)]
            public partial Task<PromptResult<int>> AnswerAsync(string question, PromptOptions? options = null, CancellationToken cancellationToken = default);

            private static bool IsHard(string question, CancellationToken stop) => question.Length > 9 && !stop.IsCancellationRequested;
        }
        """).Output.Complaints());

    private static string FirstLine(string source, string prompt = "AnswerAsync") =>
        Project(source).Files[$"Acme.Helper.{prompt}.g.cs"].Split('\n').First(static line => line.StartsWith("// Helper.", StringComparison.Ordinal));

    private static Generation Project(string source) => new([Sources.Models, source]);
}
