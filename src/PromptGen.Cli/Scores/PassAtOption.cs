using System.CommandLine;
using PromptGen.Evaluation;

namespace PromptGen.Cli.Scores;

/// <summary>The option for what several attempts at an item achieve.</summary>
internal static class PassAtOption
{
    /// <summary>Makes the option.</summary>
    /// <param name="attempts">Which attempts there are.</param>
    public static Option<int[]> Create(string attempts)
    {
        var option = new Option<int[]>("--pass-at")
        {
            Description = $"Also show pass@K (one of K attempts passes) and pass^K (all of K pass), estimated without bias from {attempts}; may be repeated.",
            HelpName = "k",
            DefaultValueFactory = static _ => [],
        };
        ToolOptions.Check(option, static values => values.All(static k => k is >= 1 and <= 1_000), "--pass-at must be 1 to 1000.");
        return option;
    }

    /// <summary>What <see cref="PassAt"/> is in JSON.</summary>
    public static IReadOnlyList<object>? Json(IReadOnlyList<PassAt> values) => values.Count == 0 ? null :
    [
        .. values.Select(static value => new
        {
            value.K,
            Items = value.Any.Count,
            Any = value.Any.Mean,
            AnyLower = value.Any.Interval?.Lower,
            AnyUpper = value.Any.Interval?.Upper,
            All = value.All.Mean,
            AllLower = value.All.Interval?.Lower,
            AllUpper = value.All.Interval?.Upper,
        }),
    ];
}
