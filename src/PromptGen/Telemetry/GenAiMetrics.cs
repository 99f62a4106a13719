using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;

namespace PromptGen.Telemetry;

/// <summary>The instruments of the GenAI conventions, under the names of one of their versions.</summary>
internal abstract class GenAiMetrics(string operation)
{
    public Histogram<double> Duration { get; } =
        Buckets.Duration(operation + ".duration", "How long a request to a model takes.");

    public Histogram<double> TimeToFirstChunk { get; } =
        Buckets.Duration(operation + ".time_to_first_chunk", "From sending a request to the first chunk of its streamed answer.");

    public Histogram<double> TimePerOutputChunk { get; } =
        Buckets.Duration(operation + ".time_per_output_chunk", "From one chunk of a streamed answer to the next.");

    public virtual bool Enabled => Duration.Enabled || TimeToFirstChunk.Enabled || TimePerOutputChunk.Enabled;

    public static GenAiMetrics Of(bool latest) => latest ? LatestGenAiMetrics.Instance : GenAiMetrics141.Instance;

    /// <summary>Counts the tokens of one attempt.</summary>
    /// <param name="usage">What the provider reported; null = nothing.</param>
    /// <param name="failed">Whether there was no answer at all.</param>
    /// <param name="tags">The attributes.</param>
    public abstract void ReportTokens(UsageDetails? usage, bool failed, in TagList tags);
}

/// <summary>Version 1.41: one histogram of tokens, distinguished by <c>gen_ai.token.type</c>.</summary>
internal sealed class GenAiMetrics141() : GenAiMetrics("gen_ai.client.operation")
{
    public static readonly GenAiMetrics141 Instance = new();

    private readonly Histogram<long> _tokens = Buckets.TokenCount("gen_ai.client.token.usage", "Input and output tokens of a request.");

    public override bool Enabled => base.Enabled || _tokens.Enabled;

    public override void ReportTokens(UsageDetails? usage, bool failed, in TagList tags)
    {
        Report(usage?.InputTokenCount, "input", tags);
        Report(usage?.OutputTokenCount, "output", tags);
    }

    private void Report(long? count, string type, TagList tags)
    {
        if (count is { } tokens)
        {
            tags.Add("gen_ai.token.type", type);
            _tokens.Report(tokens, tags);
        }
    }
}

/// <summary>The unreleased version: a counter per kind of tokens, distinguished by <c>gen_ai.token.modality</c>, and two histograms.</summary>
internal sealed class LatestGenAiMetrics() : GenAiMetrics("gen_ai.client.inference")
{
    public static readonly LatestGenAiMetrics Instance = new();

    private readonly Counter<long> _input = Tokens("input", "Input tokens, those read from and written to a cache included.");
    private readonly Counter<long> _output = Tokens("output", "Output tokens, those of reasoning included.");
    private readonly Counter<long> _cacheRead = Tokens("cache_read.input", "Input tokens read from the provider's cache.");
    private readonly Counter<long> _cacheWrite = Tokens("cache_write.input", "Input tokens written to the provider's cache.");
    private readonly Counter<long> _reasoning = Tokens("reasoning.output", "Output tokens of reasoning.");
    private readonly Histogram<long> _inputs = Buckets.TokenCount("gen_ai.client.inference.operation.input_tokens", "Input tokens of a request.");
    private readonly Histogram<long> _outputs = Buckets.TokenCount("gen_ai.client.inference.operation.output_tokens", "Output tokens of a request.");

    public override bool Enabled => base.Enabled || _input.Enabled || _output.Enabled || _cacheRead.Enabled || _cacheWrite.Enabled
        || _reasoning.Enabled || _inputs.Enabled || _outputs.Enabled;

    public override void ReportTokens(UsageDetails? usage, bool failed, in TagList tags)
    {
        // Providers report sums over all modalities; a request that failed counts as none, so that rates have a base.
        var counted = tags;
        counted.Add("gen_ai.token.modality", "unknown");
        var none = failed ? 0 : (long?)null;
        Report(_input, usage?.InputTokenCount ?? none, counted);
        Report(_output, usage?.OutputTokenCount ?? none, counted);
        Report(_cacheRead, usage?.CachedInputTokenCount, counted);
        Report(_cacheWrite, TokenDetails.CacheWrites(usage), counted);
        Report(_reasoning, usage?.ReasoningTokenCount, counted);
        Report(_inputs, usage?.InputTokenCount, tags);
        Report(_outputs, usage?.OutputTokenCount, tags);
    }

    private static Counter<long> Tokens(string kind, string description) =>
        PromptMetrics.Meter.CreateCounter<long>($"gen_ai.client.inference.usage.{kind}_tokens", "{token}", description);

    private static void Report(Counter<long> counter, long? count, in TagList tags)
    {
        if (count is { } tokens)
        {
            counter.Report(tokens, tags);
        }
    }

    private static void Report(Histogram<long> histogram, long? count, in TagList tags)
    {
        if (count is { } tokens)
        {
            histogram.Report(tokens, tags);
        }
    }
}
