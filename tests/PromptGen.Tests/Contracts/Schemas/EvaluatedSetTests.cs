using PromptGen.Contracts.Schemas;

namespace PromptGen.Tests.Contracts.Schemas;

/// <summary>Sets of members or items by number, of which the first 64 and the others are kept in different places.</summary>
public sealed class EvaluatedSetTests
{
    private static readonly int[] s_numbers = [0, 1, 63, 64, 65, 127, 128, 191, 192, 700];

    [Fact]
    public void It_contains_what_was_added_and_nothing_else()
    {
        foreach (var number in s_numbers)
        {
            var set = default(EvaluatedSet);
            set.Add(number);

            Assert.Equal([number], Numbers(set));
        }
    }

    [Fact]
    public void Numbers_are_added_one_after_another_in_any_order_and_more_than_once()
    {
        var (upwards, downwards) = (default(EvaluatedSet), default(EvaluatedSet));
        foreach (var number in s_numbers.Concat(s_numbers))
        {
            upwards.Add(number);
        }

        foreach (var number in s_numbers.Concat(s_numbers).Reverse())
        {
            downwards.Add(number);
        }

        Assert.Equal(s_numbers, Numbers(upwards));
        Assert.Equal(s_numbers, Numbers(downwards));
    }

    [Theory]
    [InlineData(new[] { 3 }, new[] { 5 })]
    [InlineData(new[] { 3, 130 }, new[] { 5 })]
    [InlineData(new[] { 3 }, new[] { 5, 130 })]
    [InlineData(new[] { 70, 130 }, new[] { 70, 131 })]
    [InlineData(new[] { 70 }, new[] { 71, 700 })]
    [InlineData(new[] { 71, 700 }, new[] { 70 })]
    public void All_that_another_set_contains_is_added_and_that_set_stays_as_it_is(int[] one, int[] other)
    {
        var (set, added) = (Of(one), Of(other));

        set.Add(added);

        Assert.Equal(one.Union(other).Order(), Numbers(set));
        Assert.Equal(other, Numbers(added));
    }

    private static EvaluatedSet Of(int[] numbers)
    {
        var set = default(EvaluatedSet);
        foreach (var number in numbers)
        {
            set.Add(number);
        }

        return set;
    }

    private static IEnumerable<int> Numbers(EvaluatedSet set) => Enumerable.Range(0, 1_000).Where(number => set.Contains(number));
}
