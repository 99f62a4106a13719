using System.Text.Json;
using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.FailoverBench;

/// <summary>
/// The benchmark's fake provider: the id of a model selects its fault. Behind <see cref="ModelServer"/>, whose header fields differ in one: it also
/// sends a request id.
/// </summary>
/// <param name="clock">The clock of the cell.</param>
/// <param name="remark">What every error message ends with.</param>
internal sealed class BenchProvider(ManualTimeProvider clock, string remark)
{
    private readonly object _lock = new();
    private readonly List<BenchAttempt> _log = [];

    /// <summary>The pause of a stream after each word.</summary>
    public static TimeSpan Pause { get; } = TimeSpan.FromMilliseconds(15);

    /// <summary>How long S06, S07 and S09 send nothing.</summary>
    public static TimeSpan NoResponse { get; } = TimeSpan.FromSeconds(120);

    public static TimeSpan SlowStart { get; } = TimeSpan.FromSeconds(20);

    public static TimeSpan Stall { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the primary of S15 is down.</summary>
    public static TimeSpan Outage { get; } = TimeSpan.FromSeconds(60);

    /// <summary>What was logged so far. A copy.</summary>
    public IReadOnlyList<BenchAttempt> Log
    {
        get
        {
            lock (_lock)
            {
                return [.. _log];
            }
        }
    }

    public ModelReply Answer(ModelRequest request)
    {
        if (request.Body.ValueKind == JsonValueKind.Undefined)
        {
            return Error(400, null, "The body is not JSON.");
        }

        var modelId = ModelId(request);
        var promptTokens = request.Messages.Sum(static message => CanonicalAnswer.CountWords(message.Text) + 4);
        var rejectsPrefill = modelId.EndsWith("-noprefill", StringComparison.Ordinal) && request.Messages is [.., { Role: "assistant" }];
        lock (_lock)
        {
            var number = 1 + _log.Count(attempt => attempt.ModelId == modelId);
            var reply = rejectsPrefill
                ? Error(400, "invalid_prefill", "Prefill of the assistant's message is not supported.") with { ErrorParameter = "messages" }
                : Reply(modelId, number, request, promptTokens);
            var status = reply.Fault is ModelFault.Hang or ModelFault.Reset ? 0 : reply.Status;
            _log.Add(new BenchAttempt(modelId, clock.Elapsed, promptTokens, status, rejectsPrefill));
            return reply;
        }
    }

    private static string ModelId(ModelRequest request)
    {
        var id = request.Headers.TryGetValue("x-fb-model", out var forced) ? forced : request.ModelId;
        return id[(id.LastIndexOf('/') + 1)..].Trim().ToLowerInvariant();
    }

    private ModelReply Reply(string modelId, int number, ModelRequest request, int promptTokens)
    {
        var healthy = Healthy(request, promptTokens);
        return modelId is "fb-ok" or "fb-ok-noprefill" ? healthy
            : modelId.Split('-') is ["fb", var fault, ..] ? Fault(fault, number, request.IsStreaming, healthy) ?? Unknown()
            : Unknown();

        ModelReply Unknown() => Error(404, "model_not_found", "There is no such model.") with { ErrorParameter = "model" };
    }

    private ModelReply? Fault(string fault, int number, bool streamed, ModelReply healthy) => fault switch
    {
        "s01" => number > 1 ? healthy : RateLimited() with { RetryAfter = "2" },
        "s02" => RateLimited(),
        "s03" => number > 1 ? healthy : Error(500, null, "The server had an error."),
        "s04" or "s16" => Overloaded(),
        "s05" => number > 1 ? healthy : ModelReply.Reset(),
        "s06" => ModelReply.Hang() with { FaultDuration = NoResponse },
        "s07" => streamed ? healthy with { BodyDelay = SlowStart } : healthy with { Delay = SlowStart },
        "s08" or "s14" => Cut(streamed, healthy),
        "s09" => healthy with { Fault = ModelFault.Stall, FaultAfter = 20, FaultShare = 0, FaultDuration = Stall },
        "s10" => streamed ? healthy with { Fault = ModelFault.MalformedChunk, FaultAfter = 10 } : BrokenBody(number),
        "s11" => healthy with { Fault = ModelFault.NoEndMark },
        "s12" => Error(400, "context_length_exceeded", "The model's maximum is 8192 tokens; the messages have 9631.") with { ErrorParameter = "messages" },
        "s13" => Error(400, "content_policy_violation", "The request was rejected by the content policy."),
        "s15" => clock.Elapsed < Outage ? Overloaded() : healthy,
        _ => null,
    };

    private static ModelReply Cut(bool streamed, ModelReply healthy)
    {
        var cut = healthy with { Fault = ModelFault.CutAndClose, FaultAfter = 40, FaultShare = 0.6 };
        return streamed ? cut : cut with { Headers = new Dictionary<string, string> { ["Connection"] = "close" } };
    }

    private ModelReply RateLimited() => Error(429, "rate_limit_exceeded", "Too many requests.") with { ErrorType = "rate_limit_error" };

    private ModelReply Overloaded() => Error(503, "overloaded", "The model is overloaded.");

    private ModelReply Error(int status, string? code, string message) => ModelReply.Error(status, code, message: $"{message} {remark}");

    /// <summary>The first half of an answer, with an end that makes it invalid JSON, sent as a complete one.</summary>
    private static ModelReply BrokenBody(int number)
    {
        var body = JsonSerializer.Serialize(new
        {
            id = $"chatcmpl-fb-{number}",
            @object = "chat.completion",
            choices = new[] { new { index = 0, message = new { role = "assistant", content = CanonicalAnswer.Text }, finish_reason = "stop" } },
        });
        return ModelReply.Raw(200, "application/json", body[..(body.Length / 2)] + "\"oops");
    }

    private static ModelReply Healthy(ModelRequest request, int promptTokens)
    {
        var text = Continuation(request);
        return ModelReply.Text(text, promptTokens, CanonicalAnswer.CountWords(text)) with
        {
            WordByWord = true,
            PieceDelay = Pause,
            Headers = request.IsStreaming
                ? new Dictionary<string, string> { ["Cache-Control"] = "no-cache", ["X-Accel-Buffering"] = "no" }
                : new Dictionary<string, string>(),
        };
    }

    /// <summary>What is left of the text where the last message is its beginning, in the role of the assistant; the whole text otherwise.</summary>
    private static string Continuation(ModelRequest request) =>
        request.Messages is [.., { Role: "assistant", Text: var text }]
        && text.Trim() is { Length: > 0 } beginning
        && CanonicalAnswer.Text.StartsWith(beginning, StringComparison.Ordinal)
            ? CanonicalAnswer.After(CanonicalAnswer.CountWords(beginning))
            : CanonicalAnswer.Text;
}
