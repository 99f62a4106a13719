using System.Globalization;

namespace PromptGen.Benchmarks.Replay;

/// <summary>One way to use the models, as attributes of a prompt.</summary>
/// <param name="Name">How it is called in the output.</param>
/// <param name="Attributes">The attributes; models are named by the fields of the catalog: <c>M0</c>, <c>M1</c> …, <c>Strong</c>.</param>
internal sealed record ReplayStrategy(string Name, string Attributes)
{
    /// <summary>The method of the prompt class that selects among different answers to a question.</summary>
    public const string Select = "Select";

    /// <summary>Each model alone, then what several of them can do together.</summary>
    /// <param name="members">How many members there are.</param>
    public static IEnumerable<ReplayStrategy> All(int members)
    {
        yield return new("strong", "[RoutedPrompt(Models.Strong, Repairs = 0, Tolerance = Tolerance.Salvage)]");
        for (var i = 0; i < members; i++)
        {
            yield return new($"member {i + 1}", $"[RoutedPrompt(Models.M{i}, Repairs = 0, Tolerance = Tolerance.Salvage)]");
        }

        for (var i = 0; i < members; i++)
        {
            yield return new($"contract cascade {i + 1}", $"[RoutedPrompt(Models.M{i}, Models.Strong, Repairs = 0, Tolerance = Tolerance.Salvage)]");
        }

        yield return Vote("agreement of 2", 2, "");
        if (members > 2)
        {
            yield return Vote($"majority of {members}", members, "");
            yield return Vote($"agreement of {members}", members, $", Quorum = {members}");
        }
    }

    /// <summary>What needs the measured accuracies of the members.</summary>
    public static IReadOnlyList<ReplayStrategy> Fitted(IReadOnlyList<double> accuracies)
    {
        var weights = string.Join(", ", accuracies.Select(static accuracy => Math.Clamp(accuracy, 0.001, 0.999).ToString("R", CultureInfo.InvariantCulture)));
        var best = Vote($"best of {accuracies.Count}", accuracies.Count, $", Judge = nameof({Select})");

        // Members that are wrong more often than right have no votes by weight.
        return accuracies.All(static accuracy => accuracy <= 0.5) ? [best] : [Vote($"weighted {accuracies.Count}", accuracies.Count, $", Weights = [{weights}]"), best];
    }

    private static ReplayStrategy Vote(string name, int members, string settings) => new(
        name,
        $"[RoutedPrompt(Models.Strong, Repairs = 0, Tolerance = Tolerance.Salvage)] [Ensemble({string.Join(", ", Enumerable.Range(0, members).Select(static i => $"Models.M{i}"))}, On = nameof(Solution.Answer){settings})]");
}
