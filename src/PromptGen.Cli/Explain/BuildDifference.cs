using PromptGen.Cli.Output;

namespace PromptGen.Cli.Explain;

/// <summary>What changed in one prompt from one build to another.</summary>
/// <param name="Name">The name of the prompt.</param>
/// <param name="Change"><c>added</c>, <c>removed</c> or <c>changed</c>.</param>
/// <param name="Details">What changed, each as a line that was there and one that is.</param>
internal sealed record BuildDifference(string Name, string Change, IReadOnlyList<FactChange> Details)
{
    /// <summary>Compares two builds.</summary>
    /// <returns>The prompts that differ, by name; empty where none does.</returns>
    public static IReadOnlyList<BuildDifference> Between(IReadOnlyList<PromptFacts> before, IReadOnlyList<PromptFacts> after)
    {
        var (old, current) = (before.ToDictionary(static prompt => prompt.Name), after.ToDictionary(static prompt => prompt.Name));
        return
        [
            .. old.Keys.Union(current.Keys).Order(StringComparer.Ordinal).Select(name => (old.GetValueOrDefault(name), current.GetValueOrDefault(name)) switch
            {
                (null, { } added) => new BuildDifference(name, "added", [.. Lines(added).Select(static line => new FactChange(line.Key, null, line.Value))]),
                ({ } removed, null) => new BuildDifference(name, "removed", [.. Lines(removed).Select(static line => new FactChange(line.Key, line.Value, null))]),
                var (a, b) => new BuildDifference(name, "changed", Changes(Lines(a!), Lines(b!))),
            }).Where(static difference => difference.Details.Count > 0),
        ];
    }

    private static FactChange[] Changes(Dictionary<string, string> before, Dictionary<string, string> after) =>
    [
        .. before.Keys.Union(after.Keys)
            .Select(key => new FactChange(key, before.GetValueOrDefault(key), after.GetValueOrDefault(key)))
            .Where(static change => change.Before != change.After),
    ];

    /// <summary>The facts of a prompt by what they are called.</summary>
    private static Dictionary<string, string> Lines(PromptFacts prompt)
    {
        var lines = new Dictionary<string, string>
        {
            ["version"] = prompt.Version,
            ["worst case"] = prompt.WorstCaseUsd is { } worst ? Figures.Usd(worst) : Figures.UnknownCost,
            ["longest"] = Figures.Time(TimeSpan.FromSeconds(prompt.LongestSeconds)),
        };
        for (var i = 0; i < prompt.Route.Count; i++)
        {
            lines[$"route {i + 1}"] = prompt.Route[i].ToString();
        }

        AddAll(lines, "clause", prompt.Clauses);
        AddAll(lines, "calls", prompt.Calls);
        foreach (var template in prompt.Templates)
        {
            lines[$"template for {template.For}"] = template.File ?? template.Text ?? "";
        }

        return lines;
    }

    /// <summary>Adds the values of a list without an order: a value that is in both builds is no change, whatever its position.</summary>
    private static void AddAll(Dictionary<string, string> lines, string name, IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            lines[$"{name} {value}"] = value;
        }
    }
}

/// <summary>One fact that changed.</summary>
/// <param name="Fact">What it is.</param>
/// <param name="Before">What it was; null = it was not there.</param>
/// <param name="After">What it is; null = it is no longer there.</param>
internal sealed record FactChange(string Fact, string? Before, string? After);
