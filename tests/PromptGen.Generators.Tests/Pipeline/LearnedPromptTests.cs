using System.Text;
using Microsoft.CodeAnalysis;
using PromptGen.Evaluation;
using PromptGen.Generators.Tests.Harness;
using PromptGen.Testing;

namespace PromptGen.Generators.Tests.Pipeline;

/// <summary>Prompts that enter their route by a router that was trained from labels.</summary>
public sealed class LearnedPromptTests
{
    private const string Source = """
        using System.Threading;
        using System.Threading.Tasks;
        using PromptGen;

        namespace Acme;

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 300)]
            [PromptTemplate("{{product}}: {{ticket}}")]
            [RouteWhen(Tier.General, ContainsAny = ["lawyer"])]
            [RouteLearned("Routers/desk.router")]
            public partial Task<PromptResult<string>> AnswerAsync(string product, string? ticket, PromptOptions? options = null, CancellationToken cancellationToken = default);

            [RoutedPrompt(Models.Mini, Models.Sonnet)]
            [PromptTemplate("{{product}}: {{ticket}}")]
            [RouteLearned("desk.router", AtLeast = 0.9, In = nameof(ticket))]
            public partial Task<PromptResult<string>> ReplyAsync(string product, string ticket, CancellationToken cancellationToken = default);
        }
        """;

    private static readonly string[] Easy = ["refund", "invoice", "address", "password", "delivery"];
    private static readonly string[] Hard = ["prove", "integral", "lawsuit", "diagnosis", "theorem"];

    private static readonly (string Path, string Text) Sample = ("/project/Routers/desk.router", RouterSample.File("date: 2026-01-02\nlabels: 412\n"));

    [Fact]
    public void A_learned_router() => Snapshot.Verify(Project().Files["Acme.Desk.AnswerAsync.g.cs"]);

    [Fact]
    public void It_compiles_without_a_complaint() => Assert.Empty(Project().Output.Complaints());

    [Fact]
    public void A_router_of_several_prompts_is_in_the_program_once()
    {
        var files = Project().Files;

        var router = Assert.Single(files, static file => file.Key.StartsWith("Routers.", StringComparison.Ordinal));
        var name = router.Key[..^".g.cs".Length].Replace("Routers.", "global::PromptGen.Generated.Routers.", StringComparison.Ordinal);
        Assert.Contains($"{name}.Instance.Score(\"Desk.AnswerAsync\", [product, ticket]) >= 0.6d", files["Acme.Desk.AnswerAsync.g.cs"], StringComparison.Ordinal);
        Assert.Contains($"{name}.Instance.Score(\"Desk.ReplyAsync\", [ticket]) >= 0.9d", files["Acme.Desk.ReplyAsync.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain("labels: 412", router.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AtLeast = 0.9", "AtLeast = 0.8")]
    [InlineData(", In = nameof(ticket)", "")]
    [InlineData("[RouteLearned(\"desk.router\", AtLeast = 0.9, In = nameof(ticket))]", "")]
    public void What_is_declared_changes_the_version(string from, string to)
    {
        var changed = Source.Replace(from, to, StringComparison.Ordinal);

        Assert.NotEqual(Source, changed);
        Assert.NotEqual(Version(Source, Sample, "ReplyAsync"), Version(changed, Sample, "ReplyAsync"));
    }

    /// <summary>So that labels which were collected with one router are labels of the version that the next one is for.</summary>
    [Fact]
    public void What_the_file_holds_does_not_change_the_version() =>
        Assert.Equal(Version(Source, Sample, "AnswerAsync"), Version(Source, (Sample.Path, Sample.Text.Replace("threshold: 0.6", "threshold: 0.7", StringComparison.Ordinal)), "AnswerAsync"));

    [Fact]
    public void Training_again_writes_the_router_again_and_an_edit_elsewhere_does_not()
    {
        var project = Project();
        var old = project.Files;
        var elsewhere = project.Edit(Sample, ("/project/other.prompt", "{{role \"user\"}}"));

        Assert.All(elsewhere.Reasons(TrackingNames.Router), static reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{reason}"));
        Assert.All(elsewhere.OutputReasons(), static reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));

        var now = project.Edit(Sample.Path, Sample.Text.Replace("bias: 0 0", "bias: 1 0", StringComparison.Ordinal)).Files;
        Assert.Equal(old.Count, now.Count);
        Assert.Single(now, file => file.Key.StartsWith("Routers.", StringComparison.Ordinal) && !old.ContainsKey(file.Key));
    }

    /// <summary>Trained, written, compiled into a prompt and called: each call enters where the router itself says.</summary>
    [Fact]
    public async Task A_compiled_router_decides_as_the_trained_one()
    {
        var trained = RouterTrainer.Train([.. Enumerable.Range(0, 200).Select(Example)], new RouterTraining { Date = new DateOnly(2026, 1, 2) });
        var client = new ScriptedChatClient();
        using var prompts = PromptRuntime.Create(builder => builder.AddProvider("openai", _ => client).AddProvider("anthropic", _ => client));
        dynamic desk = Activator.CreateInstance(LoadedAssembly.Load(Project(Encoding.UTF8.GetString(trained.File.Span)).Output).Type("Acme.Desk"), prompts)!;
        var entries = new List<bool>();
        for (var i = 0; i < 60; i++)
        {
            var (product, ticket) = ($"Product {i}", i % 10 == 9 ? null : Example(i + 1_000).Input);
            client.Answers("one").Answers("two");
            var answer = (PromptResult<string>)await desk.AnswerAsync(product, ticket);
            var reply = (PromptResult<string>)await desk.ReplyAsync(product, ticket ?? "");

            Assert.Equal(trained.Router.Score("Desk.AnswerAsync", product, ticket) >= trained.Router.Threshold, answer.Tier == Tier.Fast);
            Assert.Equal(trained.Router.Score("Desk.AnswerAsync", ticket is null ? product : $"{product}\n{ticket}") >= trained.Router.Threshold, answer.Tier == Tier.Fast);
            Assert.Equal(trained.Router.Score("Desk.ReplyAsync", ticket ?? "") >= 0.9, reply.Tier == Tier.Fast);
            Assert.StartsWith(answer.Tier == Tier.Fast ? "desk.router ≥ 0." : "desk.router < 0.", answer.RoutedBy, StringComparison.Ordinal);
            Assert.Equal(reply.Tier == Tier.Fast ? "desk.router ≥ 0.9" : "desk.router < 0.9", reply.RoutedBy);
            entries.Add(answer.Tier == Tier.Fast);
        }

        Assert.Contains(true, entries);
        Assert.Contains(false, entries);
    }

    [Fact]
    public async Task A_rule_and_the_options_of_a_call_decide_before_it()
    {
        var client = new ScriptedChatClient().Answers("one").Answers("two").Answers("three");
        using var prompts = PromptRuntime.Create(builder => builder.AddProvider("openai", _ => client).AddProvider("anthropic", _ => client));
        dynamic desk = Activator.CreateInstance(LoadedAssembly.Load(Project(Sample.Text.Replace("threshold: 0.6", "threshold: 0.4", StringComparison.Ordinal)).Output).Type("Acme.Desk"), prompts)!;

        PromptResult<string>[] results =
        [
            await desk.AnswerAsync("Disk", "a question"),
            await desk.AnswerAsync("Disk", "my lawyer asks"),
            await desk.AnswerAsync("Disk", "a question", new PromptOptions { Model = "claude-3-5-haiku-20241022" }),
        ];

        Assert.Equal(["desk.router ≥ 0.4", "a phrase", "options"], results.Select(static result => result.RoutedBy));
        Assert.Equal(["gpt-4o-mini-2024-07-18", "claude-3-5-sonnet-20241022", "claude-3-5-haiku-20241022"], results.Select(static result => result.ModelId));
    }

    [Fact]
    public async Task A_dry_run_says_where_a_call_would_enter()
    {
        using var prompts = PromptRuntime.Create(static builder => builder.AddProvider("openai", static _ => new ScriptedChatClient()).AddProvider("anthropic", static _ => new ScriptedChatClient()));
        dynamic desk = Activator.CreateInstance(LoadedAssembly.Load(Project().Output).Type("Acme.Desk"), prompts)!;

        var explanation = await prompts.ExplainAsync((Func<Task>)(() => desk.AnswerAsync("Disk", "a question")));

        Assert.Equal("desk.router < 0.6", explanation.RoutedBy);
        Assert.Equal(Tier.General, explanation.Steps[0].Tier);
    }

    private static RouterExample Example(int i) => i % 2 == 0
        ? new RouterExample($"a question of a {Easy[i / 2 % 5]} number {i}", null, true, true)
        : new RouterExample($"a question of a {Hard[i / 2 % 5]} number {i}", null, false, true);

    private static string Version(string source, (string Path, string Text) router, string prompt) =>
        new Generation([Sources.Models, source], router).Files[$"Acme.Desk.{prompt}.g.cs"].Split('\n').First(static line => line.StartsWith("// Desk.", StringComparison.Ordinal));

    private static Generation Project(string? router = null) => new([Sources.Models, Source], (Sample.Path, router ?? Sample.Text));
}
