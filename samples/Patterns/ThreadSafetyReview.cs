using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PromptGen;

namespace Acme.Patterns;

/// <summary>Whether several threads may use code at once.</summary>
public enum Verdict
{
    /// <summary>They may.</summary>
    Safe,

    /// <summary>They may not.</summary>
    Unsafe,
}

/// <summary>What a review of code says.</summary>
public sealed record Finding(
    [property: StringLength(400), Description("What decides it, in one sentence")] string Reason,
    [property: Description("Whether several threads may use the code at once")] Verdict Verdict);

/// <summary>Two of three models have to agree; where they do not, the strongest one decides.</summary>
public sealed partial class ThreadSafetyReview
{
    /// <summary>Reviews code. The third model is asked only where the first two disagree, or one of them has no answer.</summary>
    [RoutedPrompt(Models.Sol, Fallbacks = [Models.Opus], MaxOutputTokens = 300)]
    [PromptTemplate(File = "Prompts/review.prompt")]
    [Ensemble(Models.Luna, Models.Haiku, Models.Terra, On = nameof(Finding.Verdict), Quorum = 2)]
    public partial Task<PromptResult<Finding>> ReviewAsync([Untrusted] string code, CancellationToken cancellationToken = default);
}
