using PromptGen.Catalog;
using PromptGen.Contracts;
using PromptGen.Execution;
using PromptGen.Health;
using PromptGen.Likelihoods;
using PromptGen.Prompts;
using PromptGen.Providers;
using PromptGen.Routing;
using PromptGen.Streaming;

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
    [InlineData("", 100 + 0 + 120)]
    [InlineData("abc", 100 + 1 + 120)]
    [InlineData("Dear Ada,", 100 + 3 + 120)]
    public void What_was_delivered_is_sent_and_counted(string delivered, long tokens)
    {
        var prompt = WorstCaseDesk.Define(WorstCaseDesk.Only(Sample.Mini));
        var rest = Continuation.OfText(delivered);

        var request = ModelRequest.Create(prompt, new ModelEndpoint(Sample.Mini, Sample.Mini, null), default(HundredTokens), null, continuation: rest);

        Assert.Equal([new string('x', 384), delivered, rest.Request], request.Messages.Select(static message => message.Text));
        Assert.Equal(tokens, request.EstimatedTokens);
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(1.5, 150)]
    [InlineData(1.004, 101)]
    public void A_model_that_takes_more_tokens_for_a_text_is_sent_more(double factor, long tokens)
    {
        var model = new ModelInfo("mini", "openai", Tier.Fast) { TokenFactor = factor };

        Assert.Equal(tokens, ModelRequest.Create(WorstCaseDesk.Define(WorstCaseDesk.Only(model)), new ModelEndpoint(model, model, null), default(HundredTokens), null).EstimatedTokens);
    }

    [Theory]
    [InlineData(true, ModelFeatures.LogProbabilities | ModelFeatures.Tools, true)]
    [InlineData(true, ModelFeatures.Tools, false)]
    [InlineData(false, ModelFeatures.LogProbabilities, false)]
    public void Log_probabilities_are_asked_for_where_the_prompt_needs_them_and_the_model_has_them(bool needs, ModelFeatures features, bool expected)
    {
        var model = new ModelInfo("mini", "openai", Tier.Fast) { Features = features };
        var prompt = new PromptDefinition<string>("Desk.Reply", "00c0ffee", TextContract.Instance, WorstCaseDesk.Only(model)) { Likelihoods = needs ? [new PromptLikelihood(0.9)] : null };

        var request = ModelRequest.Create(prompt, new ModelEndpoint(model, model, null), default(HundredTokens), null);

        Assert.Equal(expected, LogProbabilities.AreAsked(request.Options));
    }

    [Fact]
    public void One_writer_serves_all_requests_of_a_thread_and_each_one_begins_empty()
    {
        var template = new Watching();
        var endpoint = new ModelEndpoint(Sample.Mini, Sample.Mini, null);

        var first = ModelRequest.Create(Sample.Prompt, endpoint, template, null);
        var second = ModelRequest.Create(Sample.Prompt, endpoint, template, null);

        Assert.Same(template.Writers[0], template.Writers[1]);
        Assert.Equal("Rate 1.", Assert.Single(first.Messages).Text);
        Assert.Equal("Rate 2.", Assert.Single(second.Messages).Text);
        Assert.Equal(first.EstimatedTokens, second.EstimatedTokens);
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

    private sealed class Watching : IPromptTemplate
    {
        public List<PromptWriter> Writers { get; } = [];

        public void Render(ModelInfo model, PromptWriter prompt)
        {
            Writers.Add(prompt);
            prompt.Append($"Rate {Writers.Count}.");
        }
    }
}
