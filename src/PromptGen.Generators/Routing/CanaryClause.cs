using System.Collections.Generic;
using System.Globalization;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Routing;

/// <summary><c>[Canary]</c>.</summary>
/// <param name="Declaration">What is declared.</param>
/// <param name="First">The step whose place it takes.</param>
/// <param name="Step">The step that it takes instead: the candidate, behind it the models of the first one.</param>
internal sealed record CanaryClause(CanaryDeclaration Declaration, string First, string Step) : RouteClause
{
    public override string Description =>
        $"{Declaration.Percent.ToString("0.######", CultureInfo.InvariantCulture)} % of the calls that enter at {First} take {Step}{(Declaration.By is { } by ? ", the same ones by " + by : "")}";

    /// <summary>The parameters of the prompt that it looks at.</summary>
    public IEnumerable<string> UsedParameters => Declaration.By is { } by ? [by] : [];

    // The share is left out, as configuration changes it too: it changes how many calls get the candidate, and not what these are.
    public override void AddTo(TextHash version) => version.Add('\u0007').Add(Declaration.ModelId).Add('\u0001').Add(Declaration.By);
}
