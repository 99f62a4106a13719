namespace PromptGen.EndToEnd.Tests.FailoverBench;

/// <summary>The prompts of the benchmark: one user message, one primary, one fallback.</summary>
public sealed partial class BenchDesk
{
    private const string Template = """
        {{role "user"}}
        {{question}}
        """;

    /// <summary>The whole text at once; the request is a plain one.</summary>
    [RoutedPrompt(BenchModels.Primary, Fallbacks = [BenchModels.Fallback], MaxOutputTokens = 300)]
    [PromptTemplate(Template)]
    [Deadline(60)]
    public partial Task<PromptResult<string>> AskAsync(string question, CancellationToken cancellationToken = default);

    /// <summary>The text as it comes.</summary>
    [RoutedPrompt(BenchModels.Primary, Fallbacks = [BenchModels.Fallback], MaxOutputTokens = 300)]
    [PromptTemplate(Template)]
    [Deadline(60)]
    public partial IAsyncEnumerable<string> StreamAsync(string question, CancellationToken cancellationToken = default);

    /// <summary>The text as it comes, continued by the fallback where it breaks off.</summary>
    [RoutedPrompt(BenchModels.Primary, Fallbacks = [BenchModels.Fallback], MaxOutputTokens = 300, Resume = true)]
    [PromptTemplate(Template)]
    [Deadline(60)]
    public partial IAsyncEnumerable<string> StreamWholeAsync(string question, CancellationToken cancellationToken = default);

    /// <summary>A healthy model without a fallback, to find out whether the system still works.</summary>
    [RoutedPrompt(BenchModels.Healthy, MaxOutputTokens = 300)]
    [PromptTemplate(Template)]
    [Deadline(10)]
    public partial Task<PromptResult<string>> ProbeAsync(string question, CancellationToken cancellationToken = default);
}
