using System.Globalization;

namespace PromptGen.Generators.Tests.Rules;

/// <summary>A probability is that of a member of the answer, by models that give some.</summary>
public sealed class PG0419Tests
{
    private const string Models = """
        [ModelCatalog]
        public static class Models
        {
            [Model("openai", Tier.Fast, Features = ModelFeatures.StructuredOutput | ModelFeatures.LogProbabilities)]
            public const string Sure = "sure";

            [Model("openai", Tier.General, Features = ModelFeatures.StructuredOutput | ModelFeatures.LogProbabilities)]
            public const string Surer = "surer";

            [Model("anthropic", Tier.Fast)]
            public const string Silent = "silent";

            [Model("anthropic", Tier.General)]
            public const string Mute = "mute";
        }
        """;

    [Theory]
    [InlineData("Models.Sure", "Task<Triage>", "AcceptLikely(0.9, Member = {|PG0419:\"Queu\"|})", "'Triage' has no member 'Queu'; did you mean 'Queue'?")]
    [InlineData("Models.Sure", "Task<Triage>", "AcceptLikely(0.9, Member = {|PG0419:\"\"|})", "'Triage' has no member ''; name one of its members, or remove Member")]
    [InlineData("Models.Sure", "Task<IReadOnlyList<Triage>>", "AcceptLikely(0.9, Member = {|PG0419:\"Queue\"|})", "'IReadOnlyList<Triage>' has no member 'Queue'; name one of its members, or remove Member")]
    [InlineData("Models.Sure", "Task<string>", "AcceptLikely(0.9, Member = {|PG0419:\"Length\"|})", "the prompt returns text, which has no members; remove Member, and the whole answer is compared")]
    [InlineData("Models.Silent", "Task<Triage>", "{|PG0419:AcceptLikely(0.9)|}", "'silent' does not have ModelFeatures.LogProbabilities, so that every answer of it is rejected: route to models that have the feature (Requires), add it in the catalog, or set WhenUnknown to Accept")]
    [InlineData("Models.Silent", "Task<Triage>", "{|PG0419:AcceptLikely(0.9, WhenUnknown = WhenUnknown.Accept)|}", "'silent' does not have ModelFeatures.LogProbabilities, so that every answer of it is accepted unchecked: add the feature to a model in the catalog that has it, or remove [AcceptLikely]")]
    [InlineData("Models.Sure, Models.Mute", "Task<Triage>", "{|PG0419:AcceptLikely(0.9, WhenUnknown = WhenUnknown.Throw)|}", "'mute' does not have ModelFeatures.LogProbabilities, so that every answer of it is an error: route to models that have the feature (Requires), add it in the catalog, or set WhenUnknown to Accept")]
    [InlineData("Tier.Fast, EscalateTo = Tier.General", "Task<Triage>", "{|PG0419:AcceptLikely(0.9, Member = nameof(Triage.Queue))|}", "'silent' and 'mute' do not have ModelFeatures.LogProbabilities, so that every answer of them is rejected: route to models that have the feature (Requires), add it in the catalog, or set WhenUnknown to Accept")]
    [InlineData("Models.Sure, Fallbacks = [Models.Silent]", "Task<Triage>", "{|PG0419:AcceptLikely(0.9)|}", "'silent' does not have ModelFeatures.LogProbabilities, so that every answer of it is rejected: route to models that have the feature (Requires), add it in the catalog, or set WhenUnknown to Accept")]
    public async Task Fires(string route, string output, string clause, string reason)
    {
        var diagnostics = await Rule.VerifyAsync(Desk(route, output, clause));

        Assert.Equal($"[AcceptLikely] has no probability to compare: {reason}", Assert.Single(diagnostics, static one => one.Id == "PG0419").GetMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Fires_at_each_attribute_for_itself()
    {
        var diagnostics = await Rule.VerifyAsync(Desk(
            "Models.Sure", "Task<Triage>", "AcceptLikely(0.9), AcceptLikely(0.8, Member = {|PG0419:\"Nothing\"|}), AcceptLikely(0.9, Member = nameof(Triage.Urgency)), AcceptLikely(0.5, Member = {|PG0419:\"None\"|})"));

        Assert.Equal(2, diagnostics.Count(static one => one.Id == "PG0419"));
    }

    [Theory]
    [InlineData("Models.Sure, Models.Surer", "Task<Triage>", "AcceptLikely(0.9)")]
    [InlineData("Models.Sure, Models.Surer", "Task<PromptResult<Triage>>", "AcceptLikely(1, Member = nameof(Triage.Queue), WhenUnknown = WhenUnknown.Throw)")]
    [InlineData("Models.Sure, Models.Surer", "Task<string>", "AcceptLikely(0.9)")]
    [InlineData("Models.Sure, Models.Surer", "Task<IReadOnlyList<Triage>>", "AcceptLikely(0.9)")]
    [InlineData("Models.Sure, Models.Mute", "Task<Triage>", "AcceptLikely(0.9, Member = nameof(Triage.Queue), WhenUnknown = WhenUnknown.Accept)")]
    [InlineData("Tier.Fast, EscalateTo = Tier.General, Requires = ModelFeatures.LogProbabilities", "Task<Triage>", "AcceptLikely(0.9, Member = \"Summary\")")]
    public Task Stays_silent(string route, string output, string clause) => Rule.VerifyAsync(Desk(route, output, clause));

    private static string Desk(string route, string output, string clause) => $$$"""
        {{{Models}}}

        public sealed partial class Desk
        {
            [RoutedPrompt({{{route}}})]
            [PromptTemplate("{{ticket}}")]
            [{{{clause}}}]
            public partial {{{output}}} AskAsync(string ticket);
        }
        """;
}
