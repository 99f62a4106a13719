using PromptGen.Catalog;
using PromptGen.Routing;

namespace PromptGen.Execution;

/// <summary>The model that a caller's options name. The messages name no model that the catalog does not have: an id may come from a user.</summary>
internal static class ChosenModel
{
    /// <returns>The step at which the call enters, or what to throw where the model must not be asked.</returns>
    public static (PromptStep? Step, PromptException? Broken) Find(string modelId, CallAccount account, Tier? ceiling)
    {
        foreach (var step in account.Prompt.Choices)
        {
            var model = step.Models[0];
            if (model.Id == modelId)
            {
                return WhyNot(model, account, ceiling) is { } why ? (null, Broken(account, $"name {model.Id}, {why}")) : (step, null);
            }
        }

        return (null, Broken(account, "name a model that its catalog does not have, that can't do what the prompt needs, or for which it has no template"));
    }

    private static string? WhyNot(ModelInfo model, CallAccount account, Tier? ceiling) =>
        account.SelfHostedOnly && !account.Find(model).Model.SelfHosted ? "which is not self-hosted, and the call may reach self-hosted models only"
        : Tiers.Exceeds(model.Tier, ceiling) ? $"which is above the ceiling of the call, {ceiling}"
        : !account.Prompt.Reaches(model.Tier) ? $"of a tier that its route does not reach, {model.Tier}"
        : null;

    private static PromptException Broken(CallAccount account, string what) =>
        new(PromptErrorCode.Configuration, $"The options of a call of {account.Prompt.Name} {what}.", account.Ledger.Attempts);
}
