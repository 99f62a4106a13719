using PromptGen.Catalog;
using PromptGen.Contracts;
using PromptGen.Prompts;
using PromptGen.Routing;

namespace PromptGen.Tests.Execution;

/// <summary>Prompts of 100 tokens that answer with text, and what explaining them gives.</summary>
internal static class WorstCaseDesk
{
    /// <summary>One request costs at most 2,100 millionths of a USD, a repair 3,100.</summary>
    public static readonly ModelInfo Mini = new("mini", "openai", Tier.Fast)
    {
        InputPrice = 1m,
        OutputPrice = 2m,
        MaxOutputTokens = 1_000,
        Timeout = TimeSpan.FromSeconds(5),
    };

    /// <summary>One request costs at most 2,300 millionths of a USD.</summary>
    public static readonly ModelInfo Haiku = new("haiku", "anthropic", Tier.Fast)
    {
        InputPrice = 3m,
        OutputPrice = 4m,
        MaxOutputTokens = 500,
        Timeout = TimeSpan.FromSeconds(7),
    };

    /// <summary>One request costs at most 5,000 millionths of a USD.</summary>
    public static readonly ModelInfo Sonnet = new("sonnet", "anthropic", Tier.General)
    {
        InputPrice = 10m,
        OutputPrice = 20m,
        MaxOutputTokens = 200,
        Timeout = TimeSpan.FromSeconds(11),
    };

    /// <summary>Two fast models, then a strong one.</summary>
    public static readonly PromptStep Escalating = new(Tier.Fast, [Mini, Haiku]) { Next = new PromptStep(Tier.General, [Sonnet]) };

    public static PromptStep Only(params ModelInfo[] models) => new(Tier.Fast, models);

    public static PromptDefinition<string> Define(
        PromptStep route,
        int repairs = 0,
        bool hedges = false,
        bool resumes = false,
        bool usesPrevious = false,
        int? maxOutputTokens = null,
        double? deadline = null,
        PromptDefinition[]? judges = null,
        PromptDefinition? selector = null) =>
        new("Desk.Reply", "00c0ffee", TextContract.Instance, route)
        {
            Repairs = repairs,
            HedgeAfter = hedges ? TimeSpan.FromSeconds(1) : null,
            Resume = resumes,
            UsesPrevious = usesPrevious,
            MaxOutputTokens = maxOutputTokens,
            Deadline = deadline is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Children = judges is null && selector is null ? null : () => [.. judges ?? [], .. selector is null ? [] : (PromptDefinition[])[selector]],
            Judges = judges is null ? null : () => judges,
            Selector = selector is null ? null : () => selector,
        };

    /// <summary>A desk that repeats no request, so that times are those of the models.</summary>
    public static Desk Open() => new(static builder => builder.Resilience.MaxRetries = 0);

    public static async Task<PromptExplanation> ExplainAsync(PromptDefinition<string> prompt)
    {
        using var desk = Open();
        return await desk.ExplainAsync(prompt);
    }

    public static Task<PromptExplanation> ExplainAsync(this Desk desk, PromptDefinition<string> prompt) => desk.Runtime.ExplainAsync(async () =>
    {
        using var call = desk.Runtime.Start(prompt, CancellationToken.None);
        await call.TryAsync(prompt.Route[0], default(HundredTokens));
    });

    public static async Task<PromptExplanation> ExplainStreamAsync(PromptDefinition<string> prompt)
    {
        using var desk = Open();
        return await desk.Runtime.ExplainAsync(async () =>
        {
            await using var call = desk.Runtime.Stream(prompt, CancellationToken.None);
            await call.TryAsync(prompt.Route[0], default(HundredTokens));
        });
    }
}

/// <summary>One message: four tokens, and 384 characters more.</summary>
internal readonly struct HundredTokens : IPromptTemplate
{
    public void Render(ModelInfo model, PromptWriter prompt) => prompt.Append(new string('x', 384));
}
