using PromptGen.Catalog;
using PromptGen.Timing;

namespace PromptGen.Routing;

/// <summary>A model that was skipped. Its text is created only when it is read: a call that fails over has no time for that.</summary>
/// <param name="Model">The model.</param>
/// <param name="Why">Why it was skipped.</param>
/// <param name="Wait">For how long yet, where that is known; not negative.</param>
/// <param name="Broken">How many answers broke the contract, where that is the reason.</param>
/// <param name="Answers">Out of how many.</param>
/// <param name="Detail">What the model lacks, where that is the reason.</param>
internal readonly record struct SkippedModel(ModelInfo Model, SkipReason Why, TimeSpan Wait = default, long Broken = 0, long Answers = 0, string? Detail = null)
{
    /// <summary>Whether it can be asked again later without anybody changing anything.</summary>
    public bool IsForNow => Why is SkipReason.CoolingDown or SkipReason.CircuitOpen or SkipReason.RateLimit or SkipReason.BreaksContract or SkipReason.RetryBudget;

    public override string ToString() => $"{Model.Id} ({Text})";

    /// <summary>Why, as people read it.</summary>
    public string Text => Why switch
    {
        SkipReason.Disabled => "disabled by configuration",
        SkipReason.AboveCeiling => "above the ceiling of the call",
        SkipReason.NotSelfHosted => "not self-hosted",
        SkipReason.WindowTooSmall => "context window not larger",
        SkipReason.PromptTooLong => "prompt longer than its context window",
        SkipReason.Unfit => Detail!,
        SkipReason.CoolingDown => $"cooling down for another {Seconds.Of(Wait)}, as its provider requested",
        SkipReason.CircuitOpen when Wait == TimeSpan.Zero => "circuit open, being probed",
        SkipReason.CircuitOpen => $"circuit open for another {Seconds.Of(Wait)}",
        SkipReason.RateLimit => $"its limit per minute used up for another {Seconds.Of(Wait)}",
        SkipReason.BreaksContract => $"breaks this contract: {Broken} of {Answers} answers",
        _ => $"not again: the retry budget of {Model.Provider} is used up",
    };
}
