namespace PromptGen.Benchmarks;

public enum Plan
{
    Free,
    Pro,
}

/// <summary>The same prompt without clauses of entry and with one of each.</summary>
public sealed partial class Router
{
    private const string Template = "Judge this for {{product}}: {{code}}";

    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 500)]
    [PromptTemplate(Template)]
    public partial Task<Verdict> PlainAsync(string product, string code);

    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 500)]
    [PromptTemplate(Template)]
    [RouteBy(nameof(plan))]
    [RouteCase(Plan.Free, Tier.Fast, EscalateTo = Tier.Fast)]
    [RouteCase(Plan.Pro, Tier.Fast)]
    public partial Task<Verdict> ByValueAsync(string product, string code, Plan plan);

    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 500)]
    [PromptTemplate(Template)]
    [RouteWhen(Tier.General, MinInputTokens = 10_000)]
    public partial Task<Verdict> ByTokensAsync(string product, string code);

    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 500)]
    [PromptTemplate(Template)]
    [RouteWhen(Tier.General, ContainsAny = ["lawyer", "data loss", "refund"])]
    public partial Task<Verdict> ByPhrasesAsync(string product, string code);

    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 500)]
    [PromptTemplate(Template)]
    [RouteWhen(Tier.General, ContainsCode = true)]
    public partial Task<Verdict> ByCodeAsync(string product, string code);
}
