using PromptGen.Generators.Tests.Harness;
using PromptGen.Testing;

namespace PromptGen.Generators.Tests.Pipeline;

/// <summary>A prompt whose answers are accepted by what they state of themselves, calibrated by their model.</summary>
public sealed class StatedPromptTests
{
    private const string Source = """
        using System.Threading.Tasks;
        using PromptGen;

        namespace Acme;

        [ModelCatalog]
        public static class Models
        {
            [Model("openai", Tier.Fast, InputPrice = 1, OutputPrice = 2, MaxOutputTokens = 1_000)]
            public const string Mini = "mini";

            [Model("anthropic", Tier.General, InputPrice = 3, OutputPrice = 4, MaxOutputTokens = 1_000)]
            public const string Large = "large";
        }

        public sealed record Label(string Queue, double? Confidence);

        public sealed partial class Desk
        {
            [RoutedPrompt(Models.Mini, Models.Large, Repairs = 0)]
            [PromptTemplate("{{ticket}}")]
            [AcceptWhen(nameof(Label.Confidence), AtLeast = 0.8, Calibration = "label.calibration")]
            public partial Task<PromptResult<Label>> LabelAsync(string ticket);
        }
        """;

    private static readonly (string Path, string Text) Map = (
        "/project/label.calibration",
        "promptgen calibration 1\nkind: confidence\ndate: 2026-11-20\nlabels: 412\nmetric: ECE 0.21 -> 0.03\n\n[mini]\n0.5 0.2\n1 0.9\n\n[large]\n0 0.1\n0.5 0.9\n1 1\n");

    [Fact]
    public void A_calibrated_bound_is_part_of_the_definition_and_no_check() => Assert.Contains(
        """Confidences = [new("Confidence", static value => (double?)value.Confidence, 0.8d, null, [new("mini", [0.5d, 1d], [0.2d, 0.9d]), new("large", [0d, 0.5d, 1d], [0.1d, 0.9d, 1d])])],""",
        Compiled(Source),
        StringComparison.Ordinal);

    [Fact]
    public void The_comment_says_by_what() => Assert.Contains(
        "accepted     the contract holds and calibrated Confidence ≥ 0.8 (412 labels of 2026-11-20)", Compiled(Source), StringComparison.Ordinal);

    /// <summary>What one model states as 0.95 is right in 83 of 100 cases; another one's 0.5 is right in 90.</summary>
    [Theory]
    [InlineData("0.95", null)]
    [InlineData("0.9", "calibrated Confidence 0.76 is below 0.8")]
    [InlineData("0.5", "calibrated Confidence 0.2 is below 0.8")]
    [InlineData("null", "the calibrated Confidence is unknown")]
    public async Task A_bound_is_compared_with_the_share_of_right_answers_of_the_model(string stated, string? reason)
    {
        var client = new ScriptedChatClient().Answers(Answer(stated)).Answers(Answer("0.5"));

        var result = await AskAsync(client, Source);

        Assert.Equal(reason is null ? "mini" : "large", result.ModelId);
        Assert.Equal(reason, result.Attempts[0].RejectionReason);
    }

    [Fact]
    public async Task A_member_that_throws_ends_the_call_as_a_check_that_throws_does()
    {
        var source = Source.Replace(
            "public sealed record Label(string Queue, double? Confidence);",
            """
            public sealed record Label(string Queue)
            {
                private readonly double? _stated;

                public double? Confidence { get => _stated ?? throw new System.InvalidOperationException("secret"); init => _stated = value; }
            }
            """,
            StringComparison.Ordinal);

        var exception = await Assert.ThrowsAsync<PromptException>(() => AskAsync(new ScriptedChatClient().Answers(Answer("null")), source));

        Assert.Equal(PromptErrorCode.NotAccepted, exception.Code);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 0.9", "1 0.95", true)]
    [InlineData("[mini]", "[min*]", true)]
    [InlineData("2026-11-20", "2026-11-21", false)]
    public void The_points_are_part_of_the_version_and_the_head_is_not(string from, string to, bool isOther) =>
        Assert.Equal(isOther, Version(Map) != Version((Map.Path, Map.Text.Replace(from, to, StringComparison.Ordinal))));

    private static string Answer(string stated) => $$"""{ "queue": "Billing", "confidence": {{stated}} }""";

    private static string Version((string Path, string Text) map) =>
        new Generation([Source], map).Files["Acme.Desk.LabelAsync.g.cs"].Split('\n').First(static line => line.StartsWith("// Desk.", StringComparison.Ordinal));

    private static string Compiled(string source)
    {
        var project = new Generation([source], Map);
        Assert.Empty(project.Output.Complaints());
        return project.Files["Acme.Desk.LabelAsync.g.cs"];
    }

    private static async Task<dynamic> AskAsync(ScriptedChatClient client, string source)
    {
        using var prompts = PromptRuntime.Create(builder => builder.AddProvider("openai", _ => client).AddProvider("anthropic", _ => client));
        dynamic desk = Activator.CreateInstance(LoadedAssembly.Load(new Generation([source], Map).Output).Type("Acme.Desk"), prompts)!;
        return await desk.LabelAsync("I was charged twice");
    }
}
