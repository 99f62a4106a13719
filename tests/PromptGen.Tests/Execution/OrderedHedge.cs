using Microsoft.Extensions.AI;
using PromptGen.Routing;
using PromptGen.Testing;

namespace PromptGen.Tests.Execution;

/// <summary>Hedged calls whose models end in the order that the test says: what follows from the end of one has happened before the next one ends.</summary>
internal static class OrderedHedge
{
    public static PromptDefinition<int> Hedged(TimeSpan? deadline = null, params PromptStep[] route) =>
        new("Desk.Urgency", "00c0ffee", new UrgencyContract(), route.Length > 0 ? Sample.Chain(route) : Sample.Fast) { HedgeAfter = HedgeDesk.After, Repairs = 0, Deadline = deadline };

    /// <summary>A model that answers when the test says so, and ignores its token.</summary>
    public static TaskCompletionSource<ChatResponse> Slow(this ScriptedChatClient model)
    {
        var source = new TaskCompletionSource<ChatResponse>();
        model.Then((_, _) => source.Task);
        return source;
    }

    /// <summary>The time of the first model is over.</summary>
    public static async Task HedgeAsync(this Desk desk)
    {
        await desk.Clock.WaitForTimerAsync(HedgeDesk.After, HedgeDesk.After);
        await InPlaceAsync(() => desk.Clock.Advance(HedgeDesk.After));
    }

    public static Task GiveAsync(this TaskCompletionSource<ChatResponse> model, int value) => InPlaceAsync(() => model.SetResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, Answer(value)))
    {
        FinishReason = ChatFinishReason.Stop,
        Usage = new UsageDetails { InputTokenCount = 1, OutputTokenCount = 1 },
    }));

    public static Task BreakAsync(this TaskCompletionSource<ChatResponse> model, PromptErrorCode code) => InPlaceAsync(() => model.SetException(new ProviderException(code)));

    public static string Answer(int value) => $$"""{"value":{{value}}}""";

    /// <summary>On a thread without a synchronization context what awaits an event goes on inside it.</summary>
    public static Task InPlaceAsync(Action action) => Task.Run(action);
}
