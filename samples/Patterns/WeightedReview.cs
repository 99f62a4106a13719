using PromptGen;

namespace Acme.Patterns;

/// <summary>Votes count by the measured accuracy of the models that give them.</summary>
public sealed partial class WeightedReview
{
    /// <summary>Reviews code. An answer needs two thirds of the weight: two models, one of them the most accurate one.</summary>
    [RoutedPrompt(Models.Sol, Fallbacks = [Models.Opus], MaxOutputTokens = 300)]
    [PromptTemplate(File = "Prompts/review.prompt")]
    [Ensemble(Models.Terra, Models.Luna, Models.Haiku, On = nameof(Finding.Verdict), Quorum = 2, Weights = [0.875, 0.75, 0.625])]
    public partial Task<PromptResult<Finding>> ReviewAsync([Untrusted] string code, CancellationToken cancellationToken = default);
}
