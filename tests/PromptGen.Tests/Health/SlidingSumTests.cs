using FsCheck;
using FsCheck.Fluent;
using PromptGen.Health;

namespace PromptGen.Tests.Health;

public class SlidingSumTests
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    [Fact]
    public void What_is_older_than_the_length_is_forgotten_slice_by_slice()
    {
        var sum = new SlidingSum(Length, frequency: 1);
        sum.Add(100, 5);
        sum.Add(104, -2);

        Assert.Equal(3, sum.At(109));
        Assert.Equal(-2, sum.At(110));
        Assert.Equal(-2, sum.At(113));
        Assert.Equal(0, sum.At(114));
    }

    [Fact]
    public void A_long_silence_forgets_all()
    {
        var sum = new SlidingSum(Length, frequency: 1);
        sum.Add(5, 5);

        Assert.Equal(0, sum.At(1_000_000_007));
        sum.Add(1_000_000_007, 1);
        Assert.Equal(1, sum.At(1_000_000_007));
    }

    [Fact]
    public void A_reading_of_the_clock_that_comes_late_takes_nothing_back()
    {
        var sum = new SlidingSum(Length, frequency: 1);
        sum.Add(20, 1);
        sum.Add(11, 1);

        Assert.Equal(2, sum.At(12));
        Assert.Equal(2, sum.At(29));
        Assert.Equal(0, sum.At(30));
    }

    [Fact]
    public void What_was_cleared_does_not_come_back_as_time_passes()
    {
        var sum = new SlidingSum(Length, frequency: 1);
        sum.Add(20, 5);
        sum.Clear();
        sum.Add(21, 1);

        Assert.Equal(1, sum.At(25));
        Assert.Equal(1, sum.At(30));
        Assert.Equal(0, sum.At(31));
    }

    [Fact]
    public void However_many_add_at_once_nothing_is_lost_where_a_slice_begins()
    {
        var sum = new SlidingSum(Length, frequency: 10);
        Parallel.For(0, 100_000, i => sum.Add(i / 1_100, 1));

        Assert.Equal(100_000, sum.At(99));
    }

    [Fact]
    public void It_is_the_sum_of_the_latest_ten_slices() =>
        Prop.ForAll(
            (from step in Gen.Choose(0, 15) from value in Gen.Choose(-3, 3) select (step, value)).ArrayOf().ToArbitrary(),
            static events =>
            {
                var sum = new SlidingSum(Length, frequency: 7);
                var (now, added) = (0L, new List<(long Slice, int Value)>());
                foreach (var (step, value) in events)
                {
                    now += step;
                    sum.Add(now, value);
                    added.Add((now / 7, value));
                    Assert.Equal(added.Where(entry => entry.Slice > (now / 7) - 10).Sum(static entry => entry.Value), sum.At(now));
                }
            }).QuickCheckThrowOnFailure();
}
