using System.Text.Json;

namespace PromptGen.Evaluation.Tests.Runs;

public sealed class LookOrderTests
{
    [Fact]
    public void Each_part_is_a_sample_of_the_items_whatever_their_order_is()
    {
        var order = new LookOrder(Set(100), 4);

        var parts = Enumerable.Range(1, 4).Select(look => order.Before(look)).ToArray();
        Assert.All(parts, static part => Assert.Equal(25, part.Count));
        Assert.Equal(100, parts.SelectMany(static part => part).Distinct().Count());
        Assert.True(parts[0].Concat(parts[1]).ToHashSet().SetEquals(order.Until(2)));
        Assert.InRange(parts[0].Count(static id => int.Parse(id, System.Globalization.CultureInfo.InvariantCulture) < 50), 5, 20);

        var reversed = new LookOrder(new("set", [.. Set(100).Items.Reverse()]), 4);
        Assert.True(parts[0].SetEquals(reversed.Before(1)));
    }

    [Fact]
    public void Items_of_a_cluster_come_before_the_same_look()
    {
        var order = new LookOrder(Set(100, static i => $"document {i % 7}"), 3);

        var parts = Enumerable.Range(1, 3).Select(look => order.Before(look)).ToArray();
        Assert.All(Enumerable.Range(0, 7), cluster => Assert.Single(parts, part => Enumerable.Range(0, 100).Where(i => i % 7 == cluster).All(i => part.Contains($"{i}"))));
        Assert.Equal(100, order.Until(3).Count);
    }

    private static EvaluationSet Set(int count, Func<int, string>? cluster = null) => new(
        "set", [.. Enumerable.Range(0, count).Select(i => new EvaluationItem($"{i}", new Dictionary<string, JsonElement>(), JsonSerializer.SerializeToElement(1), []) { Cluster = cluster?.Invoke(i) })]);
}
