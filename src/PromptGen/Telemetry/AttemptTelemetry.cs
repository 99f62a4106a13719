using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;

namespace PromptGen.Telemetry;

/// <summary>Reports one request by the GenAI conventions, unless its client does that itself.</summary>
internal sealed class AttemptTelemetry(PromptTelemetry runtime, ClientProfile client)
{
    private readonly long _sentAt = runtime.Time.GetTimestamp();
    private long _answeredAt;
    private long _chunkAt;
    private bool _isInFlight;
    private DateTime _answeredAtUtc;
    private ChatResponse? _response;
    private string? _streamedText;

    /// <summary>The span; null = spans have no listener, or the client traces its requests itself.</summary>
    public Activity? Span { get; private set; }

    public bool IsTracedByClient => client.IsTraced;

    /// <summary>Whether the span has the messages sent and received.</summary>
    public bool CapturesContent => runtime.Content is not null && Span is { IsAllDataRequested: true };

    /// <summary>What the client threw.</summary>
    public Exception? Exception { get; private set; }

    public void Start(Activity? call, ChatOptions options, IReadOnlyList<ChatMessage> messages, bool streamed)
    {
        if (!client.IsTraced)
        {
            Span = Spans.Start(client.SpanName, ActivityKind.Client, client.Tags, call);
        }
        else if (call is { IsStopped: false } && Activity.Current != call)
        {
            Activity.Current = call;
        }

        _isInFlight = PromptMetrics.InFlight.Enabled;
        CountInFlight(1);
        if (Span is { IsAllDataRequested: true } span)
        {
            AttemptTags.SetRequest(span, options, streamed, runtime.Latest);
            if (runtime.Content is { } content)
            {
                span.SetKnown("gen_ai.system_instructions", content.Instructions(messages, options.Instructions));
                span.SetKnown("gen_ai.input.messages", content.Input(messages));
            }
        }
    }

    public void FirstChunk()
    {
        _chunkAt = runtime.Time.GetTimestamp();
        var seconds = runtime.Time.GetElapsedTime(_sentAt, _chunkAt).TotalSeconds;
        Span?.SetTag("gen_ai.response.time_to_first_chunk", seconds);
        Report(runtime.GenAi.TimeToFirstChunk, seconds);
    }

    public void NextChunk()
    {
        var now = runtime.Time.GetTimestamp();
        Report(runtime.GenAi.TimePerOutputChunk, runtime.Time.GetElapsedTime(_chunkAt, now).TotalSeconds);
        _chunkAt = now;
    }

    /// <param name="response">What came back; null where nothing did.</param>
    /// <param name="exception">What the client threw.</param>
    /// <param name="streamedText">The text of a stream, whose response has no messages.</param>
    public void Answered(ChatResponse? response, Exception? exception, string? streamedText = null)
    {
        _response = response;
        _streamedText = streamedText;
        Exception = exception;
        _answeredAt = runtime.Time.GetTimestamp();
        _answeredAtUtc = DateTime.UtcNow;
    }

    public void End(PromptAttempt attempt)
    {
        CountInFlight(-1);
        Measure(attempt);
        if (Span is not { } span)
        {
            return;
        }

        AttemptTags.SetOutcome(span, attempt);
        if (span.IsAllDataRequested)
        {
            AttemptTags.SetResponse(span, _response, attempt, Tokens(attempt), runtime.Latest);
            if (_response is not null && runtime.Content is { } content)
            {
                span.SetKnown("gen_ai.output.messages", content.Output(_response, _streamedText));
            }
        }

        if (_answeredAt != 0)
        {
            span.SetEndTime(_answeredAtUtc);
        }

        Spans.Stop(span);
    }

    /// <summary>The call ended without an entry in the ledger for this request.</summary>
    public void Abandon()
    {
        CountInFlight(-1);
        if (Span is { } span)
        {
            span.SetStatus(ActivityStatusCode.Error);
            Spans.Stop(span);
        }
    }

    /// <summary>What was counted in is counted out, whoever began to listen in between.</summary>
    private void CountInFlight(int change)
    {
        if (_isInFlight)
        {
            PromptMetrics.InFlight.Report(change, new TagList { { "gen_ai.request.model", client.ModelId } });
        }
    }

    private void Measure(PromptAttempt attempt)
    {
        var metrics = runtime.GenAi;
        if (client.IsTraced || !metrics.Enabled)
        {
            return;
        }

        var tags = Tags(attempt.ResponseModelId);
        metrics.ReportTokens(Tokens(attempt), failed: _response is null, tags);
        if (attempt.Outcome != PromptErrorCode.None)
        {
            tags.Add("error.type", TelemetryWords.ErrorType(attempt.Outcome));
        }

        var end = _answeredAt != 0 ? _answeredAt : runtime.Time.GetTimestamp();
        metrics.Duration.Report(runtime.Time.GetElapsedTime(_sentAt, end).TotalSeconds, tags);
    }

    /// <summary>The tokens to report; null where the provider reported none, or impossible ones.</summary>
    private static UsageDetails? Tokens(PromptAttempt attempt) => attempt.IsUsageImplausible ? null : attempt.Usage;

    private void Report(Histogram<double> histogram, double seconds)
    {
        if (!client.IsTraced)
        {
            histogram.Report(seconds, Tags(null));
        }
    }

    private TagList Tags(string? responseModelId)
    {
        var tags = new TagList(client.Tags);
        if (responseModelId is not null)
        {
            tags.Add("gen_ai.response.model", responseModelId);
        }

        return tags;
    }
}
