using Microsoft.Extensions.AI;
using PromptGen.Routing;
using PromptGen.Testing;

namespace PromptGen.Tests.Execution;

/// <summary>Hedged calls whose models end in the order that the test says: what follows from the end of one has happened before the next one ends.</summary>
internal static class OrderedHedge
{
    public static PromptDefinition<int> Hedged(TimeSpan? deadline = null, params PromptStep[] route) => HedgeDesk.Hedged(deadline: deadline, repairs: 0, route: route);

    /// <inheritdoc cref="HedgeDesk.Slow"/>
    public static TaskCompletionSource<ChatResponse> Slow(this ScriptedChatClient model) => HedgeDesk.Slow(model, inPlace: true);

    /// <summary>The time of the first model is over.</summary>
    public static async Task HedgeAsync(this Desk desk)
    {
        await desk.Clock.WaitForTimerAsync(HedgeDesk.After, HedgeDesk.After);
        await InPlaceAsync(() => desk.Clock.Advance(HedgeDesk.After));
    }

    public static Task GiveAsync(this TaskCompletionSource<ChatResponse> model, int value) => InPlaceAsync(() => model.SetResult(HedgeDesk.Answer(Answer(value), 1, 1)));

    public static Task BreakAsync(this TaskCompletionSource<ChatResponse> model, PromptErrorCode code) => InPlaceAsync(() => model.SetException(new ProviderException(code)));

    public static string Answer(int value) => $$"""{"value":{{value}}}""";

    /// <summary>On a thread without a synchronization context what awaits an event goes on inside it.</summary>
    public static Task InPlaceAsync(Action action) => Task.Run(action);
}
