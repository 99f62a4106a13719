using PromptGen.Health;
using PromptGen.Routing;

namespace PromptGen.Execution;

/// <summary>Puts the models of a step in the order that its prompt declares.</summary>
internal static class StepArrangement
{
    /// <summary>
    /// In every order but that of the catalog the first model of each provider comes before the others, because when a provider is down all of its models are. The candidate
    /// of a canary keeps the first place: its share is a share of the calls that ask it.
    /// </summary>
    /// <returns>The step with its models in the order in which they are tried.</returns>
    public static PromptStep Arrange(PromptStep step, CallAccount account)
    {
        var order = account.Prompt.Order;
        if (order == StepOrder.Catalog || step.Models.Count < 2 || step.Samples > 0 || step == account.Prompt.Canary?.Step)
        {
            return step;
        }

        ModelEndpoint[] ordered = [.. step.Models.Select(account.Find).OrderBy(endpoint => Place(endpoint, order))];
        var providers = new HashSet<string>(StringComparer.Ordinal);
        ModelEndpoint[] first = [.. ordered.Where(endpoint => providers.Add(endpoint.Model.Provider))];
        return new PromptStep(step.Tier, [.. first.Concat(ordered.Except(first)).Select(static endpoint => endpoint.Declared)], [.. step.Fallbacks]) { Next = step.Next };
    }

    private static (int Rank, double Value) Place(ModelEndpoint endpoint, StepOrder order) => order switch
    {
        StepOrder.Cheapest => endpoint.Model is { InputPrice: { } input, OutputPrice: { } output } ? (0, (double)(input + output)) : (1, 0),
        StepOrder.Fastest => endpoint.Connection?.Watch().Pace ?? default,
        StepOrder.Balanced => (0, endpoint.Connection?.Watch().InFlight ?? 0),
        _ => default,
    };
}
