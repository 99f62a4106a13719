using Acme.Support;

namespace PromptGen.AotSmoke;

/// <summary>Strategies around a call: a kept answer, a hedge, a draft that a stronger model improves, votes, a pipeline.</summary>
public sealed partial class Strategist
{
    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 100, Repairs = 0, HedgeAfter = 2)]
    [PromptTemplate("Which article is {{text}}, beside {{json known}}?{{#if previous}} Before: {{previous.answer}}, {{json previous.value}}, {{previous.reason}}{{/if}}")]
    [AcceptWhen(nameof(Article.Count), AtLeast = 2)]
    [Cached(60, PerScope = true)]
    public partial Task<PromptResult<Article>> PolishAsync(string text, IReadOnlyList<Article> known, PromptOptions? options = null, CancellationToken cancellationToken = default);

    [RoutedPrompt(MaxOutputTokens = 100)]
    [PromptTemplate("Which article is this? {{text}}")]
    [Ensemble(Models.Luna, Models.Haiku, On = nameof(Article.Name), Quorum = 2)]
    public partial Task<PromptResult<Article>> VoteAsync(string text, CancellationToken cancellationToken = default);

    /// <summary>Whether all of them do what they should.</summary>
    public static async Task<bool> AreRightAsync()
    {
        var leaf = new CannedClient(
            """{"name":"lamp","count":1}""",
            """{"name":"lamp","count":3}""",
            """{"name":"bulb","count":1}""",
            """{"name":"bulb","count":2}""",
            """{"name":"lamp","count":5}""",
            """{"name":"bulb","count":6}""");
        await using var prompts = PromptRuntime.Create(builder => builder.AddProvider("openai", _ => leaf).AddProvider("anthropic", _ => leaf).AddProvider("ollama", _ => leaf));
        var strategist = new Strategist(prompts);

        var polished = await strategist.PolishAsync("a lamp", [new Article("bulb", 6)]);
        var kept = await strategist.PolishAsync("a lamp", [new Article("bulb", 6)]);
        var vote = await strategist.VoteAsync("a bulb");
        await using var run = prompts.StartPipeline("articles", new PipelineOptions { MaxUsd = 1, Concurrency = 1 });
        var items = await run.MapAsync("polish", ["one", "two"], (text, stop) => strategist.PolishAsync(text, [], cancellationToken: stop), static text => text);

        Console.WriteLine($"{polished.Value}, {kept.Saved} saved; {vote.Agreement:0.0} agree; {string.Join(", ", items.Select(static item => item.Value.Value))}");
        return polished is { Value.Count: 3, Tier: Tier.General, Attempts.Count: 2 }
            && kept is { Value.Count: 3, FromCache: true, Attempts.Count: 0 }
            && vote is { Agreement: 1, Votes.Count: 2 }
            && items is [{ Key: "one", Value.Value.Count: 5 }, { Key: "two", Value.Value.Name: "bulb" }];
    }
}
