using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using PromptGen.Catalog;
using PromptGen.Contracts;
using PromptGen.Providers;
using PromptGen.Routing;
using PromptGen.Testing;
using PromptGen.Tests.Execution;
using PromptGen.Tests.Telemetry;

namespace PromptGen.Tests.Chat;

/// <summary>A route inside the pipeline of Microsoft.Extensions.AI, as programs build it.</summary>
[Collection(TelemetryCollection.Name)]
public sealed class ChatPipelineTests : IDisposable
{
    private static readonly ModelInfo Mini = new("mini", "openai", Tier.Fast) { InputPrice = 1m, OutputPrice = 2m };
    private static readonly ModelInfo Haiku = new("haiku", "anthropic", Tier.Fast) { InputPrice = 3m, OutputPrice = 4m };

    private readonly ScriptedChatClient _mini = new();
    private readonly ScriptedChatClient _haiku = new();
    private readonly PromptRuntime _prompts;

    public ChatPipelineTests() => _prompts = PromptRuntime.Create(builder =>
    {
        builder.Resilience.MaxRetries = 0;
        builder.AddFailureClassifier(ProviderFailureClassifier.Instance).AddClient("mini", _mini).AddClient("haiku", _haiku);
    });

    public void Dispose() => _prompts.Dispose();

    [Fact]
    public async Task Function_invocation_calls_the_tool_and_the_second_model_goes_on_where_the_first_failed()
    {
        var asked = new List<string>();
        var lookup = AIFunctionFactory.Create((string order) => { asked.Add(order); return "shipped"; }, "lookup");
        _mini.Answers(new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", "lookup", new Dictionary<string, object?> { ["order"] = "A7" })]))
        {
            FinishReason = ChatFinishReason.ToolCalls,
        });
        _mini.Fails(new ProviderRequestException(PromptErrorCode.Overloaded, "It failed."));
        _haiku.Answers("It is on its way.");
        using var chat = Chat().AsBuilder().UseFunctionInvocation().Build();

        var response = await chat.GetResponseAsync("Where is order A7?", new ChatOptions { Tools = [lookup] });

        Assert.Equal("It is on its way.", response.Text);
        Assert.Equal(["A7"], asked);
        Assert.Equal("shipped", Assert.IsType<FunctionResultContent>(_haiku.Requests[0].Messages[^1].Contents[0]).Result?.ToString());
        Assert.Equal("mini Initial Overloaded, haiku Fallback None", response.GetPromptResult()!.Attempts.Line());
    }

    [Fact]
    public async Task Telemetry_of_the_pipeline_is_the_parent_of_the_routes()
    {
        using var probe = new TelemetryProbe("Acme.Pipeline");
        _mini.Answers("Hello!", 10, 5);
        using var chat = Chat().AsBuilder().UseOpenTelemetry(sourceName: "Acme.Pipeline").Build();

        await chat.GetResponseAsync("Hi");

        var outer = Assert.Single(probe.Spans, static span => span.Source.Name == "Acme.Pipeline");
        Assert.Equal("promptgen", outer.GetTagItem("gen_ai.provider.name"));
        Assert.Contains(probe.Spans, span => span.ParentSpanId == outer.SpanId);
    }

    [Fact]
    public async Task A_distributed_cache_answers_the_second_call_without_a_request()
    {
        _mini.Answers("Hello!", 10, 5);
        using var chat = Chat().AsBuilder().UseDistributedCache(Cache()).Build();

        var first = await chat.GetResponseAsync("Hi");
        var second = await chat.GetResponseAsync("Hi");

        Assert.Equal("mini", first.GetPromptResult()!.ModelId);
        Assert.Equal("Hello!", second.Text);
        Assert.Single(_mini.Requests);

        // No request was made for it, so there is no account.
        Assert.Null(second.GetPromptResult());
    }

    [Fact]
    public async Task A_distributed_cache_keeps_a_stream()
    {
        _mini.Streams("Hel", "lo!");
        using var chat = Chat().AsBuilder().UseDistributedCache(Cache()).Build();

        var first = await chat.GetStreamingResponseAsync("Hi").ToChatResponseAsync();
        var second = await chat.GetStreamingResponseAsync("Hi").ToChatResponseAsync();

        Assert.Equal(("Hello!", "Hello!"), (first.Text, second.Text));
        Assert.Single(_mini.Requests);
    }

    [Fact]
    public async Task A_route_is_a_leaf_under_a_failover_client()
    {
        _mini.Fails(new ProviderRequestException(PromptErrorCode.Overloaded, "It failed."));
        _haiku.Fails(new ProviderRequestException(PromptErrorCode.Auth, "It failed."));
        using var last = new ScriptedChatClient("From elsewhere.");
#pragma warning disable MEAI001 // For evaluation.
        using var chat = new OrderedFailoverChatClient([Chat(), last]);
#pragma warning restore MEAI001

        Assert.Equal("From elsewhere.", (await chat.GetResponseAsync("Hi")).Text);

        _mini.Answers("Hello!");
        Assert.Equal("Hello!", (await chat.GetResponseAsync("Hi")).Text);
        Assert.Single(last.Requests);
    }

    private static MemoryDistributedCache Cache() => new(Options.Create(new MemoryDistributedCacheOptions()));

    private IChatClient Chat() =>
        _prompts.AsChatClient(new PromptDefinition<string>("Desk.Chat", "00c0ffee", TextContract.Instance, new PromptStep(Tier.Fast, [Mini, Haiku])));
}
