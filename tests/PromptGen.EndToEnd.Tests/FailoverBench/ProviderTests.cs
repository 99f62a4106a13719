using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.FailoverBench;

/// <summary>The fake provider as it is seen on the wire: what the benchmark says that each model does.</summary>
[SuppressMessage("Design", "CA1001", Justification = "xUnit calls DisposeAsync.")]
public sealed class ProviderTests : IAsyncLifetime
{
    private static readonly TimeSpan Hanging = TimeSpan.FromMinutes(1);
    private static readonly string Question = string.Join(' ', Enumerable.Repeat("word", 17));
    private readonly HttpClient _http = new();
    private readonly ManualTimeProvider _clock = new();
    private BenchProvider _provider = null!;
    private ModelServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _provider = new BenchProvider(_clock, "");
        _server = await ModelServer.StartAsync(_provider.Answer, _clock);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public void The_text_looks_finished_where_it_is_cut()
    {
        Assert.Equal((60, 369), (CanonicalAnswer.CountWords(CanonicalAnswer.Text), CanonicalAnswer.Text.Length));
        Assert.Equal([54, 130, 251], new[] { 10, 20, 40 }.Select(static words => CanonicalAnswer.First(words).Length));
        Assert.Equal([11, 40, 60], Enumerable.Range(1, 60).Where(static words => CanonicalAnswer.First(words).EndsWith('.')));
        Assert.All(CanonicalAnswer.Text, static letter => Assert.True(char.IsAscii(letter)));
    }

    [Fact]
    public async Task A_healthy_stream_has_a_word_in_each_event_and_a_pause_after_it()
    {
        var answer = await SendAsync("fb-ok", streamed: true);

        Assert.Null(answer.Error);
        Assert.Equal(CanonicalAnswer.Text, answer.Text);
        Assert.Equal(60 * BenchProvider.Pause, _clock.Elapsed);
        var events = answer.Events;
        Assert.Equal(64, events.Count);
        Assert.Equal("""{"role":"assistant","content":""}""", Delta(events[0]));
        Assert.Equal("""{"content":" provider"}""", Delta(events[3]));
        Assert.Equal("""{}""", Delta(events[61]));
        Assert.Contains("\"finish_reason\":\"stop\"", events[61]);
        Assert.Contains("\"choices\":[]", events[62]);
        Assert.Contains("\"prompt_tokens\":21,\"completion_tokens\":60", events[62]);
        Assert.Equal("[DONE]", events[63]);
        Assert.Equal("text/event-stream; charset=utf-8", answer.Headers["Content-Type"]);
        Assert.Equal(("no-cache", "no"), (answer.Headers["Cache-Control"], answer.Headers["X-Accel-Buffering"]));
    }

    [Fact]
    public async Task A_healthy_plain_answer_comes_at_once()
    {
        var answer = await SendAsync("fb-ok", streamed: false);

        using var body = JsonDocument.Parse(answer.Body);
        Assert.Equal(CanonicalAnswer.Text, body.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal($"{answer.Body.Length}", answer.Headers["Content-Length"]);
        Assert.Equal(TimeSpan.Zero, _clock.Elapsed);
    }

    [Theory]
    [InlineData("fb-s01-429-retry-after", 429, "rate_limit_error", "rate_limit_exceeded", null, "2")]
    [InlineData("fb-s02-429-persistent", 429, "rate_limit_error", "rate_limit_exceeded", null, null)]
    [InlineData("fb-s03-500-then-200", 500, "server_error", null, null, null)]
    [InlineData("fb-s04-503-persistent", 503, "server_error", "overloaded", null, null)]
    [InlineData("fb-s12-context-length", 400, "invalid_request_error", "context_length_exceeded", "messages", null)]
    [InlineData("fb-s13-content-filter", 400, "invalid_request_error", "content_policy_violation", null, null)]
    [InlineData("fb-s15-flap", 503, "server_error", "overloaded", null, null)]
    [InlineData("fb-s16-503-persistent", 503, "server_error", "overloaded", null, null)]
    [InlineData("fb-s99-none", 404, "invalid_request_error", "model_not_found", "model", null)]
    [InlineData("gpt-4o", 404, "invalid_request_error", "model_not_found", "model", null)]
    public async Task An_error_has_the_fields_of_its_kind(string model, int status, string type, string? code, string? parameter, string? retryAfter)
    {
        foreach (var streamed in new[] { false, true })
        {
            var provider = new BenchProvider(_clock, "");
            await using var server = await ModelServer.StartAsync(provider.Answer, _clock);

            var answer = await SendAsync(model, streamed, server: server);

            using var body = JsonDocument.Parse(answer.Body);
            var error = body.RootElement.GetProperty("error");
            Assert.Equal(
                (status, type, code, parameter, retryAfter),
                ((int)answer.Status, error.GetProperty("type").GetString(), error.GetProperty("code").GetString(), error.GetProperty("param").GetString(),
                    answer.Headers.GetValueOrDefault("Retry-After")));
        }
    }

    [Theory]
    [InlineData("fb-s01-429-retry-after")]
    [InlineData("fb-s03-500-then-200")]
    [InlineData("fb-s05-reset")]
    public async Task What_fails_once_is_healthy_afterwards(string model)
    {
        await SendAsync(model, streamed: true);

        Assert.Equal(CanonicalAnswer.Text, (await SendAsync(model, streamed: true)).Text);
        Assert.Equal([model, model], _provider.Log.Select(static attempt => attempt.ModelId));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task S05_resets_the_connection_before_any_byte(bool streamed)
    {
        var answer = await SendAsync("fb-s05-reset", streamed);

        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(answer.Error!.GetBaseException()).SocketErrorCode);
        Assert.Equal("", answer.Body);
    }

    [Theory]
    [InlineData("fb-s06-no-response", 120, false, 0)]
    [InlineData("fb-s06-no-response", 120, true, 0)]
    [InlineData("fb-s09-stream-stall", 30, false, 0)]
    [InlineData("fb-s09-stream-stall", 30, true, 20)]
    public async Task S06_and_S09_close_the_connection_after_their_silence(string model, double seconds, bool streamed, int words)
    {
        var answer = await SendAsync(model, streamed, sitOut: TimeSpan.FromSeconds(seconds));

        Assert.Equal(HttpRequestError.ResponseEnded, answer.ErrorKind);
        Assert.Equal(TimeSpan.FromSeconds(seconds) + (words * BenchProvider.Pause), _clock.Elapsed);
        Assert.Equal(CanonicalAnswer.First(words), answer.Text);
        Assert.Equal(words > 0, answer.Body.Length > 0);
        Assert.Equal(model.Contains("s09", StringComparison.Ordinal) ? HttpStatusCode.OK : default, answer.Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task S07_is_healthy_after_20_seconds_and_streamed_sends_its_headers_before(bool streamed)
    {
        var headers = new TaskCompletionSource();
        var call = ReadAsync("fb-s07-slow-ttft", streamed, null, null, null, _server, headers);
        await _clock.WaitForTimerAsync(BenchProvider.SlowStart, BenchProvider.SlowStart).WaitAsync(Hanging);
        if (streamed)
        {
            await headers.Task.WaitAsync(Hanging);
        }

        Assert.Equal(streamed, headers.Task.IsCompleted);
        _clock.Advance(BenchProvider.SlowStart);
        var answer = await SitOutAsync(call, null);

        Assert.Null(answer.Error);
        Assert.Contains(streamed ? "[DONE]" : CanonicalAnswer.Text, answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fb-s08-stream-cut")]
    [InlineData("fb-s14-stream-cut")]
    public async Task S08_and_S14_close_the_connection_without_the_end_that_HTTP_requires(string model)
    {
        var stream = await SendAsync(model, streamed: true);
        var plain = await SendAsync(model, streamed: false);

        Assert.Equal((HttpRequestError.ResponseEnded, CanonicalAnswer.First(40)), (stream.ErrorKind, stream.Text));
        Assert.Equal(40 * BenchProvider.Pause, _clock.Elapsed);
        Assert.DoesNotContain("finish_reason\":\"", stream.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", stream.Body, StringComparison.Ordinal);
        var announced = int.Parse(plain.Headers["Content-Length"], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal((HttpRequestError.ResponseEnded, (int)(announced * 0.6)), (plain.ErrorKind, plain.Body.Length));
        Assert.Contains(CanonicalAnswer.First(10), plain.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(CanonicalAnswer.Text, plain.Body, StringComparison.Ordinal);
        Assert.Equal("close", plain.Headers["Connection"]);
    }

    [Fact]
    public async Task S10_has_one_broken_event_too_many_and_a_plain_body_that_is_no_JSON()
    {
        var stream = await SendAsync("fb-s10-malformed-chunk", streamed: true);
        var plain = await SendAsync("fb-s10-malformed-chunk", streamed: false);

        Assert.Null(stream.Error);
        Assert.Equal(CanonicalAnswer.Text, stream.Text);
        Assert.Equal(65, stream.Events.Count);
        Assert.EndsWith("\"delta\":{\"content\":", stream.Events[11]);
        Assert.Null(plain.Error);
        Assert.EndsWith("\"oops", plain.Body);
        Assert.Equal($"{plain.Body.Length}", plain.Headers["Content-Length"]);
    }

    [Fact]
    public async Task S11_lacks_only_its_end_mark()
    {
        var answer = await SendAsync("fb-s11-no-done", streamed: true);

        Assert.Null(answer.Error);
        Assert.Equal((CanonicalAnswer.Text, 63), (answer.Text, answer.Events.Count));
        Assert.Contains("\"completion_tokens\":60", answer.Events[^1]);
    }

    [Fact]
    public async Task S15_is_healthy_after_60_seconds()
    {
        _clock.Advance(TimeSpan.FromSeconds(59.99));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await SendAsync("fb-s15-flap", streamed: false)).Status);
        _clock.Advance(TimeSpan.FromSeconds(0.01));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("fb-s15-flap", streamed: false)).Status);
        Assert.Equal([503, 200], _provider.Log.Select(static attempt => attempt.Status));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    public async Task A_prefill_is_continued(int words)
    {
        var answer = await SendAsync("fb-s08-stream-cut", streamed: true, prefill: CanonicalAnswer.First(words) + " ");
        var healthy = await SendAsync("fb-ok", streamed: true, prefill: CanonicalAnswer.First(words));

        Assert.Equal(CanonicalAnswer.Text, CanonicalAnswer.First(words) + healthy.Text);
        Assert.StartsWith(answer.Text, healthy.Text, StringComparison.Ordinal);
        Assert.Equal(Math.Min(60 - words, 40), CanonicalAnswer.CountWords(answer.Text));
        Assert.Contains($"\"completion_tokens\":{60 - words}", healthy.Body);
    }

    [Fact]
    public async Task Another_beginning_is_not_continued() =>
        Assert.Equal(CanonicalAnswer.Text, (await SendAsync("fb-ok", streamed: true, prefill: "Once upon a time")).Text);

    [Fact]
    public async Task A_model_without_prefill_rejects_it()
    {
        var answer = await SendAsync("fb-ok-noprefill", streamed: true, prefill: CanonicalAnswer.First(40));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("\"type\":\"invalid_request_error\",\"param\":\"messages\",\"code\":\"invalid_prefill\"", answer.Body);
        Assert.True(Assert.Single(_provider.Log).IsRejectedPrefill);
        Assert.Equal(CanonicalAnswer.Text, (await SendAsync("fb-ok-noprefill", streamed: true)).Text);
    }

    [Fact]
    public async Task The_model_is_what_follows_the_last_slash_or_what_the_header_says()
    {
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("openai/ FB-OK ", streamed: false)).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await SendAsync("fb-ok", streamed: false, forced: "fb-s04-503-persistent")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync("", streamed: false, body: "no JSON")).Status);
        Assert.Equal(["fb-ok", "fb-s04-503-persistent"], _provider.Log.Select(static attempt => attempt.ModelId));
        Assert.All(_provider.Log, static attempt => Assert.Equal(21, attempt.PromptTokens));
    }

    private static string Delta(string data)
    {
        using var document = JsonDocument.Parse(data);
        return document.RootElement.GetProperty("choices")[0].GetProperty("delta").GetRawText();
    }

    /// <summary>Sends a request and moves the clock by each pause and by one silence.</summary>
    private async Task<Answer> SendAsync(
        string model,
        bool streamed,
        string? prefill = null,
        string? forced = null,
        string? body = null,
        TimeSpan? sitOut = null,
        ModelServer? server = null)
    {
        return await SitOutAsync(ReadAsync(model, streamed, prefill, forced, body, server ?? _server), sitOut);
    }

    private async Task<Answer> SitOutAsync(Task<Answer> call, TimeSpan? sitOut)
    {
        while (!call.IsCompleted)
        {
            var pause = _clock.WaitForTimerAsync(BenchProvider.Pause, BenchProvider.Pause);
            var silence = _clock.WaitForTimerAsync(sitOut ?? TimeSpan.MaxValue, sitOut);
            await Task.WhenAny(call, pause, silence).WaitAsync(Hanging);
            if (!call.IsCompleted)
            {
                _clock.Advance(await (pause.IsCompleted ? pause : silence));
            }
        }

        return await call;
    }

    private async Task<Answer> ReadAsync(string model, bool streamed, string? prefill, string? forced, string? body, ModelServer server, TaskCompletionSource? headersRead = null)
    {
        var messages = new List<object> { new { role = "user", content = Question } };
        if (prefill is not null)
        {
            messages.Add(new { role = "assistant", content = prefill });
        }

        body ??= JsonSerializer.Serialize(new { model, messages, stream = streamed, stream_options = new { include_usage = true } });
        using var request = new HttpRequestMessage(HttpMethod.Post, server.OpenAIEndpoint + "/chat/completions")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (forced is not null)
        {
            request.Headers.Add("x-fb-model", forced);
        }

        using var received = new MemoryStream();
        var status = default(HttpStatusCode);
        var headers = new Dictionary<string, string>();
        Exception? error = null;
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            headersRead?.TrySetResult();
            status = response.StatusCode;
            headers = response.Headers.Concat(response.Content.Headers).ToDictionary(static header => header.Key, static header => string.Join(',', header.Value));
            await using var stream = await response.Content.ReadAsStreamAsync();
            await stream.CopyToAsync(received);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            error = exception;
        }

        return new Answer(status, headers, Encoding.UTF8.GetString(received.ToArray()), error);
    }

    private sealed record Answer(HttpStatusCode Status, Dictionary<string, string> Headers, string Body, Exception? Error)
    {
        public HttpRequestError? ErrorKind => Error is HttpIOException broken ? broken.HttpRequestError : (Error as HttpRequestException)?.HttpRequestError;

        public IReadOnlyList<string> Events =>
            [.. Body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(static item => item["data: ".Length..])];

        /// <summary>The text of all events that are JSON.</summary>
        public string Text => string.Concat(Events.Where(static data => data.EndsWith('}')).Select(static data =>
        {
            using var document = JsonDocument.Parse(data);
            return document.RootElement.GetProperty("choices") is { } choices && choices.GetArrayLength() > 0
                && choices[0].GetProperty("delta").TryGetProperty("content", out var content)
                ? content.GetString()
                : "";
        }));
    }
}
