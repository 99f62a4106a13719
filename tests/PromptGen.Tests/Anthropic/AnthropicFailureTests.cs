using Anthropic;
using Anthropic.Core;
using Microsoft.Extensions.AI;
using PromptGen.Testing;

namespace PromptGen.Tests.Anthropic;

public sealed class AnthropicFailureTests : AnthropicTestBase
{
    public static TheoryData<int, string?, string?, PromptErrorCode> Statuses => new()
    {
        { 400, null, null, PromptErrorCode.BadRequest },
        { 400, null, "prompt is too long: 250000 tokens > 200000 maximum", PromptErrorCode.ContextLength },
        { 400, null, "Output blocked by content filtering policy", PromptErrorCode.ContentFiltered },
        { 400, null, "Your credit balance is too low to access the Anthropic API.", PromptErrorCode.QuotaExhausted },
        { 401, null, null, PromptErrorCode.Auth },
        { 403, null, null, PromptErrorCode.Auth },
        { 404, null, null, PromptErrorCode.NotFound },
        { 408, null, null, PromptErrorCode.ServerError },
        { 409, null, null, PromptErrorCode.ServerError },
        { 413, null, null, PromptErrorCode.ContextLength },
        { 429, null, null, PromptErrorCode.RateLimited },
        { 429, "enforced_spend_limit_reached", null, PromptErrorCode.QuotaExhausted },
        { 429, "contract_spend_limit_reached", null, PromptErrorCode.QuotaExhausted },
        { 500, null, null, PromptErrorCode.ServerError },
        { 503, null, null, PromptErrorCode.Overloaded },
        { 504, null, null, PromptErrorCode.ServerError },
        { 529, null, null, PromptErrorCode.Overloaded },
    };

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Each_status_and_code_is_classified_after_one_request(int status, string? code, string? message, PromptErrorCode expected)
    {
        var exception = await Assert.ThrowsAsync<ProviderRequestException>(() => AskAsync(ModelReply.Error(status, code, message: message)));

        Assert.Equal(new PromptFailure(expected), Client.GetService<IFailureClassifier>()!.Classify(exception));
        Assert.Equal((status, "req_1"), (exception.Status, exception.RequestId));
        Assert.Single(Server.Requests);
    }

    public static TheoryData<string, ModelReply, PromptErrorCode> Faults => new()
    {
        { "reset", ModelReply.Reset(), PromptErrorCode.Transport },
        { "cut body, reset", ModelReply.CutStream("Hello", reset: true), PromptErrorCode.Transport },
        { "cut body, clean", ModelReply.CutStream("Hello"), PromptErrorCode.ProtocolError },
        { "stray brace", ModelReply.Text("Hello") with { Fault = ModelFault.MalformedChunk }, PromptErrorCode.ProtocolError },
        { "web page", ModelReply.Html(), PromptErrorCode.ProtocolError },
        { "web page 502", ModelReply.Html(502), PromptErrorCode.ServerError },
        { "empty", ModelReply.Empty(), PromptErrorCode.ProtocolError },
        { "empty 500", ModelReply.Empty(500), PromptErrorCode.ServerError },
        { "error in a success", ModelReply.ErrorEvent("overloaded_error"), PromptErrorCode.Overloaded },
        { "content filter", ModelReply.ContentFilter(), PromptErrorCode.ContentFiltered },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Each_fault_is_classified_after_one_request(string fault, ModelReply reply, PromptErrorCode expected)
    {
        Assert.NotEmpty(fault);

        var exception = await Assert.ThrowsAsync<ProviderRequestException>(() => AskAsync(reply));

        Assert.Equal(expected, exception.Code);
        Assert.Single(Server.Requests);
    }

    [Theory]
    [InlineData("2", 2.0)]
    [InlineData("1.5", 1.5)]
    [InlineData("Wed, 21 Oct 2015 07:28:00 GMT", 0.0)]
    [InlineData("1000000000000000", 86_400.0)]
    [InlineData("-5", null)]
    [InlineData("soon", null)]
    [InlineData(null, null)]
    public async Task Retry_After_is_reported(string? header, double? seconds)
    {
        var exception = await Assert.ThrowsAsync<ProviderRequestException>(() => AskAsync(ModelReply.Error(429, retryAfter: header)));

        Assert.Equal(seconds, Client.GetService<IFailureClassifier>()!.Classify(exception)!.Value.RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task Concurrent_failures_keep_their_own_waits()
    {
        await using var server = await ModelServer.StartAsync(request => ModelReply.Error(429, retryAfter: request.TextOf("user")));
        var client = Connect(server);

        var waits = await Task.WhenAll(Enumerable.Range(1, 20).Select(async seconds =>
            (await Assert.ThrowsAsync<ProviderRequestException>(() => client.GetResponseAsync($"{seconds}"))).RetryAfter));

        Assert.Equal(Enumerable.Range(1, 20).Select(seconds => (TimeSpan?)TimeSpan.FromSeconds(seconds)), waits);
    }

    [Fact]
    public async Task Neither_key_nor_the_providers_words_are_in_an_exception()
    {
        var replies = new[]
        {
            ModelReply.Error(401, message: $"invalid x-api-key {Key}"),
            ModelReply.Error(400, code: Key, message: Key),
            ModelReply.Raw(200, "application/json", Key),
            ModelReply.Raw(500, "text/plain", Key),
            ModelReply.ErrorEvent(Key) with { ErrorMessage = Key },
            ModelReply.Reset(),
        };
        foreach (var reply in replies)
        {
            Assert.DoesNotContain(Key, (await Assert.ThrowsAsync<ProviderRequestException>(() => AskAsync(reply))).ToString());
        }

        Assert.DoesNotContain(Key, (await Assert.ThrowsAsync<ProviderRequestException>(() => StreamAsync(ModelReply.ErrorEvent(Key) with { ErrorMessage = Key }))).ToString());
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_failure_of_transport()
    {
        await Server.DisposeAsync();

        var exception = await Assert.ThrowsAsync<ProviderRequestException>(() => Client.GetResponseAsync("Hello"));

        Assert.Equal(PromptErrorCode.Transport, exception.Code);
        Assert.IsType<HttpRequestException>(exception.InnerException);
    }

    [Fact]
    public async Task Cancelling_while_waiting_for_headers_ends_the_request_at_the_server()
    {
        using var cancel = new CancellationTokenSource();

        var call = AskAsync(ModelReply.Hang(), cancel.Token);
        var request = await Server.WaitForRequestAsync(1);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await request.WaitForAbortAsync();
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task A_client_with_handlers_of_its_own_serves_several_models()
    {
        using var handler = new CountingHandler();
        var sdk = new AnthropicClient(new ClientOptions { ApiKey = Key, BaseUrl = Server.AnthropicEndpoint.ToString(), Handlers = [handler], MaxRetries = 5 });
        Server.Enqueue(ModelReply.Text("a"), ModelReply.Text("b"), ModelReply.Error(500));

        await sdk.AsPromptClient("claude-a").GetResponseAsync("Hello");
        await sdk.AsPromptClient("claude-b").GetResponseAsync("Hello");
        await Assert.ThrowsAsync<ProviderRequestException>(() => sdk.AsPromptClient("claude-c").GetResponseAsync("Hello"));

        Assert.Equal(["claude-a", "claude-b", "claude-c"], Server.Requests.Select(request => request.ModelId));
        Assert.Equal(3, handler.Count);
    }

    [Fact]
    public async Task A_registered_provider_serves_by_name_address_and_key_and_follows_no_redirect()
    {
        Func<string, IChatClient>? factory = null;
        using var runtime = PromptRuntime.Create(prompts =>
        {
            prompts.AddAnthropic(Key, Server.AnthropicEndpoint, "claude");
            factory = prompts.Providers["claude"];
        });
        Server.Enqueue(
            ModelReply.Text("ok"),
            ModelReply.Empty(307) with { Headers = new Dictionary<string, string> { ["Location"] = new Uri(Server.AnthropicEndpoint, "/v1/messages").ToString() } });

        using var client = factory!(Model);
        await client.GetResponseAsync("Hello");
        await Assert.ThrowsAsync<ProviderRequestException>(() => client.GetResponseAsync("Hello"));

        Assert.Equal(2, Server.Requests.Count);
        Assert.Contains(Key, string.Concat(Server.Requests[0].Headers.Values));
    }

    private sealed class CountingHandler : DelegatingHandler
    {
        public int Count { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
