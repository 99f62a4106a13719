using Microsoft.Extensions.AI;
using PromptGen.Evaluation;
using PromptGen.Testing;
using Xunit;

namespace PromptGen.PromptEvals;

/// <summary>Each test is named after its result.</summary>
public sealed class DeskEvals
{
    [PromptEval("tickets.jsonl", MinQuality = 0.9, Repeats = 3, MaxUsd = 0.05, KeepResults = false)]
    public async Task Passes(PromptEval eval)
    {
        var run = await eval.RunAsync<Desk>(nameof(Desk.TriageAsync), Right);

        Assert.Equal((9, 1.0), (run.Results.Count, run.Scores[0].Summary.Mean));
    }

    [PromptEval("tickets.jsonl", MinQuality = 0.9, MaxUsd = 0.05, KeepResults = false)]
    public Task Misses(PromptEval eval) => eval.RunAsync<Desk>(nameof(Desk.TriageAsync), static prompts => Answer(prompts, static _ => "Billing"), Models.Luna);

    [PromptEval("tickets.jsonl", MinQuality = 0.9, KeepResults = false)]
    public Task CannotDecide(PromptEval eval) => eval.RunAsync<Desk>(
        nameof(Desk.TriageAsync), Right, metric: MethodMetric.Of<Queue, Queue>("queue", static (answer, expected, item) => item.Id == "crash" ? double.NaN : answer == expected ? 1 : 0));

    [PromptEval("tickets.jsonl", MinQuality = 0.9, MaxUsd = 0.00001, KeepResults = false)]
    public Task HasNoRoom(PromptEval eval) => eval.RunAsync<Desk>(nameof(Desk.TriageAsync), Right);

    [PromptEval("tickets.jsonl", MinQuality = 0.9)]
    public Task IsSkippedWithoutAKey(PromptEval eval) => eval.RunAsync<Desk>(nameof(Desk.TriageAsync), static prompts => prompts.AddOpenAI());

    [PromptEval("tickets.jsonl", Requires = ["PROMPTGEN_NO_SUCH_KEY"])]
    public Task IsSkippedWithoutAVariable(PromptEval eval) => throw new InvalidOperationException($"{eval} ran.");

    [PromptEval("none.jsonl")]
    public Task HasNoData(PromptEval eval) => eval.RunAsync<Desk>(nameof(Desk.TriageAsync), Right);

    internal static void Right(PromptRuntimeBuilder prompts) => Answer(prompts, static text => text.Contains("paid", StringComparison.Ordinal) ? "Billing" : text.Contains("password", StringComparison.Ordinal) ? "Account" : "Other");

    internal static void Answer(PromptRuntimeBuilder prompts, Func<string, string> queue)
    {
        var client = new ScriptedChatClient((request, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, $$"""{"value": "{{queue(request.Messages[^1].Text)}}"}"""))
        {
            FinishReason = ChatFinishReason.Stop,
            Usage = new() { InputTokenCount = 20, OutputTokenCount = 5 },
        }));
        prompts.AddProvider("openai", _ => client);
    }
}

/// <summary>Two classes run at the same time and keep their results in one store. In a second run nothing may be asked.</summary>
public sealed class KeptEvals
{
    [PromptEval("tickets.jsonl", MinQuality = 1, MaxUsd = 0.05)]
    public Task PaysOnce(PromptEval eval) => eval.RunAsync<Desk>(nameof(Desk.TriageAsync), Kept.Answer);
}

public sealed class OtherKeptEvals
{
    [PromptEval("tickets.jsonl", MinQuality = 1, MaxUsd = 0.05)]
    public Task PaysOnceByOneModel(PromptEval eval) => eval.RunAsync<Desk>(nameof(Desk.TriageAsync), Kept.Answer, Models.Luna);
}

internal static class Kept
{
    public static void Answer(PromptRuntimeBuilder prompts)
    {
        if (Environment.GetEnvironmentVariable("PROMPTGEN_IS_SECOND_RUN") is null)
        {
            DeskEvals.Right(prompts);
        }
        else
        {
            DeskEvals.Answer(prompts, static _ => throw new InvalidOperationException("A kept answer was asked for again."));
        }
    }
}
