using System.Diagnostics;
using Microsoft.Extensions.AI;
using PromptGen.Generators.Tests.Harness;
using PromptGen.Testing;

namespace PromptGen.Generators.Tests.Pipeline;

/// <summary>Prompts that enter their route by a learned router that reads embeddings.</summary>
public sealed class EmbeddedPromptTests : IDisposable
{
    private const string Source = """
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using PromptGen;

        namespace Acme;

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 300)]
            [PromptTemplate("{{product}}: {{ticket}}")]
            [RouteWhen(Tier.General, ContainsAny = ["lawyer"])]
            [RouteLearned("desk.router")]
            [Deadline(5)]
            public partial Task<PromptResult<string>> AnswerAsync(string product, string? ticket, CancellationToken cancellationToken = default);

            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General)]
            [PromptTemplate("{{ticket}}")]
            [RouteLearned("desk.router", In = nameof(ticket))]
            public partial IAsyncEnumerable<string> StreamAsync(string ticket, CancellationToken cancellationToken = default);
        }

        public sealed partial class Clinic
        {
            [RoutedPrompt(Models.Llama, Models.Large)]
            [PromptTemplate("{{report}}")]
            [RouteLearned("desk.router")]
            public partial Task<PromptResult<string>> SummariseAsync([Sensitive] string report, CancellationToken cancellationToken = default);
        }

        [ModelCatalog]
        public static class Models
        {
            [Model("openai", Tier.Fast)]
            public const string Mini = "mini";

            [Model("openai", Tier.General)]
            public const string Sonnet = "sonnet";

            [Model("ollama", Tier.SelfHosted)]
            public const string Llama = "llama";

            [Model("ollama", Tier.SelfHosted)]
            public const string Large = "llama-large";
        }
        """;

    private static readonly Lazy<LoadedAssembly> Program = new(static () => LoadedAssembly.Load(Project().Output));

    private readonly FixedEmbeddings _generator = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly List<ActivityEvent> _events = [];

    public void Dispose() => _generator.Dispose();

    [Fact]
    public void A_router_over_embeddings() => Snapshot.Verify(Project().Files["Acme.Desk.AnswerAsync.g.cs"]);

    [Fact]
    public void It_compiles_without_a_complaint() => Assert.Empty(Project().Output.Complaints());

    [Fact]
    public async Task The_embedding_decides_and_a_rule_before_it_makes_no_request()
    {
        using var prompts = Runtime();
        dynamic desk = Desk(prompts);

        PromptResult<string>[] results = [await desk.AnswerAsync("Disk", "easy"), await desk.AnswerAsync("Disk", "hard"), await desk.AnswerAsync("Disk", "easy, says my lawyer"), await desk.AnswerAsync(" ", null)];

        Assert.Equal(["mini", "sonnet", "sonnet", "mini"], results.Select(static result => result.ModelId));
        Assert.Equal(["desk.router ≥ 0.5", "desk.router < 0.5", "a phrase", "desk.router ≥ 0.5"], results.Select(static result => result.RoutedBy));
        Assert.Equal(["Disk\neasy", "Disk\nhard"], _generator.Asked);
    }

    [Fact]
    public async Task A_stream_enters_by_it_too()
    {
        using var prompts = Runtime(new ScriptedChatClient().Answers("one").Answers("two"));
        dynamic desk = Desk(prompts);
        var items = new List<string>();

        await foreach (var item in (IAsyncEnumerable<string>)desk.StreamAsync("hard"))
        {
            items.Add(item);
        }

        Assert.Equal(["one"], items);
        Assert.Equal(["hard"], _generator.Asked);
    }

    [Theory]
    [InlineData("down", "transport")]
    [InlineData("odd", "protocol_error")]
    public async Task Where_there_is_no_embedding_the_call_goes_up_and_says_so(string fault, string type)
    {
        using var listener = Listen();
        using var prompts = Runtime();
        dynamic desk = Desk(prompts);

        PromptResult<string> result = await desk.AnswerAsync("Disk", fault);

        Assert.Equal(("sonnet", "desk.router without an embedding"), (result.ModelId, result.RoutedBy));
        Assert.Single(result.Attempts);
        var tags = Assert.Single(_events, static one => one.Name == "promptgen.embedding").Tags.ToDictionary();
        Assert.Equal(("concepts-1", type), (tags["gen_ai.request.model"], tags["error.type"]));
    }

    [Fact]
    public async Task One_that_takes_too_long_is_not_waited_for()
    {
        using var listener = Listen();
        using var prompts = Runtime();
        Task<PromptResult<string>> call = ((dynamic)Desk(prompts)).AnswerAsync("Disk", "slow");
        await _clock.AdvanceUntilAsync(call, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));

        var result = await call;

        Assert.Equal(("sonnet", "desk.router without an embedding"), (result.ModelId, result.RoutedBy));
        Assert.Equal(TimeSpan.FromSeconds(2), _clock.Elapsed);
        Assert.Contains(_events, static one => one.Name == "promptgen.embedding" && one.Tags.Any(static tag => tag is { Key: "error.type", Value: "attempt_timeout" }));
    }

    [Fact]
    public async Task The_deadline_of_the_call_ends_it()
    {
        using var prompts = Runtime(configure: static options => options.Timeout = TimeSpan.FromMinutes(1));
        Task<PromptResult<string>> call = ((dynamic)Desk(prompts)).AnswerAsync("Disk", "slow");
        await _clock.AdvanceUntilAsync(call, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));

        Assert.Equal(PromptErrorCode.DeadlineExceeded, (await Assert.ThrowsAsync<PromptException>(() => call)).Code);
        Assert.Equal(TimeSpan.FromSeconds(5), _clock.Elapsed);
    }

    [Fact]
    public async Task The_caller_can_cancel_it()
    {
        using var prompts = Runtime();
        using var source = new CancellationTokenSource();
        Task<PromptResult<string>> call = ((dynamic)Desk(prompts)).AnswerAsync("Disk", "slow", source.Token);

        await source.CancelAsync();

        Assert.Equal(source.Token, (await Assert.ThrowsAsync<OperationCanceledException>(() => call)).CancellationToken);
    }

    [Fact]
    public void A_program_without_a_generator_does_not_start()
    {
        using var prompts = PromptRuntime.Create(static builder => builder.AddProvider("openai", static _ => new ScriptedChatClient()));

        var exception = Assert.IsType<PromptException>(Assert.ThrowsAny<Exception>(() => Desk(prompts)).GetBaseException());

        Assert.Equal(PromptErrorCode.Configuration, exception.Code);
        Assert.Equal("The router of Desk.AnswerAsync reads embeddings by 'concepts-1', and nothing makes them: add AddEmbeddings(\"concepts-1\", generator).", exception.Message);
    }

    [Fact]
    public async Task A_sensitive_text_is_embedded_only_where_it_may_go()
    {
        using var hosted = Runtime();
        using var own = Runtime(configure: static options => options.SelfHosted = true);

        var exception = Assert.IsType<PromptException>(Assert.ThrowsAny<Exception>(() => Clinic(hosted)).GetBaseException());
        PromptResult<string> result = await ((dynamic)Clinic(own)).SummariseAsync("easy");

        Assert.Equal(PromptErrorCode.Configuration, exception.Code);
        Assert.Contains("set SelfHosted = true in AddEmbeddings(\"concepts-1\", generator, options => …)", exception.Message, StringComparison.Ordinal);
        Assert.Equal("llama", result.ModelId);
        Assert.Equal(["easy"], _generator.Asked);
    }

    [Fact]
    public async Task A_dry_run_makes_no_request()
    {
        using var prompts = Runtime();
        dynamic desk = Desk(prompts);

        var explanation = await prompts.ExplainAsync((Func<Task>)(() => desk.AnswerAsync("Disk", "easy")));

        Assert.Equal("desk.router without an embedding", explanation.RoutedBy);
        Assert.Empty(_generator.Asked);
    }

    private static Generation Project() => new([Source], ("/project/desk.router", RouterSample.Embedded("date: 2026-01-02\nlabels: 412\n")));

    private static object Desk(PromptRuntime prompts) => Activator.CreateInstance(Program.Value.Type("Acme.Desk"), prompts)!;

    private static object Clinic(PromptRuntime prompts) => Activator.CreateInstance(Program.Value.Type("Acme.Clinic"), prompts)!;

    private PromptRuntime Runtime(IChatClient? client = null, Action<EmbeddingOptions>? configure = null)
    {
        client ??= new ScriptedChatClient().Answers("one").Answers("two").Answers("three").Answers("four");
        return PromptRuntime.Create(builder => builder
            .AddProvider("openai", _ => client).AddProvider("ollama", _ => client).UseTimeProvider(_clock).AddEmbeddings("concepts-1", _generator, configure));
    }

    private ActivityListener Listen()
    {
        // Tests run side by side: only what happens inside this one is listened to.
        var root = new Activity("test").Start();
        var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "PromptGen",
            Sample = (ref ActivityCreationOptions<ActivityContext> span) => span.TraceId == root.TraceId ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = span => _events.AddRange(span.TraceId == root.TraceId ? span.Events : []),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
