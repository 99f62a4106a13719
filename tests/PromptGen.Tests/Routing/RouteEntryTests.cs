using FsCheck;
using FsCheck.Fluent;
using PromptGen.Routing;

namespace PromptGen.Tests.Routing;

/// <summary>Where the clauses of a route have a call enter.</summary>
public sealed class RouteEntryTests
{
    private static readonly PromptStep Deep = new(Tier.Deep, []);
    private static readonly PromptStep General = new(Tier.General, []) { Next = Deep };
    private static readonly PromptStep Fast = new(Tier.Fast, []) { Next = General };
    private static readonly PromptStep Local = new(Tier.SelfHosted, []);
    private static readonly PromptStep[] Steps = [Fast, General, Deep, Local];

    [Fact]
    public void Nothing_decides_and_the_first_step_is_taken()
    {
        var entry = new RouteEntry(Fast);

        Assert.Equal((Fast, null, null, false), (entry.Start, entry.RoutedBy, entry.Ceiling, entry.IsDecided));
    }

    [Fact]
    public void The_first_rule_decides_before_the_value_and_the_lowest_ceiling_holds()
    {
        var entry = new RouteEntry(Fast);
        entry.By(Deep, "value", Tier.Deep);
        Assert.Equal((Deep, "value", false), (entry.Start, entry.RoutedBy, entry.IsDecided));

        entry.When(General, "first");
        entry.When(Deep, "second", Tier.General);
        Assert.Equal((General, "first", Tier.General), (entry.Start, entry.RoutedBy, entry.Ceiling!.Value));
    }

    [Fact]
    public void A_start_above_the_ceiling_becomes_the_strongest_step_below()
    {
        var entry = new RouteEntry(Fast);
        entry.When(Deep, "rule", Tier.General);

        Assert.Equal(General, entry.Start);
    }

    [Fact]
    public void No_combination_of_clauses_starts_above_the_lowest_ceiling_unless_the_route_does()
    {
        var clauses = ArbMap.Default.ArbFor<(bool IsRule, byte Step, byte Ceiling)[]>();

        Prop.ForAll(clauses, clauses =>
        {
            var entry = new RouteEntry(Fast);
            Tier? lowest = null;
            foreach (var (isRule, step, ceiling) in clauses)
            {
                Tier? most = ceiling % 5 == 4 ? null : (Tier)(ceiling % 5);
                lowest = most is { } tier && !(lowest <= tier) ? tier : lowest;
                if (isRule)
                {
                    entry.When(Steps[step % Steps.Length], "rule", most);
                }
                else
                {
                    entry.By(Steps[step % Steps.Length], "value", most);
                }
            }

            return entry.Ceiling == lowest && !Tiers.Exceeds(entry.Start.Tier, lowest);
        }).QuickCheckThrowOnFailure();
    }
}
