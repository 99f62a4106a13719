using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Declarations;
using PromptGen.Generators.Diagnostics;

namespace PromptGen.Generators.Routing;

/// <summary>The route of a prompt: its steps in order.</summary>
/// <param name="Steps">The steps; empty where the route could not be planned.</param>
/// <param name="Findings">What stands in the way of a route: PG0401, PG0402, PG0414.</param>
internal sealed record RoutePlan(EquatableArray<PlannedStep> Steps, EquatableArray<Finding> Findings)
{
    /// <summary>Every model that the route can reach, each once, in the order in which it is first tried.</summary>
    public List<ModelDeclaration> Models
    {
        get
        {
            var models = new List<ModelDeclaration>();
            foreach (var step in Steps)
            {
                foreach (var model in step.All)
                {
                    // Few models, whose equality ends at the first letter of the id that differs: cheaper than hashing all that is known of each.
                    if (!models.Contains(model))
                    {
                        models.Add(model);
                    }
                }
            }

            return models;
        }
    }
}

/// <summary>One step of a route.</summary>
/// <param name="Name">The name that generated code gives it: the tier, or the catalog's field of a named model.</param>
/// <param name="Models">The models of the step in the order in which they are tried.</param>
/// <param name="Fallbacks">The models that stand in where all of those are unavailable.</param>
internal sealed record PlannedStep(
    string Name,
    Tier Tier,
    EquatableArray<ModelDeclaration> Models,
    EquatableArray<ModelDeclaration> Fallbacks)
{
    public IEnumerable<ModelDeclaration> All => Fallbacks.Count == 0 ? Models : Models.Concat(Fallbacks);
}
