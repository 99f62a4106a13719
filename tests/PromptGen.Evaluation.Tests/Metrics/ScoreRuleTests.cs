using System.Text.Json;

namespace PromptGen.Evaluation.Tests.Metrics;

public sealed class ScoreRuleTests
{
    [Theory]
    [InlineData("0..1", "0.25", 0.25)]
    [InlineData("0..1", "true", 1)]
    [InlineData("0..1", "false", 0)]
    [InlineData("1..5", "1", 0)]
    [InlineData("1..5", "4", 0.75)]
    [InlineData("7..1", "1", 1)]
    [InlineData("7..1", "4", 0.5)]
    [InlineData("good=1,fair=0.5,bad=0", "\" Fair\"", 0.5)]
    public void What_the_rule_covers_has_a_score(string rule, string value, double score) => Assert.Equal(score, RuleOf(rule).Of(Value(value)).Score);

    [Theory]
    [InlineData("0..1", "1.5")]
    [InlineData("0..1", "\"good\"")]
    [InlineData("1..5", "0")]
    [InlineData("1..5", "6")]
    [InlineData("1..5", "true")]
    [InlineData("good=1,bad=0", "\"great\"")]
    [InlineData("good=1,bad=0", "1")]
    [InlineData("1..5", "null")]
    public void What_is_unknown_is_broken_and_not_zero(string rule, string value)
    {
        var outcome = RuleOf(rule).Of(Value(value));

        Assert.Null(outcome.Score);
        Assert.Contains($"by the rule {rule}", outcome.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("great", outcome.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_names_of_an_enum_are_words() => Assert.Equal(0.5, ScoreRule.Parse("monday=0.5").Of(DayOfWeek.Monday).Score);

    [Theory]
    [InlineData("")]
    [InlineData("1..")]
    [InlineData("2..2")]
    [InlineData("good")]
    [InlineData("good=2")]
    [InlineData("good=1,Good=0")]
    public void What_is_no_rule_is_refused(string text) => Assert.Throws<FormatException>(() => ScoreRule.Parse(text));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    public void A_score_out_of_its_range_is_broken(double score)
    {
        Assert.Null(MetricOutcome.Of(score).Score);
        Assert.NotNull(MetricOutcome.Of(score).Problem);
    }

    private static ScoreRule RuleOf(string text) => text == "0..1" ? ScoreRule.Share : ScoreRule.Parse(text);

    private static object? Value(string json) => JsonSerializer.Deserialize<JsonElement>(json) switch
    {
        { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Null } => null,
        var other => other.GetBoolean(),
    };
}
