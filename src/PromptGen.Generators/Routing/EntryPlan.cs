using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Routing;

/// <summary>Where calls enter a route.</summary>
/// <param name="Rules">The rules in source order.</param>
/// <param name="By">The value; null where there is none.</param>
internal sealed record EntryPlan(EquatableArray<RuleClause> Rules, ValueClause? By)
{
    public static readonly EntryPlan None = new(default, null);

    /// <summary>The learned router, which decides where no rule does; null where there is none, or where a value decides before it.</summary>
    public LearnedClause? Learned { get; init; }

    /// <summary>The options of the call; null where the prompt takes none.</summary>
    public OptionsClause? Options { get; init; }

    /// <summary>The candidate that takes the place of the route's first model for a share of the calls; null = there is none.</summary>
    public CanaryClause? Canary { get; init; }

    public bool IsEmpty => Rules.Count == 0 && By is null && Learned is null && Options is null && Canary is null;

    /// <summary>All clauses in the order in which they decide.</summary>
    public IEnumerable<RouteClause> Clauses => new RouteClause?[] { Options }.Concat(Rules).Concat([By, Learned, Canary]).OfType<RouteClause>();

    /// <summary>The names of the steps at which calls may enter.</summary>
    public IEnumerable<string> Steps => Rules.Select(static rule => rule.Entry.Step).Concat(By is null ? [] : By.Cases.Select(static one => one.Entry.Step).Append(By.Otherwise))
        .Concat(Learned is null ? [] : [Learned.Sure, Learned.Unsure]);

    /// <summary>The parameters of the prompt that they look at.</summary>
    public IEnumerable<string> UsedParameters => Rules.SelectMany(static rule => rule.UsedParameters).Concat(By?.UsedParameters ?? []).Concat(Learned?.Texts ?? default).Concat(Canary?.UsedParameters ?? []);
}
