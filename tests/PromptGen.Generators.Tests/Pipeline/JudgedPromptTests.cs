using PromptGen.Generators.Tests.Harness;
using PromptGen.Testing;

namespace PromptGen.Generators.Tests.Pipeline;

/// <summary>A prompt whose answers another prompt, and methods with its parameters, have to accept.</summary>
public sealed class JudgedPromptTests
{
    private const string Source = """
        using System.Threading;
        using System.Threading.Tasks;
        using PromptGen;

        namespace Acme;

        public sealed partial class Reviewer
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("Does {{answer}} answer {{question}}?")]
            public partial Task<double> GradeAsync(string question, string answer, CancellationToken cancellationToken = default);

            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 300)]
            [PromptTemplate("{{question}}")]
            [AcceptIf(nameof(IsShort))]
            [AcceptIf(nameof(GradeAsync), AtLeast = 0.7, WhenUnknown = WhenUnknown.Accept, Repair = true)]
            public partial Task<string> AnswerAsync(string question, int words, CancellationToken cancellationToken = default);

            private static bool IsShort(string answer, int words) => answer.Split(' ').Length <= words;
        }
        """;

    [Fact]
    public void A_judged_prompt() => Snapshot.Verify(Project(Source).Files["Acme.Reviewer.AnswerAsync.g.cs"]);

    [Fact]
    public void It_compiles_without_a_complaint() => Assert.Empty(Project(Source).Output.Complaints());

    [Fact]
    public async Task It_runs()
    {
        var client = new ScriptedChatClient("Because it rains, and so on and on", "Because it rains", """{"value":0.4}""", "It rains", """{"value":0.9}""");
        using var prompts = PromptRuntime.Create(builder => builder.AddProvider("openai", _ => client).AddProvider("anthropic", _ => client));
        dynamic reviewer = Activator.CreateInstance(LoadedAssembly.Load(Project(Source).Output).Type("Acme.Reviewer"), prompts)!;

        string answer = await reviewer.AnswerAsync("Why is it wet?", 3);

        Assert.Equal("It rains", answer);
        Assert.Equal(5, client.Requests.Count);
        Assert.Contains("GradeAsync is below 0.7", client.Requests[3].Messages[^1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AtLeast = 0.7", "AtLeast = 0.8")]
    [InlineData("WhenUnknown.Accept", "WhenUnknown.Reject")]
    [InlineData(", Repair = true", "")]
    [InlineData("[AcceptIf(nameof(IsShort))]", "")]
    [InlineData("MaxOutputTokens = 300", "MaxOutputTokens = 301")]
    [InlineData("MaxOutputTokens = 300", "MaxOutputTokens = 300, Temperature = 0.5")]
    [InlineData("MaxOutputTokens = 300", "MaxOutputTokens = 300, Repairs = 2")]
    [InlineData("MaxOutputTokens = 300", "MaxOutputTokens = 300, Revision = \"2\"")]
    public void What_is_declared_about_the_request_or_the_judgement_changes_the_version(string from, string to) =>
        Assert.NotEqual(Version(Source), Version(Source.Replace(from, to, StringComparison.Ordinal)));

    [Fact]
    public void What_the_judge_declares_is_its_own_version()
    {
        var other = Source.Replace("Does {{answer}} answer", "Does this answer: {{answer}} answer", StringComparison.Ordinal);

        Assert.Equal(Version(Source), Version(other));
        Assert.NotEqual(FullVersion(Source), FullVersion(other));
        Assert.NotEqual(Version(Source), FullVersion(Source));
    }

    private static string Version(string source) => Definition(source).Version;

    private static string FullVersion(string source) => Definition(source).FullVersion;

    private static PromptGen.Routing.PromptDefinition Definition(string source) => (PromptGen.Routing.PromptDefinition)LoadedAssembly
        .Load(Project(source).Output)
        .Type("Acme.Reviewer")
        .GetField("AnswerAsyncPrompt", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
        .GetValue(null)!;

    private static Generation Project(string source) => new([Sources.Models, source]);
}
