using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using Microsoft.Extensions.AI;
using OpenAI;
using PromptGen.Testing;

namespace PromptGen.Tests.OpenAI;

public sealed class OpenAIFailureTests : OpenAITestBase
{
    public static TheoryData<int, string?, PromptErrorCode> Statuses => new()
    {
        { 400, null, PromptErrorCode.BadRequest },
        { 400, "context_length_exceeded", PromptErrorCode.ContextLength },
        { 400, "content_filter", PromptErrorCode.ContentFiltered },
        { 401, null, PromptErrorCode.Auth },
        { 403, null, PromptErrorCode.Auth },
        { 404, null, PromptErrorCode.NotFound },
        { 408, null, PromptErrorCode.ServerError },
        { 409, null, PromptErrorCode.ServerError },
        { 422, null, PromptErrorCode.BadRequest },
        { 429, null, PromptErrorCode.RateLimited },
        { 429, "insufficient_quota", PromptErrorCode.QuotaExhausted },
        { 500, null, PromptErrorCode.ServerError },
        { 502, null, PromptErrorCode.ServerError },
        { 503, null, PromptErrorCode.Overloaded },
        { 504, null, PromptErrorCode.ServerError },
        { 529, null, PromptErrorCode.Overloaded },
    };

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Each_status_and_code_is_classified_after_one_request(int status, string? code, PromptErrorCode expected)
    {
        var exception = await Assert.ThrowsAsync<ProviderRequestException>(() => AskAsync(ModelReply.Error(status, code)));

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
        { "no choices", ModelReply.Text("Hello") with { Fault = ModelFault.NoChoices }, PromptErrorCode.ProtocolError },
        { "web page", ModelReply.Html(), PromptErrorCode.ProtocolError },
        { "web page 502", ModelReply.Html(502), PromptErrorCode.ServerError },
        { "empty 500", ModelReply.Empty(500), PromptErrorCode.ServerError },
        { "error in a success", ModelReply.ErrorEvent("server_error"), PromptErrorCode.ServerError },
        { "error as text", ModelReply.Raw(400, "application/json", """{"error":"maximum context length exceeded"}"""), PromptErrorCode.ContextLength },
        { "error in a list", ModelReply.Raw(429, "application/json", """[{"error":{"code":429,"status":"RESOURCE_EXHAUSTED"}}]"""), PromptErrorCode.RateLimited },
        { "Azure's filter", ModelReply.Raw(400, "application/json", """{"error":{"code":null,"innererror":{"code":"ResponsibleAIPolicyViolation"}}}"""), PromptErrorCode.ContentFiltered },
        { "redirect", ModelReply.Empty(307) with { Headers = new Dictionary<string, string> { ["Location"] = "http://127.0.0.1:1/elsewhere" } }, PromptErrorCode.ProtocolError },
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

    [Fact]
    public async Task A_server_that_is_not_there_is_a_failure_of_transport()
    {
        await Server.DisposeAsync();

        var exception = await Assert.ThrowsAsync<ProviderRequestException>(() => Client.GetResponseAsync("Hello"));

        Assert.Equal(PromptErrorCode.Transport, exception.Code);
        Assert.IsType<HttpRequestException>(exception.InnerException);
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
    public async Task Retry_After_as_a_date_or_in_milliseconds_is_reported()
    {
        var date = DateTimeOffset.UtcNow.AddHours(1).ToString("r", CultureInfo.InvariantCulture);
        var milliseconds = ModelReply.Error(503, retryAfter: "9") with { Headers = new Dictionary<string, string> { ["retry-after-ms"] = "300" } };

        var byDate = await Assert.ThrowsAsync<ProviderRequestException>(() => AskAsync(ModelReply.Error(503, retryAfter: date)));
        var byMilliseconds = await Assert.ThrowsAsync<ProviderRequestException>(() => AskAsync(milliseconds));

        Assert.InRange(byDate.RetryAfter!.Value, TimeSpan.FromMinutes(55), TimeSpan.FromMinutes(60));
        Assert.Equal(TimeSpan.FromMilliseconds(300), byMilliseconds.RetryAfter);
    }

    [Fact]
    public async Task Neither_key_nor_the_providers_words_are_in_an_exception()
    {
        var replies = new[]
        {
            ModelReply.Error(401, message: $"Incorrect API key provided: {Key}"),
            ModelReply.Error(400, code: Key, message: Key),
            ModelReply.Raw(200, "application/json", Key),
            ModelReply.Raw(500, "text/plain", Key),
            ModelReply.ErrorEvent(Key) with { ErrorMessage = Key },
            ModelReply.Reset(),
        };
        foreach (var reply in replies)
        {
            var exception = await Assert.ThrowsAsync<ProviderRequestException>(() => AskAsync(reply));
            Assert.DoesNotContain(Key, exception.ToString());
        }
    }

    [Fact]
    public async Task Cancelling_while_waiting_for_headers_ends_the_request_at_the_server()
    {
        using var cancel = new CancellationTokenSource();

        var call = AskAsync(ModelReply.Hang(), cancel.Token);
        var request = await Server.WaitForRequestAsync(1);
        await cancel.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(cancel.Token, exception.CancellationToken);
        await request.WaitForAbortAsync();
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task A_cancelled_token_sends_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AskAsync(ModelReply.Text("a"), new CancellationToken(true)));
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task Retries_and_time_out_of_the_SDKs_options_do_not_count()
    {
        var options = new OpenAIClientOptions
        {
            Endpoint = Server.OpenAIEndpoint,
            RetryPolicy = new ClientRetryPolicy(5),
            NetworkTimeout = TimeSpan.FromTicks(1),
        };
        var client = new OpenAIClient(new ApiKeyCredential(Key), options).GetChatClient(Model).AsPromptClient();
        Server.Enqueue(ModelReply.Text("ok"), ModelReply.Error(500), ModelReply.Reset());

        Assert.Equal("ok", (await client.GetResponseAsync("Hello")).Text);
        await Assert.ThrowsAsync<ProviderRequestException>(() => client.GetResponseAsync("Hello"));
        await Assert.ThrowsAsync<ProviderRequestException>(() => client.GetResponseAsync("Hello"));

        Assert.Equal(3, Server.Requests.Count);
    }

    [Fact]
    public async Task The_client_works_on_after_every_fault()
    {
        foreach (var row in Faults)
        {
            await Assert.ThrowsAsync<ProviderRequestException>(() => AskAsync(row.Data.Item2));
            Assert.Equal("alive", (await AskAsync(ModelReply.Text("alive"))).Text);
        }
    }

    [Fact]
    public async Task A_registered_provider_serves_by_name_address_and_key()
    {
        Func<string, IChatClient>? factory = null;
        using var runtime = PromptRuntime.Create(prompts =>
        {
            prompts.AddOpenAI(Key, Server.OpenAIEndpoint, "local");
            factory = prompts.Providers["local"];
        });
        Server.Enqueue(ModelReply.Text("ok"));

        using var client = factory!("llama");
        await client.GetResponseAsync("Hello");

        Assert.Equal(("llama", "Bearer " + Key), (Server.Requests[0].ModelId, Server.Requests[0].Headers["Authorization"]));
    }
}
