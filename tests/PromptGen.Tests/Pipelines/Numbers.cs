using PromptGen.Routing;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Pipelines;

/// <summary>What the tests of pipelines start from.</summary>
internal static class Numbers
{
    public const string Answer = """{"value":3}""";

    /// <summary>What one answer of <see cref="Answering"/> costs.</summary>
    public const decimal Usd = 0.002m;

    public static readonly PromptDefinition<int> OnlyMini = Sample.Define(repairs: 0, route: new PromptStep(Tier.Fast, [Sample.Mini]));

    public static readonly PromptDefinition<int> OnlyHaiku = Sample.Define(repairs: 0, route: new PromptStep(Tier.Fast, [Sample.Haiku]));

    /// <summary>Fails where something hangs; nothing waits that long otherwise.</summary>
    public static TimeSpan Hanging { get; } = TimeSpan.FromSeconds(60);

    /// <summary>A desk whose smallest model answers so often, for 0.002 USD each.</summary>
    public static Desk Answering(int answers, Action<PromptRuntimeBuilder>? configure = null)
    {
        var desk = new Desk(configure);
        for (var i = 0; i < answers; i++)
        {
            desk.Mini.Answers(Answer, inputTokens: 0, outputTokens: 1_000);
        }

        return desk;
    }

    /// <summary>Runs the stage <c>classify</c> with a call for each ticket, which is its key. Default: <see cref="OnlyMini"/>.</summary>
    public static Task<IReadOnlyList<PipelineItem<PromptResult<int>>>> ClassifyAsync(this PipelineRun run, Desk desk, string[] tickets, PromptDefinition<int>? prompt = null) =>
        run.MapAsync("classify", tickets, (ticket, token) => desk.AskAsync(prompt ?? OnlyMini, ticket: ticket, cancellationToken: token), key: static ticket => ticket);

    public static async IAsyncEnumerable<int> StreamAsync(int count, Action<int>? taken = null)
    {
        for (var i = 0; i < count; i++)
        {
            taken?.Invoke(i);
            yield return i;
            if (i % 3 == 0)
            {
                await Task.Yield();
            }
        }
    }

    public static async Task<List<PipelineItem<T>>> ToListAsync<T>(IAsyncEnumerable<PipelineItem<T>> items)
    {
        var list = new List<PipelineItem<T>>();
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }

    /// <summary>The codes of the items: None where they have a value, the type of other exceptions than those of prompts.</summary>
    public static string[] Codes<T>(this IEnumerable<PipelineItem<T>> items) =>
        [.. items.Select(static item => item.Error switch { null => "None", PromptException prompt => prompt.Code.ToString(), var other => other.GetType().Name })];
}

/// <summary>Keeps what is reported, and throws where it should.</summary>
internal sealed class Reports(bool fails = false) : IProgress<PipelineProgress>
{
    private readonly List<PipelineProgress> _all = [];

    public IReadOnlyList<PipelineProgress> All
    {
        get
        {
            lock (_all)
            {
                return [.. _all];
            }
        }
    }

    public void Report(PipelineProgress value)
    {
        lock (_all)
        {
            _all.Add(value);
        }

        if (fails)
        {
            throw new InvalidOperationException("The display is broken.");
        }
    }
}
