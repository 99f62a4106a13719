using Microsoft.Extensions.AI;
using PromptGen.Caching;
using PromptGen.Catalog;
using PromptGen.Execution;
using PromptGen.Routing;
using PromptGen.Testing;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Caching;

/// <summary>A cached prompt written by hand, and what its generated method does.</summary>
internal static class CachedCalls
{
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static readonly PromptStep OnlyMini = new(Tier.Fast, [Sample.Mini]);

    public static readonly PromptDefinition<int> Prompt = Define();

    public static PromptDefinition<int> Define(string version = "00c0ffee", int repairs = 0, bool perScope = false, bool selfHostedOnly = false, params ModelInfo[] models) =>
        new("Desk.Urgency", version, new UrgencyContract(), models.Length > 0 ? new PromptStep(Tier.Fast, models) : OnlyMini)
        {
            Repairs = repairs,
            CacheFor = Hour,
            CachePerScope = perScope,
            SelfHostedOnly = selfHostedOnly,
        };

    public static Task<PromptResult<int>> AskCachedAsync(this Desk desk, PromptDefinition<int> prompt, PromptOptions options) =>
        desk.AskCachedAsync(prompt, new RouteEntry(prompt.Route[0], options));

    public static async Task<PromptResult<int>> AskCachedAsync(this Desk desk, PromptDefinition<int>? prompt = null, RouteEntry? entry = null, Func<int, string?>? reject = null)
    {
        prompt ??= Prompt;
        using var call = reject is null ? desk.Runtime.Start(prompt, CancellationToken.None) : desk.Runtime.Start(prompt, reject, CancellationToken.None);
        return await call.FinishAsync(entry ?? new RouteEntry(prompt.Route[0]));
    }

    public static async Task<PromptResult<int>> FinishAsync(this PromptCall<int> call, RouteEntry entry) =>
        await call.CachedAsync(new TicketKey(), entry) ? call.Result : await call.EnterAsync(entry);

    /// <summary>The next answer comes when the test gives it.</summary>
    public static ScriptedChatClient AnswersLater(this ScriptedChatClient model, Task<string> answer) => model.Then(async (_, cancellationToken) =>
        new ChatResponse(new ChatMessage(ChatRole.Assistant, await answer.WaitAsync(cancellationToken))) { FinishReason = ChatFinishReason.Stop });
}

internal readonly struct TicketKey : ICacheKey
{
    public void WriteKey(CacheKeyWriter key) => key.Text(Sample.Ticket);
}
