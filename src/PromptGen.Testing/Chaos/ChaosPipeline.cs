using Microsoft.Extensions.AI;
using Polly;
using Polly.Simmy;
using Polly.Simmy.Behavior;
using Polly.Simmy.Fault;
using Polly.Simmy.Latency;
using Polly.Simmy.Outcomes;
using PromptGen.Providers;

namespace PromptGen.Testing;

/// <summary>
/// Polly's chaos strategies, one for each way to fail: late, with an exception, never, with a poor answer. Each is enabled for the requests whose
/// fault is its own, so that the fault is known before and chance plays no part. A null result stands for "go on".
/// </summary>
internal static class ChaosPipeline
{
    public static readonly ResiliencePropertyKey<ChaosFault> Fault = new("PromptGen.Chaos");

    public static ResiliencePipeline<ChatResponse?> Create(ChaosOptions options) =>
        new ResiliencePipelineBuilder<ChatResponse?> { TimeProvider = options.TimeProvider }
            .AddChaosLatency(new ChaosLatencyStrategyOptions
            {
                InjectionRate = 1,
                EnabledGenerator = static args => new(Of(args.Context) == ChaosFault.Slow),
                Latency = options.SlowBy,
            })
            .AddChaosFault(new ChaosFaultStrategyOptions
            {
                InjectionRate = 1,
                EnabledGenerator = static args => new(ErrorOf(Of(args.Context)) is not null),
                FaultGenerator = static args => new(ErrorOf(Of(args.Context))),
            })
            .AddChaosBehavior(new ChaosBehaviorStrategyOptions
            {
                InjectionRate = 1,
                EnabledGenerator = static args => new(Of(args.Context) == ChaosFault.TimeOut),
                BehaviorGenerator = static args => new(Task.Delay(Timeout.InfiniteTimeSpan, args.Context.CancellationToken)),
            })
            .AddChaosOutcome(new ChaosOutcomeStrategyOptions<ChatResponse?>
            {
                InjectionRate = 1,
                EnabledGenerator = static args => new(AnswerOf(Of(args.Context)) is not null),
                OutcomeGenerator = static args => new(Outcome.FromResult<ChatResponse?>(AnswerOf(Of(args.Context)))),
            })
            .Build();

    private static ChaosFault Of(ResilienceContext context) => context.Properties.GetValue(Fault, ChaosFault.None);

    private static ProviderRequestException? ErrorOf(ChaosFault fault) => fault switch
    {
        ChaosFault.RateLimited => new ProviderRequestException(PromptErrorCode.RateLimited, "Chaos: HTTP status 429.") { Status = 429 },
        ChaosFault.ServerError => new ProviderRequestException(PromptErrorCode.ServerError, "Chaos: HTTP status 500.") { Status = 500 },
        ChaosFault.Overloaded => new ProviderRequestException(PromptErrorCode.Overloaded, "Chaos: HTTP status 503.") { Status = 503 },
        ChaosFault.Reset => new ProviderRequestException(PromptErrorCode.Transport, "Chaos: connection reset.", new IOException("Chaos: connection reset.")),
        _ => null,
    };

    private static ChatResponse? AnswerOf(ChaosFault fault) => fault switch
    {
        ChaosFault.Truncated => Answer(new TextContent("{\"chaos\":\"cu"), ChatFinishReason.Length),
        ChaosFault.BrokenContract => Answer(new TextContent("{\"chaos\":true}"), ChatFinishReason.Stop),
        ChaosFault.Refusal => Answer(new ErrorContent("I can't help with that.") { ErrorCode = ErrorCodes.Refusal }, ChatFinishReason.Stop),
        ChaosFault.Empty => Answer(new TextContent(""), ChatFinishReason.Stop),
        _ => null,
    };

    private static ChatResponse Answer(AIContent content, ChatFinishReason finishReason) => new(new ChatMessage(ChatRole.Assistant, [content]))
    {
        FinishReason = finishReason,
        Usage = new UsageDetails { InputTokenCount = 1, OutputTokenCount = 1, TotalTokenCount = 2 },
    };
}
