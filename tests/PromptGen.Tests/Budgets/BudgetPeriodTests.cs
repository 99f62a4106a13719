namespace PromptGen.Tests.Budgets;

public class BudgetPeriodTests
{
    [Theory]
    [InlineData("hour", "2026-03-01T10:59:59.999Z", "2026-03-01T11:00:00Z")]
    [InlineData("day", "2026-02-28T23:59:59Z", "2026-03-01T00:00:00Z")]
    [InlineData("month", "2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z")]
    [InlineData("00:15:00", "2026-03-01T10:14:59Z", "2026-03-01T10:15:00Z")]
    [InlineData("month", "2026-03-01T00:59:00+01:00", "2026-03-01T01:00:00+01:00")]
    public void A_period_ends_where_the_next_begins(string text, string last, string first)
    {
        var period = BudgetPeriod.Parse(text)!.Value;

        Assert.Equal(text, period.ToString());
        Assert.Equal(period.NumberAt(Moment(last)) + 1, period.NumberAt(Moment(first)));
    }

    [Fact]
    public void A_day_is_one_period()
    {
        Assert.Equal(BudgetPeriod.Day.NumberAt(Moment("2026-03-01T00:00:00Z")), BudgetPeriod.Day.NumberAt(Moment("2026-03-01T23:59:59Z")));
        Assert.Equal(BudgetPeriod.Month.NumberAt(Moment("2026-03-01T00:00:00Z")), BudgetPeriod.Month.NumberAt(Moment("2026-03-31T23:59:59Z")));
    }

    [Fact]
    public void Lengths_have_bounds()
    {
        Assert.Equal(BudgetPeriod.Day, TimeSpan.FromDays(1));
        Assert.Equal(BudgetPeriod.Month, default);
        Assert.Equal("00:00:01", BudgetPeriod.FromTimeSpan(TimeSpan.FromSeconds(1)).ToString());
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => BudgetPeriod.FromTimeSpan(TimeSpan.FromSeconds(0.9)));
        Assert.Contains("1 s to 366 days", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => BudgetPeriod.FromTimeSpan(TimeSpan.FromDays(367)));
        Assert.Throws<ArgumentOutOfRangeException>(() => BudgetPeriod.FromTimeSpan(TimeSpan.MinValue));
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
