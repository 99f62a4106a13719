using PromptGen.Health;
using PromptGen.Routing;

namespace PromptGen.Execution;

/// <summary>Puts the models of a step in the order that its prompt declares.</summary>
internal static class StepArrangement
{
    /// <returns>The step with its models in order: the first of each provider before the others, because when a provider is down all of its models are.</returns>
    public static PromptStep Arrange(PromptStep step, CallAccount account)
    {
        if (step.Models.Count < 2)
        {
            return step;
        }

        var order = account.Prompt.Order;
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
