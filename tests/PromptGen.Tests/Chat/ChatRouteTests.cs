using System.Text.Json;
using Microsoft.Extensions.AI;
using PromptGen.Catalog;
using PromptGen.Contracts;
using PromptGen.Providers;
using PromptGen.Routing;
using PromptGen.Testing;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Chat;

/// <summary>A route as an ordinary <see cref="IChatClient"/>, for callers that bring their own messages.</summary>
public sealed class ChatRouteTests : IDisposable
{
    private static readonly ModelInfo Mini = new("mini", "openai", Tier.Fast) { InputPrice = 1m, OutputPrice = 2m, MaxOutputTokens = 1_000 };
    private static readonly ModelInfo Haiku = new("haiku", "anthropic", Tier.Fast)
    {
        InputPrice = 3m,
        OutputPrice = 4m,
        Features = ModelFeatures.StructuredOutput | ModelFeatures.Vision,
    };

    private static readonly ModelInfo Sonnet = new("sonnet", "anthropic", Tier.General) { Features = ModelFeatures.Tools | ModelFeatures.JsonMode | ModelFeatures.Vision };

    private readonly ScriptedChatClient _mini = new();
    private readonly ScriptedChatClient _haiku = new();
    private readonly ScriptedChatClient _sonnet = new();
    private readonly ManualTimeProvider _time = new();
    private readonly PromptRuntime _prompts;

    public ChatRouteTests() => _prompts = PromptRuntime.Create(builder =>
    {
        builder.Resilience.MaxRetries = 0;
        builder
            .UseTimeProvider(_time)
            .AddFailureClassifier(ProviderFailureClassifier.Instance)
            .AddClient("mini", _mini)
            .AddClient("haiku", _haiku)
            .AddClient("sonnet", _sonnet);
    });

    public void Dispose() => _prompts.Dispose();

    [Fact]
    public async Task The_first_model_answers_the_callers_own_messages()
    {
        _mini.Answers("Hello!", 10, 5);

        var response = await Chat().GetResponseAsync([new(ChatRole.System, "Be kind."), new(ChatRole.User, "Hi")]);

        Assert.Equal("Hello!", response.Text);
        var request = Assert.Single(_mini.Requests);
        Assert.Equal(["Be kind.", "Hi"], request.Messages.Select(static message => message.Text));
        Assert.Equal("mini", request.Options!.ModelId);
        Assert.Equal(1_000, request.Options.MaxOutputTokens);
    }

    [Fact]
    public async Task An_unavailable_model_is_replaced_and_the_answer_lists_the_attempts()
    {
        _mini.Fails(Failure(PromptErrorCode.Overloaded));
        _haiku.Answers("Hello!", 1_000, 500);

        var response = await Chat().GetResponseAsync("Hi");

        var result = response.GetPromptResult()!;
        Assert.Equal("haiku", result.ModelId);
        Assert.Equal("mini Initial Overloaded, haiku Fallback None", result.Attempts.Line());
        Assert.Equal(new PromptCost(0.005m, true), result.Cost);
        Assert.Same(response, result.Value);
    }

    [Fact]
    public async Task A_route_may_ask_the_next_model_too_after_a_time()
    {
        _mini.Hangs();
        _haiku.Answers("Hello!", 1_000, 500);

        var call = _prompts.AsChatClient(Hedged()).GetResponseAsync("Hi");
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(2));
        var response = await call;

        Assert.Equal("Hello!", response.Text);
        Assert.Equal("mini Initial Cancelled, haiku Hedge None", response.GetPromptResult()!.Attempts.Line());
        Assert.Same(response, response.GetPromptResult()!.Value);
    }

    [Fact]
    public async Task A_streamed_route_may_ask_the_next_model_too_after_a_time()
    {
        _mini.Stream();
        _haiku.Streams((_, _) => Updates(Update("Hello!"), Update(end: ChatFinishReason.Stop)));

        var call = StreamDesk.ToListAsync(_prompts.AsChatClient(Hedged()).GetStreamingResponseAsync("Hi"));
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("Hello!", string.Concat((await call).Select(static update => update.Text)));
    }

    [Fact]
    public async Task The_next_step_is_taken_where_all_models_of_one_are_unavailable()
    {
        _mini.Fails(Failure(PromptErrorCode.Overloaded));
        _haiku.Fails(Failure(PromptErrorCode.Auth));
        _sonnet.Answers("Hello!");

        var response = await Chat().GetResponseAsync("Hi");

        Assert.Equal("sonnet", response.GetPromptResult()!.ModelId);
    }

    [Fact]
    public async Task Whatever_a_model_answers_is_the_answer()
    {
        var call = new FunctionCallContent("1", "lookup", new Dictionary<string, object?> { ["id"] = 7 });
        _mini.Answers(new ChatResponse(new ChatMessage(ChatRole.Assistant, [call])) { FinishReason = ChatFinishReason.ToolCalls });
        _mini.Answers("cut o", finishReason: ChatFinishReason.Length);
        _mini.Answers(new ChatResponse(new ChatMessage(ChatRole.Assistant, [new ErrorContent("No.") { ErrorCode = "Refusal" }])));
        _mini.Answers("", finishReason: ChatFinishReason.ContentFilter);
        var chat = Chat();

        Assert.Same(call, Assert.Single((await chat.GetResponseAsync("Hi")).Messages[0].Contents));
        Assert.Equal(ChatFinishReason.Length, (await chat.GetResponseAsync("Hi")).FinishReason);
        Assert.IsType<ErrorContent>((await chat.GetResponseAsync("Hi")).Messages[0].Contents[0]);
        Assert.Equal(ChatFinishReason.ContentFilter, (await chat.GetResponseAsync("Hi")).FinishReason);
        Assert.Empty(_haiku.Requests);
    }

    [Fact]
    public async Task An_answer_without_anything_in_it_is_none()
    {
        _mini.Answers("");
        _haiku.Answers("Hello!");

        var response = await Chat().GetResponseAsync("Hi");

        Assert.Equal("mini Initial EmptyOutput, haiku Fallback None", response.GetPromptResult()!.Attempts.Line());
    }

    [Fact]
    public async Task Options_are_the_callers_and_each_model_gets_its_own_copy()
    {
        var options = new ChatOptions { Temperature = 0.3f, MaxOutputTokens = 5_000, ModelId = "gpt-x", StopSequences = ["END"] };
        var messages = new List<ChatMessage> { new(ChatRole.User, "Hi") };
        var spoiler = new ScriptedChatClient((request, _) => throw Spoil(request));
        using var prompts = PromptRuntime.Create(builder => builder
            .AddFailureClassifier(ProviderFailureClassifier.Instance).AddClient("mini", spoiler).AddClient("haiku", _haiku).AddClient("sonnet", _sonnet));
        _haiku.Answers("Hello!");

        await prompts.AsChatClient(Route()).GetResponseAsync(messages, options);

        var seen = Assert.Single(_haiku.Requests);
        Assert.Equal("Hi", Assert.Single(seen.Messages).Text);
        Assert.Equal(0.3f, seen.Options!.Temperature);
        Assert.Equal(5_000, seen.Options.MaxOutputTokens);
        Assert.Equal(["END"], seen.Options.StopSequences!);
        Assert.Equal("haiku", seen.Options.ModelId);
        Assert.Equal("gpt-x", options.ModelId);
        Assert.Equal("Hi", Assert.Single(messages).Text);

        static ProviderRequestException Spoil(ScriptedRequest request)
        {
            request.Messages[0].Contents.Clear();
            request.Options!.StopSequences!.Clear();
            return Failure(PromptErrorCode.Auth);
        }
    }

    [Fact]
    public async Task A_model_that_accepts_no_temperature_gets_none_of_the_callers_sampling_either()
    {
        var route = new PromptDefinition<string>("route", "00c0ffee", TextContract.Instance, new PromptStep(Tier.Fast, [Mini, new ModelInfo("haiku", "anthropic", Tier.Fast) { AcceptsTemperature = false }]))
        {
            Temperature = 0.7f,
        };
        _mini.Fails(Failure(PromptErrorCode.Overloaded)).Fails(Failure(PromptErrorCode.Overloaded));
        _haiku.Answers("Hello!").Answers("Hello!");
        using var chat = _prompts.AsChatClient(route);

        await chat.GetResponseAsync("Hi", new ChatOptions { Temperature = 0.3f, TopP = 0.9f, TopK = 5, Seed = 7 });
        await chat.GetResponseAsync("Hi");

        Assert.Equal([(0.3f, 0.9f, 5), (0.7f, null, null)], _mini.Requests.Select(static request => (request.Options!.Temperature, request.Options.TopP, request.Options.TopK)));
        Assert.All(_haiku.Requests, static request => Assert.Equal((null, null, null), (request.Options!.Temperature, request.Options.TopP, request.Options.TopK)));
        Assert.Equal(7, _haiku.Requests[0].Options!.Seed);
    }

    [Fact]
    public async Task Models_that_lack_what_the_request_needs_are_skipped()
    {
        _sonnet.Answers("A cat.");
        var tools = new ChatOptions { Tools = [AIFunctionFactory.Create(static () => 1, "one")] };
        var image = new ChatMessage(ChatRole.User, [new TextContent("What is it?"), new DataContent(new byte[] { 1 }, "image/png")]);

        var response = await Chat().GetResponseAsync([image], tools);

        Assert.Equal("sonnet", response.GetPromptResult()!.ModelId);
        Assert.Empty(_mini.Requests);
        Assert.Empty(_haiku.Requests);
    }

    [Fact]
    public async Task A_route_without_a_model_for_the_request_says_what_is_missing()
    {
        var audio = new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1 }, "audio/wav")]);

        var error = await Assert.ThrowsAsync<PromptException>(() => Chat().GetResponseAsync([audio]));

        Assert.Equal(PromptErrorCode.RouteExhausted, error.Code);
        Assert.Contains("mini (lacks Audio)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_goes_into_the_text_for_a_model_that_cannot_enforce_it()
    {
        using var schema = JsonDocument.Parse("""{"type":"object"}""");
        var options = new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema.RootElement), Tools = [AIFunctionFactory.Create(static () => 1, "one")] };
        _mini.Fails(Failure(PromptErrorCode.Auth));
        _sonnet.Answers("{}");

        await Chat().GetResponseAsync([new(ChatRole.User, "Hi")], options);

        Assert.Equal("Hi", _mini.Requests[0].Messages[0].Text);
        Assert.Contains("""{"type":"object"}""", _sonnet.Requests[0].Messages[0].Text, StringComparison.Ordinal);
        Assert.Same(ChatResponseFormat.Json, _sonnet.Requests[0].Options!.ResponseFormat);
    }

    [Fact]
    public async Task Budget_and_deadline_are_the_routes()
    {
        var error = await Assert.ThrowsAsync<PromptException>(() => Chat(maxUsd: 0.000001m).GetResponseAsync("Hi"));

        Assert.Equal(PromptErrorCode.BudgetExceeded, error.Code);
        Assert.Empty(_mini.Requests);
    }

    [Fact]
    public async Task Cancellation_is_the_callers()
    {
        using var source = new CancellationTokenSource();
        _mini.Hangs();
        var answer = Chat().GetResponseAsync("Hi", cancellationToken: source.Token);

        await source.CancelAsync();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        Assert.Equal(source.Token, error.CancellationToken);
        Assert.Empty(_haiku.Requests);
    }

    [Fact]
    public async Task A_stream_falls_back_until_the_first_update_that_a_caller_can_act_on()
    {
        _mini.Streams((_, _) => Updates(Update(), null));
        _haiku.Streams((_, _) => Updates(Update(), Update("Hel"), Update("lo!"), Update(end: ChatFinishReason.Stop)));

        var response = await Chat().GetStreamingResponseAsync("Hi").ToChatResponseAsync();

        Assert.Equal("Hello!", response.Text);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Single(_mini.Requests);
    }

    [Fact]
    public async Task A_stream_that_breaks_off_afterwards_says_so()
    {
        _mini.Streams((_, _) => Updates(Update("Hel"), null));
        var came = "";

        var error = await Assert.ThrowsAsync<PromptStreamException>(async () =>
        {
            await foreach (var update in Chat().GetStreamingResponseAsync("Hi"))
            {
                came += update.Text;
            }
        });

        Assert.Equal(PromptErrorCode.Auth, error.Code);
        Assert.Equal("Hel", error.PartialText);
        Assert.Equal("Hel", came);
        Assert.Empty(_haiku.Requests);
    }

    [Fact]
    public async Task How_a_stream_ended_is_the_callers_business_as_long_as_it_ended()
    {
        var call = new FunctionCallContent("1", "lookup", new Dictionary<string, object?> { ["id"] = 7 });
        _mini.Streams((_, _) => Updates(Update("cut o"), Update(end: ChatFinishReason.Length)));
        _mini.Streams((_, _) => Updates(new ChatResponseUpdate(ChatRole.Assistant, [call]) { FinishReason = ChatFinishReason.ToolCalls }));
        _mini.Streams((_, _) => Updates(Update("cut o")));
        var chat = Chat();

        Assert.Equal(ChatFinishReason.Length, (await chat.GetStreamingResponseAsync("Hi").ToChatResponseAsync()).FinishReason);
        Assert.Same(call, (await chat.GetStreamingResponseAsync("Hi").ToChatResponseAsync()).Messages[0].Contents[0]);
        var error = await Assert.ThrowsAsync<PromptStreamException>(() => chat.GetStreamingResponseAsync("Hi").ToChatResponseAsync());
        Assert.Equal(PromptErrorCode.Truncated, error.Code);
    }

    [Fact]
    public async Task A_stream_with_nothing_in_it_is_no_answer()
    {
        _mini.Streams((_, _) => Updates(Update(), Update(end: ChatFinishReason.Stop)));
        _haiku.Streams((_, _) => Updates(Update("Hello!", ChatFinishReason.Stop)));

        Assert.Equal("Hello!", (await Chat().GetStreamingResponseAsync("Hi").ToChatResponseAsync()).Text);
    }

    [Fact]
    public async Task A_stream_on_a_disposed_runtime_is_refused()
    {
        var chat = Chat();
        _prompts.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => chat.GetStreamingResponseAsync("Hi").ToChatResponseAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => chat.GetResponseAsync("Hi"));
    }

    [Fact]
    public async Task A_route_can_be_a_model_of_another_route()
    {
        var inner = Chat();
        var team = new ModelInfo("team", "inner", Tier.Fast);
        using var outer = PromptRuntime.Create(builder => builder.AddClient("team", inner).AddClient("sonnet", _sonnet));
        var chat = outer.AsChatClient(new PromptDefinition<string>("Outer", "00000000", TextContract.Instance, new PromptStep(Tier.Fast, [team], Sonnet)));
        _mini.Fails(Failure(PromptErrorCode.Auth));
        _haiku.Fails(Failure(PromptErrorCode.Auth));
        _sonnet.Fails(Failure(PromptErrorCode.Overloaded)).Answers("From outside");

        var response = await chat.GetResponseAsync("Hi");

        Assert.Equal("From outside", response.Text);
        Assert.Equal("team Initial RouteExhausted, sonnet Fallback None", response.GetPromptResult()!.Attempts.Line());
    }

    [Fact]
    public async Task A_client_that_routes_by_itself_can_be_a_model()
    {
#pragma warning disable MEAI001 // For evaluation: all that is needed of it is that it is an IChatClient.
        using var leaf = RoutingChatClient.Create((_, _) => new ValueTask<IChatClient>(_sonnet));
#pragma warning restore MEAI001
        using var prompts = PromptRuntime.Create(builder => builder.AddProvider("openai", _ => leaf).AddProvider("anthropic", _ => _haiku));
        _sonnet.Answers("Hello!");

        var response = await prompts.AsChatClient(Route()).GetResponseAsync("Hi");

        Assert.Equal("Hello!", response.Text);
        Assert.Equal("mini", response.GetPromptResult()!.ModelId);
    }

    [Fact]
    public async Task The_account_comes_through_a_pipeline_around_the_route()
    {
        _mini.Answers("Hello!");
        using var pipeline = new Pipeline(Chat());

        var response = await pipeline.GetResponseAsync("Hi");

        Assert.Equal("mini", response.GetPromptResult()!.ModelId);
        Assert.Null(new ChatResponse().GetPromptResult());
    }

    [Fact]
    public void It_describes_itself_and_does_not_dispose_the_clients()
    {
        var chat = Chat();

        Assert.Equal("promptgen", ((ChatClientMetadata)chat.GetService(typeof(ChatClientMetadata))!).ProviderName);
        Assert.Same(_prompts, chat.GetService(typeof(PromptRuntime)));
        Assert.Null(chat.GetService(typeof(string)));
        chat.Dispose();
        Assert.False(_mini.IsDisposed);
    }

    [Fact]
    public void A_model_that_nothing_serves_is_found_when_the_client_is_made()
    {
        using var prompts = PromptRuntime.Create(builder => builder.AddClient("mini", _mini));

        var error = Assert.Throws<PromptException>(() => prompts.AsChatClient(Route()));

        Assert.Equal(PromptErrorCode.Configuration, error.Code);
    }

    private IChatClient Chat(decimal? maxUsd = null) => _prompts.AsChatClient(Route(maxUsd));

    private static PromptDefinition<string> Route(decimal? maxUsd = null) =>
        new("Assistant.Chat", "00c0ffee", TextContract.Instance, new PromptStep(Tier.Fast, [Mini, Haiku]) { Next = new PromptStep(Tier.General, [Sonnet]) }) { MaxUsd = maxUsd };

    private static PromptDefinition<string> Hedged() =>
        new("Assistant.Chat", "00c0ffee", TextContract.Instance, new PromptStep(Tier.Fast, [Mini, Haiku])) { HedgeAfter = TimeSpan.FromSeconds(2) };

    private static ChatResponseUpdate Update(string? text = null, ChatFinishReason? end = null) =>
        new(ChatRole.Assistant, text is null ? [] : [new TextContent(text)]) { FinishReason = end };

    /// <summary>Updates in order; null = the stream fails there.</summary>
    private static async IAsyncEnumerable<ChatResponseUpdate> Updates(params ChatResponseUpdate?[] updates)
    {
        await Task.CompletedTask;
        foreach (var update in updates)
        {
            yield return update ?? throw Failure(PromptErrorCode.Auth);
        }
    }

    private sealed class Pipeline(IChatClient inner) : DelegatingChatClient(inner);

    private static ProviderRequestException Failure(PromptErrorCode code) => new(code, "It failed.");
}
