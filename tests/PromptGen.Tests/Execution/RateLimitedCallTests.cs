using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using PromptGen.Catalog;
using PromptGen.Health;
using PromptGen.Providers;
using PromptGen.Routing;
using PromptGen.Tests.Telemetry;

namespace PromptGen.Tests.Execution;

[Collection(TelemetryCollection.Name)]
public sealed class RateLimitedCallTests
{
    private const string Answer = """{"value":3}""";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly ModelInfo Limited = Mini(1, null);

    [Fact]
    public async Task A_request_waits_for_the_limit_of_its_model_and_the_wait_does_not_count_as_the_time_of_the_request()
    {
        using var desk = new Desk();
        var prompt = Prompt([Limited]);
        desk.Mini.Answers(Answer).Answers(Answer);
        await desk.AskAsync(prompt);

        var call = desk.AskAsync(prompt);
        Assert.Equal(Minute, await desk.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(30), Minute));
        Assert.Single(desk.Mini.Requests);
        desk.Clock.Advance(Minute);
        var result = await call;

        Assert.Equal("mini Initial None", result.Attempts.Line());
        Assert.Equal(TimeSpan.Zero, result.Attempts[0].Duration);
        Assert.Equal(Minute, result.Duration);
    }

    [Fact]
    public async Task Another_model_of_the_step_is_asked_where_the_wait_is_longer_than_it_takes()
    {
        using var desk = new Desk();
        var prompt = Prompt([Limited, Sample.Haiku]);
        desk.Mini.Answers(Answer);
        desk.Haiku.Answers(Answer);
        await desk.AskAsync(prompt);

        var result = await desk.AskAsync(prompt);

        Assert.Equal("haiku Fallback None", result.Attempts.Line());
        Assert.Single(desk.Mini.Requests);
        Assert.Equal(0, LimitOf(desk, Limited).Waiting);
    }

    [Fact]
    public async Task A_model_that_was_skipped_is_asked_later_where_the_other_one_fails()
    {
        using var desk = new Desk();
        var prompt = Prompt([Limited, Sample.Haiku]);
        desk.Mini.Answers(Answer).Answers(Answer);
        desk.Haiku.Fails(new ProviderException(PromptErrorCode.Auth));
        await desk.AskAsync(prompt);

        var call = desk.AskAsync(prompt);
        Assert.Equal(Minute, await desk.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(30), Minute));
        desk.Clock.Advance(Minute);

        Assert.Equal("haiku Fallback Auth, mini Fallback None", (await call).Attempts.Line());
        Assert.Equal(0, LimitOf(desk, Limited).Waiting);
    }

    [Fact]
    public async Task Of_two_models_that_were_skipped_each_is_asked_later_once()
    {
        using var desk = new Desk();
        var other = new ModelInfo("llama3.1:70b", "ollama", Tier.Fast) { RequestsPerMinute = 1 };
        var prompt = Prompt([Limited, other, Sample.Haiku]);
        desk.Mini.Answers(Answer).Fails(new ProviderException(PromptErrorCode.Auth));
        desk.Llama.Answers(Answer).Fails(new ProviderException(PromptErrorCode.Auth));
        desk.Haiku.Fails(new ProviderException(PromptErrorCode.Auth));
        await desk.AskAsync(prompt);
        await desk.AskAsync(Prompt([other]));

        var call = desk.FailAsync(prompt);
        await desk.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(30), Minute);
        desk.Clock.Advance(Minute);
        var error = await call;

        Assert.Equal("haiku Fallback Auth, mini Fallback Auth, llama3.1:70b Fallback Auth", error.Attempts.Line());
    }

    [Fact]
    public async Task The_next_step_follows_where_the_limit_would_outlast_the_deadline()
    {
        using var desk = new Desk();
        var prompt = Sample.Define(deadline: TimeSpan.FromSeconds(10), route: [new PromptStep(Tier.Fast, [Limited]), new PromptStep(Tier.General, [Sample.Sonnet])]);
        desk.Mini.Answers(Answer);
        desk.Sonnet.Answers(Answer);
        await desk.AskAsync(prompt);

        var result = await desk.AskAsync(prompt);

        Assert.Equal("sonnet Fallback None", result.Attempts.Line());
        Assert.Equal(TimeSpan.Zero, desk.Clock.Elapsed);
    }

    [Fact]
    public async Task The_error_of_the_call_names_the_limit()
    {
        using var desk = new Desk();
        var prompt = Prompt([Limited, Sample.Haiku], TimeSpan.FromSeconds(10));
        desk.Mini.Answers(Answer);
        desk.Haiku.Fails(new ProviderException(PromptErrorCode.Auth));
        await desk.AskAsync(prompt);

        var error = await desk.FailAsync(prompt);

        Assert.Contains("mini (its limit per minute used up for another 60 s)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_shorter_than_another_model_takes_is_waited_for()
    {
        using var desk = new Desk();
        var prompt = Prompt([Limited, Sample.Sonnet]);
        desk.Mini.Answers(Answer).Answers(Answer);
        await desk.AskAsync(prompt);
        desk.Clock.Advance(Minute - TimeSpan.FromSeconds(2));

        var result = await desk.WaitOutAsync(desk.AskAsync(prompt));

        Assert.Equal("mini Initial None", result.Attempts.Line());
        Assert.Equal(TimeSpan.FromSeconds(2), result.Duration);
    }

    [Fact]
    public async Task A_model_whose_own_limit_is_used_up_longer_is_not_asked_instead()
    {
        using var desk = new Desk();
        var other = new ModelInfo("haiku", "anthropic", Tier.Fast) { RequestsPerMinute = 1 };
        var prompt = Prompt([Limited, other]);
        desk.Mini.Answers(Answer).Answers(Answer);
        desk.Haiku.Answers(Answer);
        await desk.AskAsync(prompt);
        desk.Clock.Advance(TimeSpan.FromSeconds(58));
        await desk.AskAsync(prompt);

        var result = await desk.WaitOutAsync(desk.AskAsync(prompt));

        Assert.Equal("mini Initial None", result.Attempts.Line());
    }

    [Fact]
    public async Task A_wait_that_would_outlast_the_deadline_is_not_begun()
    {
        using var desk = new Desk();
        var prompt = Prompt([Limited], TimeSpan.FromSeconds(10));
        desk.Mini.Answers(Answer);
        await desk.AskAsync(prompt);

        var error = await desk.FailAsync(prompt);

        Assert.Equal(PromptErrorCode.DeadlineExceeded, error.Code);
        Assert.Empty(error.Attempts);
        Assert.Equal(TimeSpan.Zero, desk.Clock.Elapsed);
    }

    [Fact]
    public async Task A_slower_model_is_asked_where_the_wait_would_outlast_the_deadline()
    {
        using var desk = new Desk();
        var deep = new ModelInfo("deep", "openai", Tier.Deep);
        var prompt = Prompt([Limited, deep], TimeSpan.FromSeconds(10));
        desk.Mini.Answers(Answer);
        desk.Model("deep").Answers(Answer);
        await desk.AskAsync(prompt);
        desk.Clock.Advance(Minute - TimeSpan.FromSeconds(20));

        Assert.Equal("deep Fallback None", (await desk.AskAsync(prompt)).Attempts.Line());
    }

    [Fact]
    public async Task A_call_that_is_cancelled_while_it_waits_leaves_the_queue()
    {
        using var desk = new Desk();
        var prompt = Prompt([Limited]);
        using var stop = new CancellationTokenSource();
        desk.Mini.Answers(Answer).Answers(Answer);
        await desk.AskAsync(prompt);
        var call = desk.AskAsync(prompt, cancellationToken: stop.Token);
        await desk.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(30), Minute);
        Assert.Equal(1, LimitOf(desk, Limited).Waiting);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(0, LimitOf(desk, Limited).Waiting);
        desk.Clock.Advance(Minute);
        Assert.Equal("mini Initial None", (await desk.AskAsync(prompt)).Attempts.Line());
    }

    [Fact]
    public async Task A_retry_takes_a_request_of_its_own()
    {
        using var desk = new Desk();
        var model = Mini(2, null);
        var prompt = Prompt([model]);
        desk.Mini.Fails(new ProviderException(PromptErrorCode.Overloaded)).Answers(Answer);

        await desk.WaitOutAsync(desk.AskAsync(prompt));

        Assert.Equal(TimeSpan.FromSeconds(59.5), LimitOf(desk, model).WaitFor(0));
    }

    [Fact]
    public async Task The_tokens_that_a_request_took_count_in_place_of_those_expected()
    {
        using var desk = new Desk();
        var model = Mini(null, 1_200);
        desk.Mini.Answers(Answer, 100, 50);

        await desk.AskAsync(Prompt([model]));

        Assert.Equal(TimeSpan.Zero, LimitOf(desk, model).WaitFor(1_050));
        Assert.Equal(Minute, LimitOf(desk, model).WaitFor(1_051));
    }

    [Fact]
    public async Task A_request_that_the_provider_refused_takes_no_tokens()
    {
        using var desk = new Desk();
        var model = Mini(null, 1_200);
        desk.Mini.Fails(new ProviderException(PromptErrorCode.Auth));

        await desk.FailAsync(Prompt([model]));

        Assert.Equal(TimeSpan.Zero, LimitOf(desk, model).WaitFor(1_200));
    }

    [Fact]
    public async Task A_reload_changes_the_limit_at_once_and_keeps_what_was_admitted()
    {
        var section = new ConfigurationBuilder().AddInMemoryCollection([new("Models:mini:RequestsPerMinute", "1")]).Build();
        using var desk = new Desk(builder => builder.UseConfiguration(section));
        var prompt = Prompt([Mini(null, null)]);
        desk.Runtime.Require(prompt);
        desk.Mini.Answers(Answer).Answers(Answer);
        await desk.AskAsync(prompt);
        var call = desk.AskAsync(prompt);
        await desk.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(30), Minute);

        section["Models:mini:RequestsPerMinute"] = "2";
        section.Reload();
        await call;

        Assert.Equal(Minute, desk.Runtime.Endpoints.Find(prompt.Models.First()).Connection!.RateLimit!.WaitFor(0));
    }

    [Fact]
    public void Of_two_declarations_of_a_model_the_lower_limit_counts()
    {
        using var desk = new Desk();
        desk.Runtime.Endpoints.Find(Mini(2, null));
        desk.Runtime.Endpoints.Find(Mini(null, null));
        var limit = LimitOf(desk, Mini(3, null));

        Assert.True(limit.TryAcquire(0, out _));
        Assert.True(limit.TryAcquire(0, out _));
        Assert.False(limit.TryAcquire(0, out _));
    }

    [Fact]
    public async Task The_limit_of_a_provider_holds_for_all_its_models_together()
    {
        using var desk = new Desk(static builder => builder.LimitProvider("OpenAI", requestsPerMinute: 1));
        var other = new ModelInfo("nano", "openai", Tier.Fast);
        desk.Mini.Answers(Answer);
        desk.Model("nano").Answers(Answer);
        desk.Haiku.Answers(Answer);
        await desk.AskAsync(Prompt([Sample.Mini]));

        Assert.Equal("haiku Fallback None", (await desk.AskAsync(Prompt([other, Sample.Haiku]))).Attempts.Line());
        var call = desk.AskAsync(Prompt([other]));
        Assert.Equal(Minute, await desk.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(30), Minute));
        desk.Clock.Advance(Minute);

        Assert.Equal("nano Initial None", (await call).Attempts.Line());
    }

    [Fact]
    public async Task Configuration_limits_a_provider_and_a_reload_lets_those_through_that_wait()
    {
        var section = new ConfigurationBuilder().AddInMemoryCollection([new("Providers:openai:RequestsPerMinute", "1")]).Build();
        using var desk = new Desk(builder => builder.LimitProvider("openai", 100).UseConfiguration(section));
        var prompt = Prompt([Sample.Mini]);
        desk.Runtime.Require(prompt);
        desk.Mini.Answers(Answer).Answers(Answer);
        await desk.AskAsync(prompt);
        var call = desk.AskAsync(prompt);
        await desk.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(30), Minute);

        section["Providers:openai:RequestsPerMinute"] = "2";
        section.Reload();

        Assert.Equal("mini Initial None", (await call).Attempts.Line());
        Assert.Equal(Minute, LimitOf(desk, Sample.Mini).WaitFor(0));
    }

    [Fact]
    public async Task What_a_client_reports_limits_the_model_that_was_asked()
    {
        var client = new ReportingClient();
        using var desk = new Desk(builder => builder.AddClient("mini", client).AddClient("haiku", client));
        var prompt = Prompt([Sample.Mini, Sample.Haiku]);
        client.Report = new RateLimitReport(new RateAllowance(10, 0, TimeSpan.FromSeconds(30)), default);

        Assert.Equal("mini Initial None", (await desk.AskAsync(prompt)).Attempts.Line());
        client.Report = default;

        Assert.Equal("haiku Fallback None", (await desk.AskAsync(prompt)).Attempts.Line());
        Assert.Null(desk.Runtime.Endpoints.Find(Sample.Haiku).Connection!.RateLimit);
        desk.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("mini Initial None", (await desk.AskAsync(prompt)).Attempts.Line());
    }

    [Fact]
    public async Task Nothing_is_learned_where_the_program_turned_it_off_or_has_disposed_the_runtime()
    {
        var client = new ReportingClient { Report = new RateLimitReport(new RateAllowance(1, 0, Minute), default) };
        using var deaf = new Desk(builder => builder.AddClient("mini", client).Resilience.LearnRateLimits = false);
        var prompt = Prompt([Sample.Mini]);
        await deaf.AskAsync(prompt);
        await deaf.AskAsync(prompt);
        Assert.Null(LimitOf(deaf, Sample.Mini));

        using var desk = new Desk(builder => builder.AddClient("mini", client));
        desk.Runtime.Require(prompt);
        desk.Dispose();
        client.Feed.Report("mini", client.Report);
        Assert.Null(desk.Runtime.Endpoints.Find(Sample.Mini).Connection!.RateLimit);
    }

    [Fact]
    public void A_model_without_limits_has_none()
    {
        using var desk = new Desk();

        Assert.Null(desk.Runtime.Endpoints.Find(Sample.Mini).Connection!.RateLimit);
    }

    [Fact]
    public async Task A_wait_is_measured_and_is_an_event_of_the_call()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk();
        var prompt = Prompt([Limited]);
        desk.Mini.Answers(Answer).Answers(Answer);
        await desk.AskAsync(prompt);
        Assert.Empty(probe.Of("promptgen.rate_limit.wait"));

        var call = desk.AskAsync(prompt);
        await desk.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(30), Minute);
        desk.Clock.Advance(Minute);
        await call;

        Assert.Equal(["60 {gen_ai.prompt.name=Desk.Urgency, gen_ai.request.model=mini}"], probe.Of("promptgen.rate_limit.wait"));
    }

    private static PromptDefinition<int> Prompt(ModelInfo[] models, TimeSpan? deadline = null) =>
        Sample.Define(deadline: deadline, route: new PromptStep(models[0].Tier, models));

    private static ModelInfo Mini(int? requests, int? tokens) => new("mini", "openai", Tier.Fast)
    {
        InputPrice = 1m,
        OutputPrice = 2m,
        ContextWindow = 8_000,
        MaxOutputTokens = 1_000,
        Timeout = TimeSpan.FromSeconds(5),
        RequestsPerMinute = requests,
        TokensPerMinute = tokens,
    };

    /// <summary>A client whose answers say something of its provider's limits.</summary>
    private sealed class ReportingClient : IChatClient
    {
        public RateLimitFeed Feed { get; } = new();

        public RateLimitReport Report { get; set; }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Feed.Report(options!.ModelId!, Report);
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, Answer)));
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(RateLimitFeed) ? Feed : null;

        public void Dispose()
        {
        }
    }

    private static RateLimit LimitOf(Desk desk, ModelInfo model) => desk.Runtime.Endpoints.Find(model).Connection!.RateLimit!;
}
