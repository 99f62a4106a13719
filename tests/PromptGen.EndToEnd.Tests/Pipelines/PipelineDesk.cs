using PromptGen.EndToEnd.Tests.Calls;

namespace PromptGen.EndToEnd.Tests.Pipelines;

/// <summary>The prompts that the tests of pipelines call.</summary>
public sealed partial class PipelineDesk
{
    [RoutedPrompt(Calls.Catalog.Mini, MaxOutputTokens = 100, Repairs = 0)]
    [PromptTemplate("Classify this ticket: {{ticket}}")]
    public partial Task<Triage> ClassifyAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Calls.Catalog.Mini, MaxOutputTokens = 100, Repairs = 0)]
    [PromptTemplate("Summarise these queues: {{json queues}}")]
    public partial Task<PromptResult<string>> SummariseAsync(IReadOnlyList<Queue> queues, CancellationToken cancellationToken = default);
}
