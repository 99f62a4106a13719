using PromptGen.Generators.Tests.Harness;
using PromptGen.Testing;

namespace PromptGen.Generators.Tests.Pipeline;

/// <summary>A prompt whose answers are accepted where their models are sure of them.</summary>
public sealed class LikelyPromptTests
{
    private const string Answer = """{ "queue": "Billing", "note": "é" }""";

    private const string Source = """
        using System.Collections.Generic;
        using System.Text.Json.Serialization;
        using System.Threading;
        using System.Threading.Tasks;
        using PromptGen;

        namespace Acme;

        [ModelCatalog]
        public static class Models
        {
            [Model("openai", Tier.Fast, Features = ModelFeatures.StructuredOutput | ModelFeatures.LogProbabilities, InputPrice = 1, OutputPrice = 2, MaxOutputTokens = 1_000)]
            public const string Sure = "sure";

            [Model("anthropic", Tier.General, InputPrice = 3, OutputPrice = 4, MaxOutputTokens = 1_000)]
            public const string Silent = "silent";
        }

        public sealed record Label([property: JsonPropertyName("queue")] string Line, string Note);

        public sealed partial class Desk
        {
            [RoutedPrompt(Models.Sure, Models.Silent)]
            [PromptTemplate("{{ticket}}")]
            [AcceptLikely(0.9, Member = nameof(Label.Line), WhenUnknown = WhenUnknown.Accept)]
            [AcceptLikely(0.25, WhenUnknown = WhenUnknown.Accept)]
            public partial Task<Label> LabelAsync(string ticket, CancellationToken cancellationToken = default);
        }
        """;

    [Fact]
    public void A_prompt_with_probabilities() => Snapshot.Verify(Project(Source).Files["Acme.Desk.LabelAsync.g.cs"]);

    [Fact]
    public void It_compiles_without_a_complaint() => Assert.Empty(Project(Source).Output.Complaints());

    [Theory]
    [InlineData("0.9", "0.8")]
    [InlineData("Member = nameof(Label.Line), ", "")]
    [InlineData("nameof(Label.Line)", "nameof(Label.Note)")]
    [InlineData("nameof(Label.Line), WhenUnknown = WhenUnknown.Accept", "nameof(Label.Line)")]
    [InlineData("[AcceptLikely(0.25, WhenUnknown = WhenUnknown.Accept)]", "")]
    public void What_is_declared_changes_the_version(string from, string to) =>
        Assert.NotEqual(Definition(Source).Version, Definition(Source.Replace(from, to, StringComparison.Ordinal)).Version);

    [Fact]
    public async Task A_likely_value_is_accepted_and_only_its_model_is_asked_for_probabilities()
    {
        var client = new ScriptedChatClient().Answers(Answer, AnswerTokens.Of(Answer, ("Billing", 0.95), ("note", 0.3)));

        Assert.Equal("Label { Line = Billing, Note = é }", (await AskAsync(client)).ToString());

        Assert.True(PromptGen.Providers.LogProbabilities.AreAsked(Assert.Single(client.Requests).Options));
    }

    [Fact]
    public async Task An_unlikely_value_escalates_to_a_model_that_is_not_asked_for_probabilities()
    {
        var client = new ScriptedChatClient().Answers(Answer, AnswerTokens.Of(Answer, ("Billing", 0.62))).Answers(Answer);

        await AskAsync(client);

        Assert.Equal([true, false], client.Requests.Select(static request => PromptGen.Providers.LogProbabilities.AreAsked(request.Options)));
    }

    [Fact]
    public async Task Every_one_of_several_probabilities_has_to_be_reached()
    {
        var client = new ScriptedChatClient().Answers(Answer, AnswerTokens.Of(Answer, ("\"note\": ", 1e-9))).Answers(Answer);

        await AskAsync(client);

        Assert.Equal(2, client.Requests.Count);
    }

    [Theory]
    [InlineData("Task<List<int>>", """{"value": [1, 2]}""", "[1, 2]")]
    [InlineData("Task<int>", """{"value": 42}""", "42")]
    [InlineData("Task<Label?>", """{"value": { "queue": "a", "note": "b" }}""", """{ "queue": "a", "note": "b" }""")]
    [InlineData("Task<string>", " as it comes\n", "as it comes")]
    public async Task The_whole_answer_is_what_the_wrapper_holds_or_the_text(string output, string answer, string whole)
    {
        var source = Source
            .Replace("Task<Label>", output, StringComparison.Ordinal)
            .Replace("[AcceptLikely(0.9, Member = nameof(Label.Line), WhenUnknown = WhenUnknown.Accept)]", "", StringComparison.Ordinal)
            .Replace("0.25", "0.9", StringComparison.Ordinal);
        var around = answer.Replace(whole, "", StringComparison.Ordinal);
        var likely = new ScriptedChatClient().Answers(answer, AnswerTokens.Of(answer, [.. Around(answer, whole, 0.1), (whole, 0.95)]));
        var unlikely = new ScriptedChatClient().Answers(answer, AnswerTokens.Of(answer, (whole, 0.85))).Answers(answer);

        await AskAsync(likely, source);
        await AskAsync(unlikely, source);

        Assert.NotEmpty(around);
        Assert.Single(likely.Requests);
        Assert.Equal(2, unlikely.Requests.Count);
    }

    private static IEnumerable<(string, double)> Around(string answer, string whole, double probability)
    {
        var start = answer.IndexOf(whole, StringComparison.Ordinal);
        return new[] { answer[..start], answer[(start + whole.Length)..] }.Where(static part => part.Length > 0).Select(part => (part, probability));
    }

    private static async Task<object> AskAsync(ScriptedChatClient client, string source = Source)
    {
        using var prompts = PromptRuntime.Create(builder => builder.AddProvider("openai", _ => client).AddProvider("anthropic", _ => client));
        dynamic desk = Activator.CreateInstance(LoadedAssembly.Load(Project(source).Output).Type("Acme.Desk"), prompts)!;
        return await desk.LabelAsync("I was charged twice");
    }

    private static PromptGen.Routing.PromptDefinition Definition(string source) => (PromptGen.Routing.PromptDefinition)LoadedAssembly
        .Load(Project(source).Output)
        .Type("Acme.Desk")
        .GetField("LabelAsyncPrompt", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
        .GetValue(null)!;

    private static Generation Project(string source) => new([source]);
}
