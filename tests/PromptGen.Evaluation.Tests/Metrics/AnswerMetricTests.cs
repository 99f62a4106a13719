using System.Text.Json;

namespace PromptGen.Evaluation.Tests.Metrics;

public sealed class AnswerMetricTests
{
    [Theory]
    [InlineData("18", "# 18", 1)]
    [InlineData("$1,234.50 per year", "1234.5", 1)]
    [InlineData("-3", "3", 0)]
    [InlineData("32/4", "8", 1)]
    [InlineData("2/3", "2", 0)]
    [InlineData("2/0", "2", 1)]
    [InlineData("((2 * 2000) + 500 - 600) / 15", "260", 1)]
    [InlineData("400 * 0.4 / 4", "40", 1)]
    [InlineData("(1/2", "1", 1)]
    [InlineData("/ / /", "1", 0)]
    [InlineData("12.000000000000002", "12", 0)]
    [InlineData("0.00000012", "0.000000120", 1)]
    [InlineData("7/2 apples", "7", 1)]
    [InlineData("999999999999999999999 * 999999999999999999999 / 1", "7", 0)]
    [InlineData("about five", "5", 0)]
    [InlineData("", "5", 0)]
    [InlineData(null, "5", 0)]
    [InlineData("100000000000000000000000", "100000000000000000000000", 1)]
    [InlineData("0.1", "0.10", 1)]
    public void Numeric_compares_the_first_numbers(string? answer, string expected, double score) => Assert.Equal(score, AnswerMetric.Numeric().Score(answer, expected));

    [Fact]
    public void Numeric_may_tolerate_a_difference()
    {
        Assert.Equal(1, AnswerMetric.Numeric(0.01).Score("3.14", "3.1416"));
        Assert.Equal(0, AnswerMetric.Numeric(0.001).Score("3.14", "3.1416"));
        Assert.Throws<ArgumentOutOfRangeException>(static () => AnswerMetric.Numeric(-1));
    }

    [Theory]
    [InlineData("'abc'", "abc", 1)]
    [InlineData("\"abc\"", "'abc'", 1)]
    [InlineData("a\nb", @"a\nb", 1)]
    [InlineData("[1,2]", "[1, 2]", 0)]
    [InlineData("ABC", "abc", 0)]
    [InlineData("", "''", 1)]
    [InlineData(null, "", 0)]
    public void Exact_compares_texts_without_the_quotes_around_them(string? answer, string expected, double score) => Assert.Equal(score, AnswerMetric.Exact.Score(answer, expected));

    [Theory]
    [InlineData("[No] because … Therefore it is prime: [Yes]", "yes", 1)]
    [InlineData("Yes. Or rather: NO", "yes", 0)]
    [InlineData("nobody knows; eyes", "No", 0)]
    [InlineData("no", "No", 1)]
    public void Choice_takes_the_last_one_that_is_named(string text, string expected, double score)
    {
        var metric = AnswerMetric.Choice(["yes", "No"]);

        Assert.Equal(score, metric.Score(metric.Find(text), expected));
    }

    [Fact]
    public void Of_choices_that_begin_alike_the_longest_is_taken()
    {
        var metric = AnswerMetric.Choice(["new", "new york", "c++", "c"]);

        Assert.Equal("new york", metric.Find("In New York"));
        Assert.Equal("c++", metric.Find("C++"));
        Assert.Null(metric.Find("newer"));
        Assert.Throws<ArgumentException>(static () => AnswerMetric.Choice(["yes", "YES"]));
        Assert.Throws<ArgumentException>(static () => AnswerMetric.Choice(["yes", ""]));
    }

    [Theory]
    [InlineData("numeric")]
    [InlineData("exact")]
    [InlineData("choice")]
    [InlineData("members")]
    [InlineData("elements")]
    [InlineData("set-f1")]
    public void The_form_of_an_answer_is_its_own_form(string name)
    {
        var metric = AnswerMetric.Create(name, ["yes", "no"]);
        foreach (var text in (string[])["$1,234.50", "1/3", "0.0000001", "12.000000000000002", "1e30", "123456789012345678901234", "'a\nb'", "Yes", ""])
        {
            var form = metric.Normalize(text);
            Assert.Equal(form, metric.Normalize(form));
        }
    }

    [Fact]
    public void A_name_that_is_not_known_is_refused_with_those_that_are()
    {
        Assert.All(AnswerMetric.Names, static name => Assert.Equal(name, AnswerMetric.Create(name, ["yes", "no"]).Name));
        Assert.Contains("exact, numeric", Assert.Throws<ArgumentException>(static () => AnswerMetric.Create("fuzzy", [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scores_are_kept_by_all_that_they_depend_on()
    {
        Assert.Equal("numeric", AnswerMetric.Numeric().Key);
        Assert.NotEqual(AnswerMetric.Numeric(0.1).Key, AnswerMetric.Numeric(0.01).Key);
        Assert.NotEqual(AnswerMetric.Choice(["yes", "no"]).Key, AnswerMetric.Choice(["yes", "no", "maybe"]).Key);
    }

    [Fact]
    public async Task An_expected_text_is_the_only_element()
    {
        var item = new EvaluationItem("1", new Dictionary<string, JsonElement>(), JsonSerializer.SerializeToElement("red"), []);

        Assert.Equal(1, (await AnswerMetric.Elements.MeasureAsync(new(item, "It is red."), TestContext.Current.CancellationToken)).Score);
        Assert.Equal(0, (await AnswerMetric.Elements.MeasureAsync(new(item, "It is blue."), TestContext.Current.CancellationToken)).Score);
    }
}
