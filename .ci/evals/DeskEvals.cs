using PromptGen;
using PromptGen.Evaluation;
using PromptGen.Testing;
using Xunit;

namespace Acme;

[ModelCatalog]
public static class Models
{
    [Model("openai", Tier.Fast, InputPrice = 0.20, OutputPrice = 1.20, ContextWindow = 272_000, MaxOutputTokens = 64_000)]
    public const string Luna = "gpt-5.6-luna";
}

public enum Queue
{
    Billing,
    Other,
}

public sealed partial class Desk
{
    [RoutedPrompt(Models.Luna, MaxOutputTokens = 50, Repairs = 0)]
    [PromptTemplate("Which queue takes this ticket? {{ticket}}")]
    public partial Task<Queue> TriageAsync(string ticket, CancellationToken cancellationToken = default);
}

public sealed class DeskEvals
{
    [PromptEval("tickets.jsonl", MinQuality = 1, MaxUsd = 0.05, KeepResults = false)]
    public async Task Triage(PromptEval eval)
    {
        var run = await eval.RunAsync<Desk>(nameof(Desk.TriageAsync), static prompts => prompts.AddProvider("openai", static _ => new ScriptedChatClient("""{"value":"Billing"}""", """{"value":"Billing"}""")));

        Assert.Equal(2, run.Results.Count);
    }

    [PromptEval("tickets.jsonl", MinQuality = 1, KeepResults = false)]
    public async Task A_missed_threshold_fails(PromptEval eval)
    {
        var missed = await Assert.ThrowsAsync<PromptEvalException>(() => eval.RunAsync<Desk>(nameof(Desk.TriageAsync), static prompts => prompts.AddProvider("openai", static _ => new ScriptedChatClient("""{"value":"Other"}""", """{"value":"Billing"}"""))));

        Assert.Contains("misses MinQuality 1", missed.Message);
    }
}
