using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using PromptGen.Providers;

namespace PromptGen.Testing;

/// <summary>
/// An answer of a <see cref="ModelServer"/>, independent of the protocol. Make one with a factory
/// method and change it by <c>with</c>: <c>ModelReply.Text("…") with { Delay = TimeSpan.FromSeconds(2) }</c>.
/// </summary>
public sealed record ModelReply
{
    private static readonly JsonSerializerOptions ReplyJson = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private ModelReply()
    {
    }

    /// <summary>The answer's text. Default: empty.</summary>
    public string Content { get; init; } = "";

    /// <summary>The tools that the answer calls, after its text. Default: none.</summary>
    public IReadOnlyList<ModelToolCall> ToolCalls { get; init; } = [];

    /// <summary>The text of a refusal: OpenAI's <c>refusal</c> field; for Anthropic the answer's text. Default: null, no refusal.</summary>
    public string? RefusalText { get; init; }

    /// <summary>
    /// <c>stop</c>, <c>length</c>, <c>tool_calls</c>, <c>content_filter</c> or <c>refusal</c>, written in the protocol's own word; any other
    /// value is sent as it is. Default: <c>stop</c>.
    /// </summary>
    public string FinishReason { get; init; } = "stop";

    /// <summary>The model named in the answer. Default: null, the model asked for.</summary>
    public string? ModelId { get; init; }

    /// <summary>All tokens of the prompt, cached ones included. Default: null, a quarter of the prompt's characters.</summary>
    public int? InputTokens { get; init; }

    /// <summary>All tokens of the answer, reasoning included. Default: null, a quarter of the answer's characters.</summary>
    public int? OutputTokens { get; init; }

    /// <summary>Tokens of the prompt that were read from the provider's cache. Default: 0.</summary>
    public int CachedTokens { get; init; }

    /// <summary>Tokens of the prompt that were written to the provider's cache (Anthropic and OpenAI only). Default: 0.</summary>
    public int CacheCreationTokens { get; init; }

    /// <summary>Tokens of the answer that went into reasoning (OpenAI only). Default: 0.</summary>
    public int ReasoningTokens { get; init; }

    /// <summary>
    /// The tokens of <see cref="Content"/> with their log-probabilities (OpenAI only, answers that are not streamed), sent where the request asks for <c>logprobs</c>; see
    /// <see cref="AnswerTokens"/>. Default: null, none are sent.
    /// </summary>
    public IReadOnlyList<TokenLogProbability>? LogProbabilities { get; init; }

    /// <summary>Whether the answer reports its token usage. Default: true.</summary>
    public bool ReportsUsage { get; init; } = true;

    /// <summary>The HTTP status. Default: 200.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The error's code, for example <c>insufficient_quota</c>. Default: null, the usual one for <see cref="Status"/>.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The error's message. Default: null, a text that names the status.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The error's type, for example <c>rate_limit_error</c>. Default: null, the usual one for <see cref="Status"/>.</summary>
    public string? ErrorType { get; init; }

    /// <summary>The parameter of the request that the error names (OpenAI only). Default: null, none.</summary>
    public string? ErrorParameter { get; init; }

    /// <summary>The header <c>Retry-After</c>, any text. Default: null, no header.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Further header fields of the answer. One that the answer has anyway is sent twice. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The answer's body as it is, whatever the protocol. Default: null, the body is written from the other properties.</summary>
    public ReadOnlyMemory<byte>? RawBody { get; init; }

    /// <summary>The media type of <see cref="RawBody"/>. Default: <c>application/json</c>.</summary>
    public string RawContentType { get; init; } = "application/json";

    /// <summary>How long the server waits, by its clock, before it sends the headers. Default: 0.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How long the server waits, by its clock, between the headers and the first byte of the answer. Default: 0.</summary>
    public TimeSpan BodyDelay { get; init; }

    /// <summary>How long the server waits, by its clock, before each event of a stream and before its <see cref="Fault"/>. Default: 0.</summary>
    public TimeSpan EventDelay { get; init; }

    /// <summary>How long the server waits, by its clock, after each piece of the answer that a stream sends. Default: 0.</summary>
    public TimeSpan PieceDelay { get; init; }

    /// <summary>Whether the pieces of a stream are words, each with the space before it; otherwise they are of eight characters. Default: false.</summary>
    public bool WordByWord { get; init; }

    /// <summary>The fault of the delivery. Default: none.</summary>
    public ModelFault Fault { get; init; }

    /// <summary>How many pieces of the answer (all, where it has fewer) a stream sends before <see cref="Fault"/> occurs; 0 = not one event. Default: 1.</summary>
    public int FaultAfter { get; init; } = 1;

    /// <summary>How much of a plain body is sent before <see cref="Fault"/> cuts or stalls it. 0 (only the headers) to 1; default: 0.5.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 0 or above 1.</exception>
    public double FaultShare { get; init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A share is 0 to 1."); } = 0.5;

    /// <summary>
    /// How long <see cref="ModelFault.Hang"/> and <see cref="ModelFault.Stall"/> last by the server's clock; the server then closes its side of the
    /// connection (FIN). Default: null, until the client gives up.
    /// </summary>
    public TimeSpan? FaultDuration { get; init; }

    internal bool IsError => Status is < 200 or > 299;

    /// <summary>An answer of text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="inputTokens">All tokens of the prompt; null = estimated.</param>
    /// <param name="outputTokens">All tokens of the answer; null = estimated.</param>
    /// <param name="cachedTokens">Tokens of the prompt read from the cache.</param>
    /// <param name="finishReason">See <see cref="FinishReason"/>.</param>
    /// <returns>The reply.</returns>
    public static ModelReply Text(string text, int? inputTokens = null, int? outputTokens = null, int cachedTokens = 0, string finishReason = "stop") => new()
    {
        Content = text,
        InputTokens = inputTokens,
        OutputTokens = outputTokens,
        CachedTokens = cachedTokens,
        FinishReason = finishReason,
    };

    /// <summary>An answer of JSON: camelCase names, enum members as strings.</summary>
    /// <param name="value">The value to write.</param>
    /// <param name="inputTokens">All tokens of the prompt; null = estimated.</param>
    /// <param name="outputTokens">All tokens of the answer; null = estimated.</param>
    /// <param name="cachedTokens">Tokens of the prompt read from the cache.</param>
    /// <returns>The reply.</returns>
    public static ModelReply Json(object value, int? inputTokens = null, int? outputTokens = null, int cachedTokens = 0) =>
        Text(JsonSerializer.Serialize(value, ReplyJson), inputTokens, outputTokens, cachedTokens);

    /// <summary>Calls of tools.</summary>
    /// <param name="calls">The calls in order.</param>
    /// <returns>The reply.</returns>
    public static ModelReply Tools(params ModelToolCall[] calls) => new() { ToolCalls = calls, FinishReason = "tool_calls" };

    /// <summary>A refusal by the model: for OpenAI the <c>refusal</c> field beside finish reason <c>stop</c>, for Anthropic stop reason <c>refusal</c>.</summary>
    /// <param name="text">The text of the refusal.</param>
    /// <returns>The reply.</returns>
    public static ModelReply Refusal(string text = "I can't help with that.") => new() { RefusalText = text };

    /// <summary>An answer that the provider's filter stopped: status 200, finish reason <c>content_filter</c> (Anthropic, which has none: the error form).</summary>
    /// <param name="text">What came before the filter stopped it.</param>
    /// <returns>The reply.</returns>
    public static ModelReply ContentFilter(string text = "") => new() { Content = text, FinishReason = "content_filter" };

    /// <summary>A prompt that the provider's filter rejected: status 400, code <c>content_filter</c> (Anthropic: a message that says so).</summary>
    /// <returns>The reply.</returns>
    public static ModelReply ContentFilterError() => Error(400, "content_filter", message: "Output blocked by content filtering policy");

    /// <summary>An answer that stopped at the output limit.</summary>
    /// <param name="text">What came before.</param>
    /// <returns>The reply.</returns>
    public static ModelReply Length(string text) => Text(text, finishReason: "length");

    /// <summary>An error answer.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The error's code; null = the usual one for the status.</param>
    /// <param name="retryAfter">The header <c>Retry-After</c>, any text; null = none.</param>
    /// <param name="message">The error's message; null = a text that names the status.</param>
    /// <returns>The reply.</returns>
    public static ModelReply Error(int status, string? code = null, string? retryAfter = null, string? message = null) => new()
    {
        Status = status,
        ErrorCode = code,
        RetryAfter = retryAfter,
        ErrorMessage = message,
    };

    /// <summary>Status 200, and the error in the body or in the stream.</summary>
    /// <param name="code">The error's code.</param>
    /// <param name="text">What is streamed before the error comes.</param>
    /// <returns>The reply.</returns>
    public static ModelReply ErrorEvent(string code, string text = "So far") =>
        new() { Content = text, ErrorCode = code, Fault = ModelFault.ErrorEvent };

    /// <summary>Any body, plain or streamed alike.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="contentType">The media type.</param>
    /// <param name="body">The body.</param>
    /// <returns>The reply.</returns>
    public static ModelReply Raw(int status, string contentType, ReadOnlyMemory<byte> body) =>
        new() { Status = status, RawContentType = contentType, RawBody = body };

    /// <summary>Any body, plain or streamed alike.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="contentType">The media type.</param>
    /// <param name="body">The body, sent as UTF-8.</param>
    /// <returns>The reply.</returns>
    public static ModelReply Raw(int status, string contentType, string body) => Raw(status, contentType, Encoding.UTF8.GetBytes(body));

    /// <summary>A web page, as a proxy or a login wall sends.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <returns>The reply.</returns>
    public static ModelReply Html(int status = 200) => Raw(status, "text/html", "<!DOCTYPE html><html><body><h1>Sign in</h1></body></html>");

    /// <summary>A redirect.</summary>
    /// <param name="location">The target.</param>
    /// <param name="status">The HTTP status, from 300 to 399.</param>
    /// <returns>The reply.</returns>
    public static ModelReply Redirect(Uri location, int status = 307)
    {
        ArgumentNullException.ThrowIfNull(location);
        return Empty(status) with { Headers = new Dictionary<string, string> { ["Location"] = location.ToString() } };
    }

    /// <summary>No body at all.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <returns>The reply.</returns>
    public static ModelReply Empty(int status = 200) => Raw(status, "application/json", ReadOnlyMemory<byte>.Empty);

    /// <summary>Never answers, until the client gives up.</summary>
    /// <returns>The reply.</returns>
    public static ModelReply Hang() => new() { Fault = ModelFault.Hang };

    /// <summary>Resets the connection before any header.</summary>
    /// <returns>The reply.</returns>
    public static ModelReply Reset() => new() { Fault = ModelFault.Reset };

    /// <summary>An answer that never ends: its text is repeated until the client gives up.</summary>
    /// <param name="text">The text to repeat.</param>
    /// <returns>The reply.</returns>
    public static ModelReply Endless(string text = "and so on ") => new() { Content = text, Fault = ModelFault.Endless };

    /// <summary>A stream that ends early; a plain answer loses its second half.</summary>
    /// <param name="text">The whole answer's text.</param>
    /// <param name="after">How many pieces of it a stream sends.</param>
    /// <param name="reset">Whether the connection is reset; otherwise it is closed cleanly.</param>
    /// <returns>The reply.</returns>
    public static ModelReply CutStream(string text, int after = 1, bool reset = false) =>
        new() { Content = text, Fault = reset ? ModelFault.CutAndReset : ModelFault.Cut, FaultAfter = after };
}
