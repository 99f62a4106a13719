using System.Text.Json;

namespace PromptGen.Benchmarks;

[ModelCatalog]
public static class Models
{
    [Model("openai", Tier.Fast, InputPrice = 0.15, OutputPrice = 0.60, ContextWindow = 128_000, MaxOutputTokens = 16_384)]
    public const string Mini = "gpt-4o-mini-2024-07-18";

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

    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 500)]
    [PromptTemplate(Template)]
    [AcceptWhen(nameof(Verdict.Confidence), AtLeast = 0.5)]
    [Budget(0.1), Deadline(60)]
    public partial Task<Verdict> GuardAsync(string product, string code, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 500)]
    [PromptTemplate(Template)]
    public partial Task<PromptResult<Assessment>> AssessAsync(string product, string code, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 500)]
    [PromptTemplate(Template)]
    [OutputSchema("assessment.schema.json")]
    public partial Task<JsonElement> DescribeAsync(string product, string code, CancellationToken cancellationToken = default);
}
