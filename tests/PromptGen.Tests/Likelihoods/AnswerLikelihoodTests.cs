using System.Text;
using PromptGen.Likelihoods;
using PromptGen.Providers;

namespace PromptGen.Tests.Likelihoods;

/// <summary>The probability of a value by the tokens that overlap it.</summary>
public sealed class AnswerLikelihoodTests
{
    [Fact]
    public void Only_the_tokens_of_the_value_count() =>
        AssertProbability(0.5, "queue", ("{\"queue\":\"", 0.1), ("Bill", 0.25), ("ing", 1), ("\",\"urgency\":", 0.1), ("3}", 0.1));

    [Fact]
    public void A_token_that_crosses_an_edge_of_the_value_counts() =>
        AssertProbability(0.5, "queue", ("{\"queue\":", 0.1), ("\"Bill", 0.25), ("ing\"", 1), ("}", 0.1));

    [Theory]
    [InlineData("\"Billing\"", "a")]
    [InlineData("-12.5e3", "a")]
    [InlineData("true", "a")]
    [InlineData("null", "a")]
    [InlineData("\"\"", "a")]
    [InlineData("[1, {\"a\": 2}]", "a")]
    [InlineData("{\"b\": [\"a\", 1]}", "a")]
    [InlineData("\"a\\\"}\\\\ \\u00e9\"", "a")]
    public void A_value_of_any_kind_is_found(string value, string member) =>
        AssertProbability(0.25, member, ("{\"b\":[{\"a\":9}],\"a\" : ", 0.5), (value, 0.25), (" ,\"c\":{\"a\":1}}", 0.5));

    [Theory]
    [InlineData("{\"qu\\u0065ue\":\"")]
    [InlineData(" \r\n\t{ \"queue\" :\n\"")]
    [InlineData("```json\n{\"queue\":\"")]
    public void A_member_is_found_by_its_name_whatever_is_around_it(string before) =>
        AssertProbability(0.25, "queue", (before, 0.5), ("Billing", 0.25), ("\"}\n", 0.5));

    [Fact]
    public void A_fence_may_follow_the_answer() => AssertProbability(0.25, "a", ("```\n{\"a\":", 0.5), ("7", 0.25), ("}\n```\n", 0.5));

    [Fact]
    public void The_whole_answer_is_its_JSON_without_the_space_around_it() => AssertProbability(0.25, null, ("\n ", 0.5), ("{\"a\":7}", 0.25), (" \n", 0.5));

    [Fact]
    public void The_whole_of_a_wrapped_answer_is_what_the_wrapper_holds()
    {
        (string, double)[] tokens = [("{\"value\":", 0.5), ("[1,2]", 0.25), ("}", 0.5)];

        Assert.Equal(0.25, Of(tokens, null, isWrapped: true)!.Value, 12);
    }

    [Fact]
    public void A_member_of_a_wrapped_object_is_found_inside_the_wrapper()
    {
        (string, double)[] tokens = [("{\"value\":{\"value\":", 0.5), ("7", 0.25), ("}}", 0.5)];

        Assert.Equal(0.25, Of(tokens, "value", isWrapped: true)!.Value, 12);
        Assert.Null(Of([("{\"value\":null}", 0.5)], "value", isWrapped: true));
    }

    [Fact]
    public void Of_plain_text_all_but_the_space_around_it_counts()
    {
        (string, double)[] tokens = [("\n", 0.5), ("Yes", 0.25), (".", 1), ("\n", 0.5)];

        Assert.Equal(0.5, AnswerLikelihood.Of("\nYes.\n", Tokens(tokens), isText: true, isWrapped: false, null)!.Value, 12);
    }

    [Fact]
    public void Tokens_may_end_inside_a_character()
    {
        var text = "{\"a\":\"é😀\"}";
        var bytes = Encoding.UTF8.GetBytes(text);
        var tokens = bytes.Select((one, i) => new TokenLogProbability(new[] { one }, i is 6 or 11 ? Math.Log(0.125) : i is > 5 and < 12 ? 0 : -5)).ToArray();

        Assert.Equal(0.5, AnswerLikelihood.Of(text, tokens, isText: false, isWrapped: false, "a")!.Value, 12);
    }

    [Fact]
    public void A_token_without_bytes_does_not_count() =>
        AssertProbability(0.25, "a", ("{\"a\":", 0.5), ("7", 0.25), ("", 0.5), ("8", 0.25), ("}", 0.5));

    [Fact]
    public void The_mark_that_ends_the_answer_may_follow_its_text()
    {
        (string, double)[] tokens = [("{\"a\":7}", 0.25), ("<|end|>", 0.5)];

        Assert.Equal(0.25, AnswerLikelihood.Of("{\"a\":7}", Tokens(tokens), isText: false, isWrapped: false, null)!.Value, 12);
    }

    [Theory]
    [InlineData("{\"a\":7}", "{\"a\":", "7")]
    [InlineData("{\"a\":7}", "{\"a\":", "8", "}")]
    [InlineData("{\"a\":7}", "{\"a\": ", "7", "}")]
    [InlineData("{\"a\":7}", "{\"a\":", "7", "}", "<|end|>", "<|end|>")]
    [InlineData("{\"a\":7}", "{\"a\":", "7", "} ")]
    [InlineData("{\"a\":\"\ufffd\"}", "{\"a\":\"", "\ud800", "\"")]
    [InlineData("{\"a\":7}")]
    public void Tokens_that_are_not_the_text_give_no_probability(string text, params string[] tokens) =>
        Assert.Null(AnswerLikelihood.Of(text, [.. tokens.Select(static token => new TokenLogProbability(token, -0.1))], isText: false, isWrapped: false, "a"));

    [Theory]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_logarithm_above_0_gives_no_probability(double logProbability)
    {
        TokenLogProbability[] tokens = [new("{\"a\":", logProbability), new("7}", -0.1)];

        Assert.Null(AnswerLikelihood.Of("{\"a\":7}", tokens, isText: false, isWrapped: false, "a"));
    }

    [Fact]
    public void What_is_impossible_has_probability_0()
    {
        TokenLogProbability[] tokens = [new("{\"a\":", 0), new("7}", double.NegativeInfinity)];

        Assert.Equal(0, AnswerLikelihood.Of("{\"a\":7}", tokens, isText: false, isWrapped: false, "a"));
    }

    [Theory]
    [InlineData("{\"b\":7}")]
    [InlineData("{\"b\":{\"a\":7}}")]
    [InlineData("[{\"a\":7}]")]
    [InlineData("7")]
    [InlineData("{\"a\":7")]
    [InlineData("{\"a\":7} and {\"a\":8}")]
    [InlineData("{\"\\ud800\":1,\"a\":7}")]
    public void An_answer_without_the_member_in_its_one_object_gives_no_probability(string text) =>
        Assert.Null(AnswerLikelihood.Of(text, [new(text, -0.1)], isText: false, isWrapped: false, "a"));

    /// <summary>Drawn JSON in drawn tokens: what is computed agrees with a count byte by byte over places that are known from the writing.</summary>
    [Fact]
    public void It_is_what_a_count_over_all_bytes_gives()
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var drawn = DrawnAnswer.Draw(random);
            var tokens = Draw(random, drawn.Utf8);
            var place = drawn.Members.Count == 0 || random.Next(4) == 0 ? drawn.Whole : drawn.Members.ElementAt(random.Next(drawn.Members.Count)).Value;
            var member = place == drawn.Whole ? null : drawn.Members.Single(one => one.Value == place).Key;

            var actual = AnswerLikelihood.Of(Encoding.UTF8.GetString(drawn.Utf8), tokens, isText: false, drawn.IsWrapped, member);

            Assert.True(Math.Abs(Direct(tokens, place) - actual!.Value) < 1e-12, $"seed {seed}: {Encoding.UTF8.GetString(drawn.Utf8)}");
        }
    }

    private static double Direct(TokenLogProbability[] tokens, (int Start, int End) place)
    {
        var owners = tokens.SelectMany(static (token, i) => Enumerable.Repeat(i, token.Utf8Bytes.Length)).ToArray();
        return Math.Exp(owners[place.Start..place.End].Distinct().Average(i => tokens[i].LogProbability));
    }

    private static TokenLogProbability[] Draw(Random random, byte[] bytes)
    {
        var tokens = new List<TokenLogProbability>();
        for (var start = 0; start < bytes.Length;)
        {
            var length = Math.Min(bytes.Length - start, random.Next(1, 9));
            tokens.Add(new TokenLogProbability(bytes.AsMemory(start, length), -random.NextDouble() * 3));
            start += length;
        }

        return [.. tokens];
    }

    private static void AssertProbability(double expected, string? member, params (string Text, double Probability)[] tokens) =>
        Assert.Equal(expected, Of(tokens, member)!.Value, 12);

    private static double? Of((string Text, double Probability)[] tokens, string? member, bool isWrapped = false) =>
        AnswerLikelihood.Of(string.Concat(tokens.Select(static token => token.Text)), Tokens(tokens), isText: false, isWrapped, member);

    private static TokenLogProbability[] Tokens((string Text, double Probability)[] tokens) =>
        [.. tokens.Select(static token => new TokenLogProbability(token.Text, Math.Log(token.Probability)))];
}
