using System.Text;

namespace PromptGen.Generators.Tests.Rooms;

/// <summary>
/// Dependencies between rooms point one way. The order is written here once; CONTRIBUTING.md shows it with the arrows that there are, so that a
/// new arrow is a decision and not an accident.
/// </summary>
public sealed class RoomTests
{
    /// <summary>The rooms of each project from the ground up: a room may name types of those before it, never of those behind it.</summary>
    private static readonly Dictionary<string, string[]> Order = new(StringComparer.Ordinal)
    {
        ["PromptGen"] =
        [
            "Shared", "Declarations", "Outcomes", "Timing", "Catalog", "Providers", "Contracts", "Likelihoods", "Prompts", "Streaming", "Telemetry", "Routing", "Budgets", "Caching", "Journaling",
            "Ledgers", "Health", "Execution", "Judging", "Ensembles", "Chat", "Pipelines", "Hosting",
        ],
        ["PromptGen.Generators"] =
        [
            "Shared", "Text", "Files", "Findings", "Model", "Schemas", "Calibrations", "Routers", "Declarations", "Caching", "Templates", "NamedFiles", "Routing", "Emission", "Diagnostics",
            "PromptGen.Generators",
        ],
        ["PromptGen.Evaluation"] = ["Statistics", "Files", "Recordings", "Sets", "Metrics", "Scores", "Comparisons", "Tables", "Prompts", "Judges", "Runs", "Examples", "Calibrations", "Routers"],
    };

    [Theory]
    [InlineData("PromptGen")]
    [InlineData("PromptGen.Generators")]
    [InlineData("PromptGen.Evaluation")]
    public void No_room_names_a_type_of_a_room_above_it(string project)
    {
        var map = RoomMap.Of(project);
        var order = Order[project];

        Assert.Equal(map.Rooms.Order(StringComparer.Ordinal), order.Order(StringComparer.Ordinal));
        Assert.Empty(map.Arrows
            .Where(arrow => Array.IndexOf(order, arrow.Key.To) >= Array.IndexOf(order, arrow.Key.From))
            .Select(static arrow => $"{arrow.Key.From} → {arrow.Key.To}: {string.Join(", ", arrow.Value)}"));
    }

    [Fact]
    public void Symbols_are_read_in_one_room_and_looked_up_again_where_findings_are_reported() =>
        Assert.Equal(["Declarations", "Diagnostics", "PromptGen.Generators"], RoomMap.Of("PromptGen.Generators").OnSymbols);

    [Theory]
    [InlineData("PromptGen")]
    [InlineData("PromptGen.Generators")]
    [InlineData("PromptGen.Evaluation")]
    public void The_map_shows_the_arrows_that_there_are(string project)
    {
        var map = RoomMap.Of(project);
        var arrows = new StringBuilder();
        foreach (var room in Order[project])
        {
            var known = Order[project].Where(other => map.Arrows.ContainsKey((room, other))).ToList();
            arrows.Append("| ").Append(room).Append(" | ").Append(known.Count == 0 ? "–" : string.Join(", ", known)).Append(" |\n");
        }

        var guide = File.ReadAllText(Path.Combine(PromptGen.Tests.Repository.Root, "CONTRIBUTING.md"));
        Assert.True(guide.Contains(arrows.ToString(), StringComparison.Ordinal), "CONTRIBUTING.md is to have these lines:\n" + arrows);
    }
}
