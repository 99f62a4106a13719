using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Pipeline;

/// <summary>Prompts with a parameter for the options of the call, and with an order of the models of a step.</summary>
public sealed class CallOptionsTests
{
    private const string Source = """
        using System.Threading;
        using System.Threading.Tasks;
        using PromptGen;

        namespace Acme;

        public sealed partial class Helper
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 300)]
            [PromptTemplate("{{question}}", ForTier = Tier.Fast)]
            [PromptTemplate("{{question}}", ForTier = Tier.General)]
            [Fallback(nameof(Queue))]
            public partial Task<string> AnswerAsync(PromptOptions? options, string question, CancellationToken cancellationToken = default);

            private static string Queue(string question) => question;
        }
        """;

    private static string File => Project().Files["Acme.Helper.AnswerAsync.g.cs"];

    [Fact]
    public void They_compile_without_a_complaint() => Assert.Empty(Project().Output.Complaints());

    [Theory]
    [InlineData("Helper.AnswerAsync(question) → string")]
    [InlineData("//   enters       the model that options names, if it names one")]
    [InlineData("var template = new AnswerAsyncTemplate(question);")]
    [InlineData("new global::PromptGen.Routing.RouteEntry(AnswerAsyncRoute.Fast, options);")]
    [InlineData("call.SubstituteAsync((question, 0), static (state, stop) =>")]
    public void The_method_hands_them_to_the_entry_and_to_nothing_else(string line) => Assert.Contains(line, File, StringComparison.Ordinal);

    [Fact]
    public void There_is_a_step_for_each_model_that_has_a_template()
    {
        var choices = File.Split('\n').Single(static line => line.Contains("Choices = [", StringComparison.Ordinal));

        Assert.Equal("Choices = [AnswerAsyncRoute.Mini, AnswerAsyncRoute.Haiku, AnswerAsyncRoute.General],", choices.Trim());
    }

    [Theory]
    [InlineData("Cheapest", "the cheapest model of a step first")]
    [InlineData("Fastest", "the fastest model of a step first")]
    [InlineData("Balanced", "the model of a step with the fewest requests in flight first")]
    public void An_order_is_in_comment_definition_and_version(string order, string comment)
    {
        var file = Ordered(order);

        Assert.Contains(comment, file, StringComparison.Ordinal);
        Assert.Contains($"Order = global::PromptGen.StepOrder.{order},", file, StringComparison.Ordinal);
        Assert.NotEqual(Version(Ordered("Catalog")), Version(file));
    }

    [Fact]
    public void The_order_of_the_catalog_changes_nothing() => Assert.Equal(File, Ordered("Catalog"));

    private static string Ordered(string order) =>
        new Generation([Sources.Models, Source.Replace("MaxOutputTokens = 300", $"MaxOutputTokens = 300, Order = StepOrder.{order}", StringComparison.Ordinal)]).Files["Acme.Helper.AnswerAsync.g.cs"];

    private static string Version(string file) => file.Split('\n').First(static line => line.Contains("  version ", StringComparison.Ordinal));

    private static Generation Project() => new([Sources.Models, Source]);
}
