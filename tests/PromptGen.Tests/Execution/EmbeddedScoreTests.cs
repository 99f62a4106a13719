using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;
using PromptGen.Routing;
using PromptGen.Tests.Telemetry;

namespace PromptGen.Tests.Execution;

/// <summary>A learned router asks for the embedding of a call's texts. Whatever fails in making one does not fail the call; its limits hold.</summary>
[Collection(TelemetryCollection.Name)]
public sealed class EmbeddedScoreTests
{
    private static readonly PromptStep Local = new(Tier.SelfHosted, [Sample.Llama]);

    /// <summary>Reads embeddings of two numbers: the first one speaks for the first step, the second one for the second step.</summary>
    private static readonly LearnedRouter Router = LearnedRouter.Parse(Encoding.UTF8.GetBytes(
        "promptgen router 1\nthreshold: 0.5\nbias: 0 0\nembedding: concepts-1\ndimensions: 2\nscale: 0.1 0.1\ncalibration: 10 0\n\n"
        + $"[shape]\n{string.Concat(TextShape.Names.Select(static name => $"{name} 1 0.5 0 0\n"))}\n[tasks]\n\n[weights]\n{Convert.ToBase64String([50, 0, 0, 50])}\n"));

    [Theory]
    [InlineData(1, 0, 0.992847)]
    [InlineData(0, 1, 0.007153)]
    public async Task The_embedding_gives_the_score(float first, float second, double expected)
    {
        using var probe = new TelemetryProbe();
        using var generator = new Generator(_ => Task.FromResult<float[]>([first, second]));
        using var desk = Open(generator, advance: TimeSpan.FromSeconds(0.5));
        using (var call = desk.Runtime.Start(Sample.Prompt, CancellationToken.None))
        {
            var score = await call.ScoreAsync(Router, ["Disk", null, "easy"]);

            Assert.Equal(expected, score!.Value, 6);
            Assert.Same(Sample.Fast, call.Enter(new RouteEntry(Sample.Fast)));
        }

        Assert.Equal(["Disk\neasy"], generator.Asked);
        Assert.Equal("gen_ai.request.model=concepts-1 promptgen.duration=0.5", Embedding(probe));
    }

    [Fact]
    public async Task Without_a_generator_of_the_model_there_is_no_score()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk();

        await AssertNoScoreAsync(desk, Sample.Prompt);

        Assert.Equal("error.type=configuration gen_ai.request.model=concepts-1 promptgen.duration=0", Embedding(probe));
    }

    [Fact]
    public async Task A_hosted_generator_does_not_see_the_texts_of_a_call_for_self_hosted_models()
    {
        using var probe = new TelemetryProbe();
        using var generator = new Generator(static _ => Task.FromResult<float[]>([1, 0]));
        using var desk = Open(generator);

        await AssertNoScoreAsync(desk, Sample.Define(selfHostedOnly: true, route: Local));

        Assert.Empty(generator.Asked);
        Assert.Equal("error.type=configuration gen_ai.request.model=concepts-1 promptgen.duration=0", Embedding(probe));
    }

    [Fact]
    public async Task A_self_hosted_generator_does()
    {
        using var generator = new Generator(static _ => Task.FromResult<float[]>([1, 0]));
        using var desk = Open(generator, static options => options.SelfHosted = true);
        using var call = desk.Runtime.Start(Sample.Define(selfHostedOnly: true, route: Local), CancellationToken.None);

        Assert.Equal(0.992847, (await call.ScoreAsync(Router, ["easy"]))!.Value, 6);
        Assert.Equal(["easy"], generator.Asked);
    }

    [Fact]
    public async Task A_failure_gives_no_score_and_is_classified()
    {
        using var probe = new TelemetryProbe();
        using var generator = new Generator(static _ => throw new ProviderException(PromptErrorCode.RateLimited));
        using var desk = Open(generator, advance: TimeSpan.FromSeconds(1));

        await AssertNoScoreAsync(desk, Sample.Prompt);

        Assert.Equal("error.type=rate_limited gen_ai.request.model=concepts-1 promptgen.duration=1", Embedding(probe));
    }

    [Fact]
    public async Task An_embedding_of_another_length_gives_no_score()
    {
        using var probe = new TelemetryProbe();
        using var generator = new Generator(static _ => Task.FromResult<float[]>([1, 0, 0]));
        using var desk = Open(generator);

        await AssertNoScoreAsync(desk, Sample.Prompt);

        Assert.Equal("error.type=protocol_error gen_ai.request.model=concepts-1 promptgen.duration=0", Embedding(probe));
    }

    [Theory]
    [InlineData(null, 2)]
    [InlineData(5, 2)]
    public async Task A_generator_that_ignores_its_token_is_not_awaited_longer_than_its_time(int? deadline, int seconds)
    {
        using var probe = new TelemetryProbe();
        using var generator = new Generator(static _ => new TaskCompletionSource<float[]>().Task);
        using var desk = Open(generator);
        using (var call = desk.Runtime.Start(Sample.Define(deadline: deadline is { } most ? TimeSpan.FromSeconds(most) : null), CancellationToken.None))
        {
            var score = call.ScoreAsync(Router, ["slow"]).AsTask();
            Assert.Equal(TimeSpan.FromSeconds(seconds), await desk.Clock.WaitForTimerAsync(TimeSpan.Zero));
            desk.Clock.Advance(TimeSpan.FromSeconds(seconds));

            Assert.Null(await score);
            Assert.NotNull(call.Enter(new RouteEntry(Sample.Fast)));
        }

        Assert.Equal("error.type=attempt_timeout gen_ai.request.model=concepts-1 promptgen.duration=2", Embedding(probe));
    }

    [Fact]
    public async Task The_deadline_of_the_call_ends_it()
    {
        using var probe = new TelemetryProbe();
        using var generator = new Generator(static _ => new TaskCompletionSource<float[]>().Task);
        using var desk = Open(generator);
        using (var call = desk.Runtime.Start(Sample.Define(deadline: TimeSpan.FromSeconds(1)), CancellationToken.None))
        {
            var score = call.ScoreAsync(Router, ["slow"]).AsTask();
            Assert.Equal(TimeSpan.FromSeconds(1), await desk.Clock.WaitForTimerAsync(TimeSpan.Zero));
            desk.Clock.Advance(TimeSpan.FromSeconds(1));

            Assert.Null(await score);
            Assert.Null(call.Enter(new RouteEntry(Sample.Fast)));
            Assert.Equal(PromptErrorCode.DeadlineExceeded, call.Exhausted().Code);
        }

        Assert.Equal("error.type=deadline_exceeded gen_ai.request.model=concepts-1 promptgen.duration=1", Embedding(probe));
    }

    [Fact]
    public async Task The_caller_can_cancel_it()
    {
        using var probe = new TelemetryProbe();
        using var cancellation = new CancellationTokenSource();
        using var generator = new Generator(static _ => new TaskCompletionSource<float[]>().Task);
        using var desk = Open(generator);
        using (var call = desk.Runtime.Start(Sample.Prompt, cancellation.Token))
        {
            var score = call.ScoreAsync(Router, ["slow"]).AsTask();
            cancellation.Cancel();

            var error = await Assert.ThrowsAsync<OperationCanceledException>(() => score);
            Assert.Equal(cancellation.Token, error.CancellationToken);
            Assert.Equal(PromptErrorCode.Cancelled, Assert.IsType<PromptException>(error.InnerException).Code);
        }

        Assert.Equal("error.type=cancelled gen_ai.request.model=concepts-1 promptgen.duration=0", Embedding(probe));
    }

    [Fact]
    public async Task A_dry_run_makes_no_request()
    {
        using var generator = new Generator(static _ => Task.FromResult<float[]>([1, 0]));
        using var desk = Open(generator);
        double? score = 7;

        var explanation = await desk.Runtime.ExplainAsync(async () =>
        {
            using var call = desk.Runtime.Start(Sample.Prompt, CancellationToken.None);
            score = await call.ScoreAsync(Router, ["easy"]);
            await call.EnterAsync(new RouteEntry(Sample.Fast));
        });

        Assert.Equal("Desk.Urgency", explanation.Prompt);
        Assert.Null(score);
        Assert.Empty(generator.Asked);
    }

    private static Desk Open(Generator generator, Action<EmbeddingOptions>? configure = null, TimeSpan advance = default)
    {
        var desk = new Desk(builder => builder.AddEmbeddings("concepts-1", generator, configure));
        generator.OnAsked = () => desk.Clock.Advance(advance);
        return desk;
    }

    private static async Task AssertNoScoreAsync(Desk desk, PromptDefinition<int> prompt)
    {
        using var call = desk.Runtime.Start(prompt, CancellationToken.None);

        Assert.Null(await call.ScoreAsync(Router, ["easy"]));
        Assert.Same(prompt.Route[0], call.Enter(new RouteEntry(prompt.Route[0])));
    }

    /// <summary>What the span of the call has of the embedding.</summary>
    private static string Embedding(TelemetryProbe probe) => string.Join(
        ' ',
        Assert.Single(probe.Call.Events, static one => one.Name == "promptgen.embedding").Tags
            .Select(static tag => string.Create(CultureInfo.InvariantCulture, $"{tag.Key}={tag.Value}"))
            .Order(StringComparer.Ordinal));

    /// <summary>Makes embeddings as a test says, and records the texts.</summary>
    private sealed class Generator(Func<CancellationToken, Task<float[]>> embed) : IEmbeddingGenerator<string, Embedding<float>>
    {
        public List<string> Asked { get; } = [];

        public Action? OnAsked { get; set; }

        public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            Asked.AddRange(values);
            OnAsked?.Invoke();
            return [new Embedding<float>(await embed(cancellationToken))];
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
