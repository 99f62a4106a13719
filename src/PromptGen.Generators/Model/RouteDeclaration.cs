using PromptGen.Generators.Findings;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Model;

/// <summary>What <c>[RoutedPrompt]</c> and the attributes about limits and data say.</summary>
/// <param name="Start">The tier to start with, or null where models are named.</param>
/// <param name="Models">The named models, empty where the prompt routes by tier.</param>
/// <param name="EscalateTo">The strongest tier to climb to, or null where it is not set.</param>
/// <param name="MaxOutputTokens">0 = the model's own limit.</param>
/// <param name="Temperature">NaN = the provider's own.</param>
/// <param name="Tolerance">What is overlooked in an answer.</param>
/// <param name="BudgetUsd">NaN = no limit.</param>
/// <param name="DeadlineSeconds">NaN = no limit.</param>
internal sealed record RouteDeclaration(
    Tier? Start,
    EquatableArray<string> Models,
    Tier? EscalateTo,
    EquatableArray<string> Fallbacks,
    int Repairs,
    double Temperature,
    int MaxOutputTokens,
    ModelFeatures Requires,
    Tolerance Tolerance,
    double BudgetUsd,
    double DeadlineSeconds,
    bool SelfHostedOnly)
{
    /// <summary>In which order the models of a step are asked.</summary>
    public StepOrder Order { get; init; }

    /// <summary>Seconds after which the next model of a step is asked too; NaN = one at a time.</summary>
    public double HedgeAfter { get; init; } = double.NaN;

    /// <summary>Whether another model continues a stream that broke off.</summary>
    public bool Resume { get; init; }

    /// <summary>A text that changes the version by hand; null where it is not set.</summary>
    public string? Revision { get; init; }

    /// <summary>Numbers outside their range: PG0505.</summary>
    public EquatableArray<Finding> Problems { get; init; }
}
