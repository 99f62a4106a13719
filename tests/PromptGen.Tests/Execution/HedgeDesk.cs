using Microsoft.Extensions.AI;
using PromptGen.Execution;
using PromptGen.Routing;
using PromptGen.Testing;

namespace PromptGen.Tests.Execution;

/// <summary>Hedged calls, and models that answer when the test says so.</summary>
internal static class HedgeDesk
{
    /// <summary>How long the first model may take before the next one is asked too.</summary>
    public static readonly TimeSpan After = TimeSpan.FromSeconds(2);

    /// <summary>Waits until the time of the first model is over.</summary>
    public static async Task HedgeAsync(Desk desk)
    {
        await desk.Clock.WaitForTimerAsync(After, After);
        desk.Clock.Advance(After);
    }

    public static Task<PromptResult<int>> ResultAsync(PromptCall<int> call) => call.TakeAsync(call.Prompt.Route, new UrgencyTemplate(Sample.Ticket));

    /// <summary>Asks a model that costs more than the calls of the tests may.</summary>
    public static async Task<bool> AskSonnetAsync(Desk desk)
    {
        using var call = desk.Runtime.Start(Sample.Define(route: Sample.General), CancellationToken.None);
        return (await ResultAsync(call)).Value > 0;
    }

    /// <summary>Waits until a number of requests of a call have been entered.</summary>
    public static async Task RecordedAsync(PromptCall<int> call, int requests)
    {
        while (call.Steps.Ledger.Attempts.Count < requests)
        {
            await Task.Yield();
        }
    }

    /// <summary>A model that answers when the test says so, and ignores its token.</summary>
    /// <param name="model">The model.</param>
    /// <param name="inPlace">Whether what awaits the answer goes on inside the test's call that gives it.</param>
    public static TaskCompletionSource<ChatResponse> Slow(ScriptedChatClient model, bool inPlace = false)
    {
        var source = new TaskCompletionSource<ChatResponse>(inPlace ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
        model.Then((_, _) => source.Task);
        return source;
    }

    public static ChatResponse Answer(string text, long? input = null, long? output = null) => new(new ChatMessage(ChatRole.Assistant, text))
    {
        FinishReason = ChatFinishReason.Stop,
        Usage = input is null ? null : new UsageDetails { InputTokenCount = input, OutputTokenCount = output },
    };

    public static PromptDefinition<int> Hedged(decimal? maxUsd = null, TimeSpan? deadline = null, int repairs = 1, params PromptStep[] route) =>
        new("Desk.Urgency", "00c0ffee", new UrgencyContract(), route.Length > 0 ? Sample.Chain(route) : Sample.Fast)
        {
            HedgeAfter = After,
            Repairs = repairs,
            MaxUsd = maxUsd,
            Deadline = deadline,
        };
}
