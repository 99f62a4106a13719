using System;
using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Routing;

/// <summary>The route of a prompt: its steps in order.</summary>
/// <param name="Steps">The steps; empty where the route could not be planned.</param>
/// <param name="Findings">The problems that prevent a route, for example PG0401, PG0402 and PG0414.</param>
internal sealed record RoutePlan(EquatableArray<PlannedStep> Steps, EquatableArray<Finding> Findings)
{
    // Up to here comparing is cheaper than hashing all that is known of a model.
    private const int Few = 16;

    /// <summary>Steps at which calls enter that are none of the route's own: below its first one, beside it, or of one model.</summary>
    public EquatableArray<PlannedStep> Entries { get; init; }

    /// <summary>A step for each model that the options of a call may name, those of <see cref="Steps"/> and <see cref="Entries"/> with one model among them; empty where the prompt takes no options.</summary>
    public EquatableArray<PlannedStep> Choices { get; init; }

    private List<ModelDeclaration>? _models;
    private Dictionary<string, ModelDeclaration>? _byId;

    /// <summary>Every model that the route can reach, each once, in the order in which it is first tried.</summary>
    public IReadOnlyList<ModelDeclaration> Models => _models ??= Distinct(Steps.Concat(Entries));

    /// <summary>The model of that id among those that the route can reach; null where there is none.</summary>
    public ModelDeclaration? Find(string id)
    {
        if (Models.Count <= Few)
        {
            return Models.FirstOrDefault(model => model.Id == id);
        }

        return (_byId ??= ById(Models)).TryGetValue(id, out var found) ? found : null;
    }

    /// <summary>The names that generated code gives its steps.</summary>
    public IEnumerable<string> StepNames => Steps.Concat(Entries).Concat(Choices).Select(static step => step.Name);

    /// <summary>The tier of the strongest step of the ladder; null where all steps are self-hosted.</summary>
    public Tier? Strongest => Steps.Where(static step => step.Tier != Tier.SelfHosted).Select(static step => (Tier?)step.Tier).Max();

    /// <summary>Whether a tier is no stronger than the strongest step.</summary>
    public bool Reaches(Tier tier) => tier == Tier.SelfHosted || tier <= Strongest;

    /// <summary>A step and those that a call may take after it.</summary>
    public IEnumerable<PlannedStep> From(PlannedStep first)
    {
        var position = Steps.ToList().IndexOf(first);
        if (position >= 0)
        {
            return Steps.Skip(position);
        }

        var next = Steps.Concat(Entries).FirstOrDefault(step => step.Name == first.Next);
        return next is null ? [first] : From(next).Prepend(first);
    }

    /// <summary>The steps that a call may have left when it asks a model.</summary>
    public IEnumerable<PlannedStep> StepsBefore(ModelDeclaration model) => Steps.Take(1).Concat(Entries).Concat(Choices).SelectMany(first =>
    {
        var path = From(first).ToList();
        return path.Take(path.FindLastIndex(step => step.All.Contains(model)));
    });

    public bool Equals(RoutePlan? other) => other is not null && Steps.Equals(other.Steps) && Entries.Equals(other.Entries) && Choices.Equals(other.Choices) && Findings.Equals(other.Findings);

    public override int GetHashCode() => unchecked((Steps.GetHashCode() * 31) + Findings.GetHashCode());

    private static Dictionary<string, ModelDeclaration> ById(IReadOnlyList<ModelDeclaration> models)
    {
        var byId = new Dictionary<string, ModelDeclaration>(StringComparer.Ordinal);
        foreach (var model in models.Reverse())
        {
            byId[model.Id] = model;
        }

        return byId;
    }

    private static List<ModelDeclaration> Distinct(IEnumerable<PlannedStep> steps)
    {
        var models = new List<ModelDeclaration>();
        HashSet<ModelDeclaration>? known = null;
        foreach (var step in steps)
        {
            foreach (var model in step.All)
            {
                if (known is null && models.Count > Few)
                {
                    known = [.. models];
                }

                if (known?.Add(model) ?? !models.Contains(model))
                {
                    models.Add(model);
                }
            }
        }

        return models;
    }
}

/// <summary>One step of a route.</summary>
/// <param name="Name">The name that generated code gives it: the tier, or the catalog's field of a named model.</param>
/// <param name="Models">The models of the step in the order in which they are tried.</param>
/// <param name="Fallbacks">The models that are tried where all of those are unavailable.</param>
internal sealed record PlannedStep(
    string Name,
    Tier Tier,
    EquatableArray<ModelDeclaration> Models,
    EquatableArray<ModelDeclaration> Fallbacks)
{
    /// <summary>How often each model is asked where all of them vote; 0 = they are tried one after another until one answers.</summary>
    public int Samples { get; init; }

    /// <summary>The name of the step behind one that is an entry only; null where there is none.</summary>
    public string? Next { get; init; }

    public IEnumerable<ModelDeclaration> All => Fallbacks.Count == 0 ? Models : Models.Concat(Fallbacks);
}
