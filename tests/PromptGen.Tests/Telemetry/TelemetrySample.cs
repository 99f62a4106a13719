using Microsoft.Extensions.AI;
using PromptGen.Routing;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Telemetry;

/// <summary>Answers and calls that several of these tests listen to.</summary>
internal static class TelemetrySample
{
    /// <summary>An answer that holds the contract of <see cref="Sample.Prompt"/>.</summary>
    public const string Good = """{"value":3}""";

    /// <summary>The same with everything that a provider may report about it.</summary>
    public static ChatResponse Response() => new(new ChatMessage(ChatRole.Assistant, Good))
    {
        ResponseId = "response-1",
        ModelId = "mini-2024",
        FinishReason = ChatFinishReason.Stop,
        Usage = new UsageDetails
        {
            InputTokenCount = 1_000,
            OutputTokenCount = 50,
            CachedInputTokenCount = 400,
            ReasoningTokenCount = 20,
            AdditionalCounts = new AdditionalPropertiesDictionary<long> { ["CacheCreationInputTokens"] = 100 },
        },
    };

    /// <summary>A call that is cancelled while its model thinks.</summary>
    public static async Task CancelAsync(Desk desk)
    {
        using var cancellation = new CancellationTokenSource();
        desk.Mini.Hangs();

        var call = desk.AskAsync(cancellationToken: cancellation.Token);
        await desk.Mini.WaitForRequestAsync(1);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    /// <summary>A call whose only model fails, so that the prompt's fallback method has to answer.</summary>
    public static async Task HandOverAsync(Desk desk)
    {
        desk.Mini.Fails(new ProviderException(PromptErrorCode.Auth));
        var step = new PromptStep(Tier.Fast, [Sample.Mini]);
        using var call = desk.Runtime.Start(Sample.Define(route: step), CancellationToken.None);
        Assert.False(await call.TryAsync(step, new UrgencyTemplate(Sample.Ticket)));
    }
}
