using System.Text;
using PromptGen.Providers;
using PromptGen.Testing;

namespace PromptGen.Tests.Testing;

public sealed class AnswerTokensTests
{
    [Fact]
    public void The_tokens_are_the_text_and_a_part_has_its_probability()
    {
        var tokens = AnswerTokens.Of("Grüße und mehr", ("üße", 0.5));

        Assert.Equal("Grüße und mehr", Encoding.UTF8.GetString([.. tokens.SelectMany(static token => token.Utf8Bytes.ToArray())]));
        Assert.Equal("üße", Encoding.UTF8.GetString([.. tokens.Where(static token => token.LogProbability == Math.Log(0.5)).SelectMany(static token => token.Utf8Bytes.ToArray())]));
        Assert.All(tokens, static token => Assert.InRange(token.Utf8Bytes.Length, 1, 4));
    }

    [Theory]
    [InlineData("gone", 0.5)]
    [InlineData("text", 0)]
    [InlineData("text", 1.5)]
    [InlineData("text", double.NaN)]
    public void A_part_that_is_not_there_and_a_number_that_is_no_probability_are_refused(string part, double probability) =>
        Assert.Throws<ArgumentException>(() => AnswerTokens.Of("a text", (part, probability)));

    [Fact]
    public async Task A_scripted_client_hands_them_over()
    {
        using var client = new ScriptedChatClient().Answers("Yes", AnswerTokens.Of("Yes", ("Yes", 0.25)));

        Assert.Equal(Math.Log(0.25), Assert.Single(LogProbabilities.Of(await client.GetResponseAsync([]))!).LogProbability);
    }
}
