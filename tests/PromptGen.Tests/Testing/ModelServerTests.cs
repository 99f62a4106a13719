using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using PromptGen.Testing;

namespace PromptGen.Tests.Testing;

public sealed class ModelServerTests : IAsyncLifetime
{
    private static readonly HttpClient Http = new();
    private ModelServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ModelServer.StartAsync();

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task An_OpenAI_request_is_recorded_as_it_came()
    {
        _server.Enqueue(ModelReply.Text("ok"));

        await PostAsync(
            "/v1/chat/completions",
            """
            {"model":"gpt-x","max_completion_tokens":7,"messages":[{"role":"system","content":"Be brief."},
             {"role":"user","content":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"https://x"}},{"type":"text","text":"b"}]}],
             "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"}}}}
            """);

        var request = Assert.Single(_server.Requests);
        Assert.Equal((1, ModelProtocol.OpenAI, "gpt-x", false, 7), (request.Number, request.Protocol, request.ModelId, request.IsStreaming, request.MaxOutputTokens));
        Assert.Equal([new ModelMessage("system", "Be brief."), new ModelMessage("user", "ab")], request.Messages);
        Assert.Equal("""{"type":"object"}""", request.Schema?.GetRawText());
        Assert.Equal("Bearer secret", request.Headers["authorization"]);
        Assert.Equal("ab", request.TextOf("user"));
    }

    [Fact]
    public async Task An_Anthropic_request_is_recorded_as_it_came()
    {
        _server.Enqueue(ModelReply.Text("ok"));

        await PostAsync(
            "/v1/messages",
            """
            {"model":"claude-x","max_tokens":9,"stream":false,"system":[{"type":"text","text":"Be "},{"type":"text","text":"brief."}],
             "messages":[{"role":"user","content":"hello"},{"role":"user","content":[{"type":"tool_result","tool_use_id":"1","content":"42"}]}],
             "output_config":{"format":{"type":"json_schema","schema":{"type":"object"}}}}
            """);

        var request = Assert.Single(_server.Requests);
        Assert.Equal((ModelProtocol.Anthropic, "claude-x", 9), (request.Protocol, request.ModelId, request.MaxOutputTokens));
        Assert.Equal([new ModelMessage("system", "Be brief."), new ModelMessage("user", "hello"), new ModelMessage("user", "42")], request.Messages);
        Assert.Equal("""{"type":"object"}""", request.Schema?.GetRawText());
    }

    [Fact]
    public async Task Plain_answers_carry_text_usage_and_finish_reason_in_each_protocol()
    {
        var reply = ModelReply.Text("héllo", inputTokens: 100, outputTokens: 5, cachedTokens: 60, finishReason: "length") with { CacheCreationTokens = 10 };
        _server.Enqueue(reply, reply);

        var openAI = await PostForJsonAsync("/v1/chat/completions", """{"model":"m"}""");
        var anthropic = await PostForJsonAsync("/v1/messages", """{"model":"m"}""");

        Assert.Equal("héllo", openAI.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal("length", openAI.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal(100, openAI.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
        Assert.Equal(60, openAI.GetProperty("usage").GetProperty("prompt_tokens_details").GetProperty("cached_tokens").GetInt32());
        Assert.Equal("max_tokens", anthropic.GetProperty("stop_reason").GetString());
        Assert.Equal(30, anthropic.GetProperty("usage").GetProperty("input_tokens").GetInt32());
        Assert.Equal(60, anthropic.GetProperty("usage").GetProperty("cache_read_input_tokens").GetInt32());
        Assert.Equal(10, anthropic.GetProperty("usage").GetProperty("cache_creation_input_tokens").GetInt32());
    }

    [Fact]
    public async Task Unset_usage_is_estimated_and_can_be_left_out()
    {
        _server.Enqueue(ModelReply.Text("12345678"), ModelReply.Text("12345678") with { ReportsUsage = false });
        const string Body = """{"model":"m","messages":[{"role":"user","content":"0123456789abcdef"}]}""";

        var estimated = await PostForJsonAsync("/v1/chat/completions", Body);
        var silent = await PostForJsonAsync("/v1/chat/completions", Body);

        Assert.Equal(4, estimated.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
        Assert.Equal(2, estimated.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        Assert.False(silent.TryGetProperty("usage", out _));
    }

    [Theory]
    [InlineData("/v1/chat/completions", "data: [DONE]\n\n")]
    [InlineData("/v1/messages", "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n")]
    public async Task A_stream_ends_with_its_end_mark_by_default(string path, string endMark)
    {
        _server.Enqueue(ModelReply.Text("Hello 😀 world"), ModelReply.Text("Hello") with { Fault = ModelFault.NoEndMark });

        var whole = await PostForStringAsync(path, """{"model":"m","stream":true}""");
        var open = await PostForStringAsync(path, """{"model":"m","stream":true}""");

        Assert.EndsWith(endMark, whole);
        Assert.DoesNotContain(endMark, open);
        Assert.Contains(path.EndsWith("messages", StringComparison.Ordinal) ? "end_turn" : "\"finish_reason\":\"stop\"", open);
    }

    [Fact]
    public async Task Queued_replies_come_first_by_model_then_for_any_model_then_from_the_function()
    {
        await using var server = await ModelServer.StartAsync(request => ModelReply.Text("function " + request.ModelId));
        server.Enqueue(ModelReply.Text("any"));
        server.Enqueue("a", ModelReply.Text("for a"));
        var bodies = new List<string>();
        foreach (var model in new[] { "a", "a", "a" })
        {
            bodies.Add(await PostForStringAsync("/v1/messages", $$"""{"model":"{{model}}"}""", server));
        }

        Assert.Contains("\"for a\"", bodies[0]);
        Assert.Contains("\"any\"", bodies[1]);
        Assert.Contains("\"function a\"", bodies[2]);
    }

    [Fact]
    public async Task A_request_that_nothing_answers_says_so()
    {
        using var response = await PostAsync("/v1/messages", """{"model":"m"}""");

        Assert.Equal(HttpStatusCode.NotImplemented, response.StatusCode);
        Assert.Contains("queued no reply for request 1 (m)", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_error_carries_status_code_and_any_Retry_After()
    {
        _server.Enqueue(ModelReply.Error(429, "insufficient_quota", "Wed, 21 Oct 2015 07:28:00 GMT"));

        using var response = await PostAsync("/v1/chat/completions", """{"model":"m","stream":true}""");

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("Wed, 21 Oct 2015 07:28:00 GMT", Assert.Single(response.Headers.GetValues("Retry-After")));
        Assert.Contains("\"code\":\"insufficient_quota\"", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_hanging_request_reports_when_the_client_disconnects()
    {
        _server.Enqueue(ModelReply.Hang());
        using var cancel = new CancellationTokenSource();

        var call = PostAsync("/v1/messages", """{"model":"m"}""", cancellationToken: cancel.Token);
        var request = await _server.WaitForRequestAsync(1);
        Assert.False(request.Aborted.IsCancellationRequested);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await request.WaitForAbortAsync();
        Assert.True(request.Aborted.IsCancellationRequested);
    }

    [Fact]
    public async Task A_reset_breaks_the_connection_before_any_header()
    {
        _server.Enqueue(ModelReply.Reset());

        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync("/v1/messages", """{"model":"m"}"""));
        Assert.Single(_server.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cut_body_ends_cleanly_or_by_reset(bool reset)
    {
        _server.Enqueue(ModelReply.CutStream("Hello", reset: reset));

        var read = () => PostForStringAsync("/v1/messages", """{"model":"m"}""");

        if (reset)
        {
            await Assert.ThrowsAnyAsync<HttpRequestException>(read);
        }
        else
        {
            var body = await read();
            Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(body));
        }
    }

    [Fact]
    public async Task A_cut_stream_keeps_the_pieces_before_the_cut()
    {
        _server.Enqueue(ModelReply.CutStream("12345678abcdefgh????????", after: 2));

        var body = await PostForStringAsync("/v1/chat/completions", """{"model":"m","stream":true}""");

        Assert.Contains("12345678", body);
        Assert.Contains("abcdefgh", body);
        Assert.DoesNotContain("????????", body);
        Assert.DoesNotContain("[DONE]", body);
        Assert.DoesNotContain("stop", body);
    }

    [Theory]
    [InlineData("/v1/chat/completions", true)]
    [InlineData("/v1/messages", true)]
    [InlineData("/v1/chat/completions", false)]
    [InlineData("/v1/messages", false)]
    public async Task A_connection_that_is_closed_too_early_ends_without_the_end_that_HTTP_requires(string path, bool streamed)
    {
        _server.Enqueue(ModelReply.Text($"12345678abcdefgh{new string('?', 500)}") with { Fault = ModelFault.CutAndClose, FaultAfter = 2, FaultShare = 0.6 });

        var (body, announced, error) = await ReadToBreakAsync(path, streamed);

        Assert.Equal(HttpRequestError.ResponseEnded, error);
        Assert.Equal(!streamed, announced is not null);
        Assert.Equal((int?)(announced * 0.6), streamed ? null : body.Length);
        Assert.Equal(streamed, body.Contains("abcdefgh", StringComparison.Ordinal) && !body.Contains("????????", StringComparison.Ordinal));
        await _server.WaitForIdleAsync();
    }

    [Fact]
    public async Task A_plain_body_can_stall_behind_its_headers_and_then_be_closed()
    {
        var clock = new ManualTimeProvider();
        var reply = ModelReply.Text("Hello") with { Fault = ModelFault.Stall, FaultShare = 0, FaultDuration = TimeSpan.FromSeconds(30) };
        await using var server = await ModelServer.StartAsync(_ => reply, clock);

        var call = ReadToBreakAsync("/v1/chat/completions", streamed: false, server);
        clock.Advance(await clock.WaitForTimerAsync(TimeSpan.FromSeconds(30)));
        var (body, announced, error) = await call;

        Assert.Equal(("", HttpRequestError.ResponseEnded), (body, error));
        Assert.True(announced > 0);
    }

    [Fact]
    public async Task A_request_that_hangs_can_be_closed_after_a_time()
    {
        var clock = new ManualTimeProvider();
        await using var server = await ModelServer.StartAsync(_ => ModelReply.Hang() with { FaultDuration = TimeSpan.FromSeconds(120) }, clock);

        var call = PostAsync("/v1/messages", """{"model":"m"}""", server);
        clock.Advance(await clock.WaitForTimerAsync(TimeSpan.FromSeconds(120)));

        Assert.Equal(HttpRequestError.ResponseEnded, (await Assert.ThrowsAsync<HttpRequestException>(() => call)).HttpRequestError);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_share_is_0_to_1(double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ModelReply.Text("") with { FaultShare = share });

    [Theory]
    [InlineData("/v1/chat/completions", "\"content\":\"", 3)]
    [InlineData("/v1/messages", "\"text\":\"", 3)]
    public async Task A_stream_can_come_word_by_word_with_a_pause_after_each(string path, string field, int words)
    {
        var clock = new ManualTimeProvider();
        await using var server = await ModelServer.StartAsync(
            _ => ModelReply.Text("One more time") with { WordByWord = true, PieceDelay = TimeSpan.FromMilliseconds(15) },
            clock);

        var call = PostForStringAsync(path, """{"model":"m","stream":true}""", server);
        for (var i = 0; i < words; i++)
        {
            Assert.False(call.IsCompleted);
            clock.Advance(await clock.WaitForTimerAsync(TimeSpan.FromMilliseconds(15)));
        }

        var body = await call;
        Assert.All(["One", " more", " time"], word => Assert.Contains($"{field}{word}\"", body, StringComparison.Ordinal));
        Assert.Equal(TimeSpan.FromMilliseconds(45), clock.Elapsed);
    }

    [Fact]
    public async Task An_error_can_have_another_type_and_name_a_parameter()
    {
        var reply = ModelReply.Error(400, "context_length_exceeded") with { ErrorType = "odd_error", ErrorParameter = "messages" };
        _server.Enqueue(reply, reply, ModelReply.Error(400));

        var openAI = (await PostForJsonAsync("/v1/chat/completions", """{"model":"m"}""")).GetProperty("error");
        var anthropic = (await PostForJsonAsync("/v1/messages", """{"model":"m"}""")).GetProperty("error");
        var usual = (await PostForJsonAsync("/v1/chat/completions", """{"model":"m"}""")).GetProperty("error");

        Assert.Equal(("odd_error", "messages"), (openAI.GetProperty("type").GetString(), openAI.GetProperty("param").GetString()));
        Assert.Equal("odd_error", anthropic.GetProperty("type").GetString());
        Assert.Equal(("invalid_request_error", null), (usual.GetProperty("type").GetString(), usual.GetProperty("param").GetString()));
    }

    [Fact]
    public async Task A_delay_passes_by_the_servers_clock()
    {
        var clock = new ManualTimeProvider();
        await using var server = await ModelServer.StartAsync(_ => ModelReply.Text("late") with { Delay = TimeSpan.FromHours(1) }, clock);

        var call = PostForStringAsync("/v1/messages", """{"model":"m"}""", server);
        await clock.WaitForTimerAsync(TimeSpan.FromHours(1));
        Assert.False(call.IsCompleted);
        clock.Advance(TimeSpan.FromHours(1));

        Assert.Contains("late", await call);
    }

    [Fact]
    public async Task Models_are_listed_for_each_protocol()
    {
        _server.ModelIds = ["a", "b"];

        var openAI = await Http.GetStringAsync(new Uri(_server.OpenAIEndpoint + "/models"));

        using var document = JsonDocument.Parse(openAI);
        Assert.Equal(["a", "b"], document.RootElement.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()!));
    }

    [Theory]
    [InlineData(ModelFault.MalformedChunk, "\"content\":\n", "type\":\"text_del\n")]
    [InlineData(ModelFault.ErrorEvent, "\"code\":\"odd_error\"", "\"type\":\"odd_error\"")]
    public async Task A_stream_breaks_between_two_pieces(ModelFault fault, string openAI, string anthropic)
    {
        var reply = ModelReply.Text("12345678abcdefgh") with { Fault = fault, ErrorCode = "odd_error" };
        _server.Enqueue(reply, reply);

        var first = await PostForStringAsync("/v1/chat/completions", """{"model":"m","stream":true}""");
        var second = await PostForStringAsync("/v1/messages", """{"model":"m","stream":true}""");

        Assert.InRange(first.IndexOf(openAI, StringComparison.Ordinal), first.IndexOf("12345678", StringComparison.Ordinal), int.MaxValue);
        Assert.InRange(second.IndexOf(anthropic, StringComparison.Ordinal), second.IndexOf("12345678", StringComparison.Ordinal), int.MaxValue);
        Assert.Equal(fault == ModelFault.MalformedChunk, first.Contains("abcdefgh", StringComparison.Ordinal));
        Assert.Equal(fault == ModelFault.MalformedChunk, second.Contains("message_stop", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1/messages")]
    public async Task A_cut_after_no_piece_leaves_an_empty_stream(string path)
    {
        _server.Enqueue(ModelReply.CutStream("Hello", after: 0));

        Assert.Equal("", await PostForStringAsync(path, """{"model":"m","stream":true}"""));
    }

    [Fact]
    public async Task An_empty_list_of_choices_and_a_missing_finish_reason_are_sent()
    {
        _server.Enqueue(ModelReply.Text("a") with { Fault = ModelFault.NoChoices }, ModelReply.Text("a") with { Fault = ModelFault.NoFinishReason });

        Assert.Equal(0, (await PostForJsonAsync("/v1/chat/completions", """{"model":"m"}""")).GetProperty("choices").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, (await PostForJsonAsync("/v1/chat/completions", """{"model":"m"}""")).GetProperty("choices")[0].GetProperty("finish_reason").ValueKind);
    }

    [Fact]
    public async Task Refusals_and_filters_take_the_form_of_each_protocol()
    {
        _server.Enqueue(ModelReply.Refusal("No."), ModelReply.Refusal("No."), ModelReply.ContentFilter(), ModelReply.ContentFilter(), ModelReply.ContentFilterError());
        var message = (await PostForJsonAsync("/v1/chat/completions", """{"model":"m"}""")).GetProperty("choices")[0].GetProperty("message");
        var refused = await PostForJsonAsync("/v1/messages", """{"model":"m"}""");
        var filtered = (await PostForJsonAsync("/v1/chat/completions", """{"model":"m"}""")).GetProperty("choices")[0];
        using var anthropicFilter = await PostAsync("/v1/messages", """{"model":"m"}""");
        using var openAIFilter = await PostAsync("/v1/chat/completions", """{"model":"m"}""");

        Assert.Equal("No.", message.GetProperty("refusal").GetString());
        Assert.Equal("refusal", refused.GetProperty("stop_reason").GetString());
        Assert.Equal("content_filter", filtered.GetProperty("finish_reason").GetString());
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (anthropicFilter.StatusCode, openAIFilter.StatusCode));
        Assert.Contains("content filtering policy", await anthropicFilter.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_stalled_stream_stays_open_until_the_client_goes_away()
    {
        _server.Enqueue(ModelReply.Text("12345678abcdefgh") with { Fault = ModelFault.Stall });
        using var cancel = new CancellationTokenSource();

        var call = PostAsync("/v1/messages", """{"model":"m","stream":true}""", cancellationToken: cancel.Token);
        var request = await _server.WaitForRequestAsync(1);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await request.WaitForAbortAsync();
    }

    [Fact]
    public async Task An_answer_may_take_work_of_its_own()
    {
        var release = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await ModelServer.StartAsync(async (_, cancellationToken) => ModelReply.Text(await release.Task.WaitAsync(cancellationToken)));

        var call = PostForStringAsync("/v1/messages", """{"model":"m"}""", server);
        await server.WaitForRequestAsync(1);
        release.SetResult("worked");

        Assert.Contains("worked", await call);
    }

    [Fact]
    public async Task Json_is_written_in_camel_case_with_enums_as_strings()
    {
        _server.Enqueue(ModelReply.Json(new { Day = DayOfWeek.Friday, Text = "ü" }));

        var answer = await PostForJsonAsync("/v1/chat/completions", """{"model":"m"}""");

        Assert.Equal("""{"day":"Friday","text":"ü"}""", answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
    }

    [Fact]
    public async Task Disposing_the_server_lets_go_of_what_hangs()
    {
        var server = await ModelServer.StartAsync(_ => ModelReply.Hang());
        var call = PostAsync("/v1/messages", """{"model":"m"}""", server);
        await server.WaitForRequestAsync(1);
        var wait = server.WaitForRequestAsync(2);

        await server.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => call);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        Assert.Single(server.Requests);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string body, ModelServer? server = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri((server ?? _server).AnthropicEndpoint, path))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "secret");
        return await Http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
    }

    /// <summary>Reads an answer until it breaks off: what came, the announced length, and how the HTTP client names the break.</summary>
    private async Task<(string Body, long? Announced, HttpRequestError Error)> ReadToBreakAsync(string path, bool streamed, ModelServer? server = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri((server ?? _server).AnthropicEndpoint, path))
        {
            Content = new StringContent($$"""{"model":"m","stream":{{(streamed ? "true" : "false")}}}""", Encoding.UTF8, "application/json"),
        };
        using var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync();
        using var body = new MemoryStream();
        var error = await Assert.ThrowsAsync<HttpIOException>(() => stream.CopyToAsync(body));
        return (Encoding.UTF8.GetString(body.ToArray()), response.Content.Headers.ContentLength, error.HttpRequestError);
    }

    private async Task<string> PostForStringAsync(string path, string body, ModelServer? server = null)
    {
        using var response = await PostAsync(path, body, server);
        return await response.Content.ReadAsStringAsync();
    }

    private async Task<JsonElement> PostForJsonAsync(string path, string body)
    {
        using var document = JsonDocument.Parse(await PostForStringAsync(path, body));
        return document.RootElement.Clone();
    }
}
