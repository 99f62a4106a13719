using PromptGen.Execution;
using PromptGen.Health;
using PromptGen.Prompts;

namespace PromptGen.Tests.Execution;

/// <summary>What one request says, and how many tokens it is taken for.</summary>
public sealed class ModelRequestTests
{
    [Theory]
    [InlineData(null, null, null)]
    [InlineData(500, null, 500)]
    [InlineData(null, 1_000, 1_000)]
    [InlineData(500, 1_000, 500)]
    [InlineData(2_000, 1_000, 1_000)]
    public void The_smaller_one_of_two_output_limits_holds(int? ofPrompt, int? ofModel, int? expected) =>
        Assert.Equal(expected, ModelDefaults.OutputLimit(ofPrompt, ofModel));

    [Fact]
    public void All_that_is_sent_is_counted()
    {
        var template = new UrgencyTemplate(Sample.Ticket);
        var writer = new PromptWriter("");
        template.Render(Sample.Mini, writer);
        writer.Build();
        var repair = new RepairPrompt("nonsense", PromptErrorCode.InvalidJson, []);
        var endpoint = new ModelEndpoint(Sample.Mini, Sample.Mini, null);

        var first = ModelRequest.Create(Sample.Prompt, endpoint, template, null);
        var second = ModelRequest.Create(Sample.Prompt, endpoint, template, repair);

        Assert.Equal(writer.EstimatedTokens + TokenEstimator.Estimate(Sample.Prompt.SchemaText), first.EstimatedTokens);
        Assert.Equal(first.EstimatedTokens + second.Messages.TakeLast(2).Sum(static message => TokenEstimator.Estimate(message.Text)), second.EstimatedTokens);
        Assert.Equal(first.Messages.Count + 2, second.Messages.Count);
        Assert.Equal(("mini", 1_000), (first.Options.ModelId, first.Options.MaxOutputTokens!.Value));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("a", 1)]
    [InlineData("abc", 1)]
    [InlineData("abcd", 2)]
    public void A_token_is_taken_for_three_characters_at_most(string text, int tokens) => Assert.Equal(tokens, TokenEstimator.Estimate(text));

    [Fact]
    public void Only_eight_times_the_window_is_beyond_any_tokenizer()
    {
        Assert.False(TokenEstimator.CannotFit(800, 100));
        Assert.True(TokenEstimator.CannotFit(801, 100));
        Assert.False(TokenEstimator.CannotFit(long.MaxValue, null));
        Assert.False(TokenEstimator.CannotFit(8L * int.MaxValue, int.MaxValue));
    }
}
