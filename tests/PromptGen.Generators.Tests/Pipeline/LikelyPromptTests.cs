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

    private static readonly string Calibrated = Source
        .Replace("nameof(Label.Line), ", "nameof(Label.Line), Calibration = \"label.calibration\", ", StringComparison.Ordinal)
        .Replace("[AcceptLikely(0.25, WhenUnknown = WhenUnknown.Accept)]", "", StringComparison.Ordinal);

    private static readonly (string Path, string Text) Map = (
        "/project/label.calibration",
        "promptgen calibration 1\nkind: likelihood\ndate: 2026-11-20\nlabels: 412\nmetric: ECE 0.21 -> 0.03\n\n[other]\n0 0\n1 1\n\n[sure]\n0 0\n0.4 0.5\n0.6 0.95\n");

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

    [Fact]
    public async Task A_calibration_maps_the_probability_before_it_is_compared()
    {
        var likely = new ScriptedChatClient().Answers(Answer, AnswerTokens.Of(Answer, ("Billing", 0.6)));
        var unlikely = new ScriptedChatClient().Answers(Answer, AnswerTokens.Of(Answer, ("Billing", 0.5))).Answers(Answer);

        await AskAsync(likely, Calibrated, Map);
        await AskAsync(unlikely, Calibrated, Map);

        Assert.Single(likely.Requests);
        Assert.Equal(2, unlikely.Requests.Count);
    }

    [Fact]
    public void A_calibration_is_written_as_the_points_of_each_model() => Assert.Contains(
        """Likelihoods = [new(0.9d, "Line", "queue", WhenUnknown: global::PromptGen.WhenUnknown.Accept) { Calibration = [new("sure", [0d, 0.4d, 0.6d], [0d, 0.5d, 0.95d])] }],""",
        new Generation([Calibrated], Map).Files["Acme.Desk.LabelAsync.g.cs"],
        StringComparison.Ordinal);

    [Fact]
    public void A_calibrated_prompt_compiles_without_a_complaint_and_says_by_what() => Assert.Contains(
        "calibrated probability of Line ≥ 0.9 (412 labels of 2026-11-20) or not known",
        Compiled(new Generation([Calibrated], Map)).Files["Acme.Desk.LabelAsync.g.cs"],
        StringComparison.Ordinal);

    [Theory]
    [InlineData("0.4 0.5", "0.4 0.6", true)]
    [InlineData("[sure]", "[sur*]", true)]
    [InlineData("2026-11-20", "2026-11-21", false)]
    [InlineData("\n", "\r\n", false)]
    public void The_points_are_part_of_the_version_and_the_head_is_not(string from, string to, bool isOther)
    {
        var changed = (Map.Path, Map.Text.Replace(from, to, StringComparison.Ordinal));

        Assert.Equal(isOther, Definition(Calibrated, Map).Version != Definition(Calibrated, changed).Version);
    }

    private static Generation Compiled(Generation project)
    {
        Assert.Empty(project.Output.Complaints());
        return project;
    }

    private static IEnumerable<(string, double)> Around(string answer, string whole, double probability)
    {
        var start = answer.IndexOf(whole, StringComparison.Ordinal);
        return new[] { answer[..start], answer[(start + whole.Length)..] }.Where(static part => part.Length > 0).Select(part => (part, probability));
    }

    private static async Task<object> AskAsync(ScriptedChatClient client, string source = Source, params (string Path, string Text)[] files)
    {
        using var prompts = PromptRuntime.Create(builder => builder.AddProvider("openai", _ => client).AddProvider("anthropic", _ => client));
        dynamic desk = Activator.CreateInstance(LoadedAssembly.Load(new Generation([source], files).Output).Type("Acme.Desk"), prompts)!;
        return await desk.LabelAsync("I was charged twice");
    }

    private static PromptGen.Routing.PromptDefinition Definition(string source, params (string Path, string Text)[] files) => (PromptGen.Routing.PromptDefinition)LoadedAssembly
        .Load(new Generation([source], files).Output)
        .Type("Acme.Desk")
        .GetField("LabelAsyncPrompt", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
        .GetValue(null)!;

    private static Generation Project(string source) => new([source]);
}
