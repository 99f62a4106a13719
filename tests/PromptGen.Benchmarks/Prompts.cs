using System.Text.Json;

namespace PromptGen.Benchmarks;

[ModelCatalog]
public static class Models
{
    [Model("openai", Tier.Fast, InputPrice = 0.15, OutputPrice = 0.60, ContextWindow = 128_000, MaxOutputTokens = 16_384)]
    public const string Mini = "gpt-4o-mini-2024-07-18";

    /// <summary>In no tier that another prompt names.</summary>
    [Model("openai", Tier.SelfHosted, InputPrice = 0.05, OutputPrice = 0.40, ContextWindow = 128_000, MaxOutputTokens = 16_384)]
    public const string Nano = "gpt-5-nano-2025-08-07";

    [Model("anthropic", Tier.General, InputPrice = 3, OutputPrice = 15, ContextWindow = 200_000, MaxOutputTokens = 8_192)]
    public const string Sonnet = "claude-3-5-sonnet-20241022";
}

public sealed partial class Reviewer
{
    private const string Template = """
        {{role "system"}}
        You review code for {{product}}. Answer in JSON.
        {{role "user"}}
        {{code}}
        """;

    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 500)]
    [PromptTemplate(Template)]
    public partial Task<Assessment> ReviewAsync(string product, string code, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 500)]
    [PromptTemplate(Template)]
    public partial Task<Verdict> JudgeAsync(string product, string code, CancellationToken cancellationToken = default);

    /// <summary>The answer is kept.</summary>
    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 500)]
    [PromptTemplate(Template)]
    [Cached(86_400)]
    public partial Task<Verdict> KeepAsync(string product, string code, CancellationToken cancellationToken = default);

    /// <summary>All three votes are needed.</summary>
    [RoutedPrompt(MaxOutputTokens = 500)]
    [Ensemble(Models.Mini, Models.Sonnet, Models.Nano, On = nameof(Verdict.Severity), Quorum = 3, Eager = true)]
    [PromptTemplate(Template)]
    public partial Task<Verdict> VoteAsync(string product, string code, CancellationToken cancellationToken = default);

    /// <summary>Two agree, or Sonnet answers.</summary>
    [RoutedPrompt(Models.Sonnet, MaxOutputTokens = 500)]
    [Ensemble(Models.Mini, Models.Nano, On = nameof(Verdict.Severity))]
    [PromptTemplate(Template)]
    public partial Task<Verdict> AgreeAsync(string product, string code, CancellationToken cancellationToken = default);

    [RoutedPrompt(Models.Mini, MaxOutputTokens = 500)]
    [PromptTemplate(Template)]
    public partial Task<Verdict> AskMiniAsync(string product, string code, CancellationToken cancellationToken = default);

    [RoutedPrompt(Models.Nano, MaxOutputTokens = 500)]
    [PromptTemplate(Template)]
    public partial Task<Verdict> AskNanoAsync(string product, string code, CancellationToken cancellationToken = default);

    [RoutedPrompt(Models.Sonnet, MaxOutputTokens = 500)]
    [PromptTemplate(Template)]
    public partial Task<Verdict> AskSonnetAsync(string product, string code, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 500)]
    [PromptTemplate(Template)]
    [AcceptWhen(nameof(Verdict.Confidence), AtLeast = 0.5)]
    [Budget(0.1), Deadline(60)]
    public partial Task<Verdict> GuardAsync(string product, string code, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 500)]
    [PromptTemplate(Template)]
    public partial Task<PromptResult<Assessment>> AssessAsync(string product, string code, CancellationToken cancellationToken = default);

    [RoutedPrompt(Models.Mini, Fallbacks = [Models.Sonnet], MaxOutputTokens = 500)]
    [PromptTemplate(Template)]
    public partial IAsyncEnumerable<string> ExplainAsync(string product, string code, CancellationToken cancellationToken = default);

    /// <summary>Does what <see cref="ExplainAsync"/> does, and returns the ledger, which a stream that completes does not return.</summary>
    public async Task<IReadOnlyList<PromptAttempt>> ExplainWithLedgerAsync(string product, string code, bool leavesEarly)
    {
        var call = _prompts.Stream(ExplainAsyncPrompt, CancellationToken.None);
        await using (call)
        {
            var template = new ExplainAsyncTemplate(product, code);
            foreach (var step in ExplainAsyncPrompt.Route)
            {
                if (await call.TryAsync(step, template))
                {
                    while (await call.MoveNextAsync() && !leavesEarly)
                    {
                    }

                    break;
                }

                if (step == ExplainAsyncPrompt.Route[^1])
                {
                    throw call.Exhausted();
                }
            }
        }

        return call.Attempts;
    }

    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 500)]
    [PromptTemplate(Template)]
    [OutputSchema("assessment.schema.json")]
    public partial Task<JsonElement> DescribeAsync(string product, string code, CancellationToken cancellationToken = default);
}
