using Microsoft.Extensions.AI;
using PromptGen.Catalog;
using PromptGen.Execution;
using PromptGen.Health;
using PromptGen.Prompts;

namespace PromptGen.Tests.Execution;

/// <summary>What one request says, and how many tokens it is taken for.</summary>
public sealed class ModelRequestTests
{
    private const string Schema = """{"type":"object"}""";

    private static readonly ModelInfo Structured = new("s", "p", Tier.Fast) { Features = ModelFeatures.StructuredOutput | ModelFeatures.JsonMode };

    private static readonly ModelInfo JsonMode = new("j", "p", Tier.Fast) { Features = ModelFeatures.JsonMode };

    private static readonly ModelInfo Plain = new("t", "p", Tier.Fast) { Features = ModelFeatures.None };

    private static readonly ChatResponseFormat Format = ChatResponseFormat.ForJsonSchema(Sample.Prompt.Contract.Schema, "Urgency");

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(500, null, 500)]
    [InlineData(null, 1_000, 1_000)]
    [InlineData(500, 1_000, 500)]
    [InlineData(2_000, 1_000, 1_000)]
    public void The_smaller_one_of_two_output_limits_holds(int? ofPrompt, int? ofModel, int? expected) =>
        Assert.Equal(expected, ModelDefaults.OutputLimit(ofPrompt, ofModel));

    [Fact]
    public void A_model_with_structured_output_gets_the_schema_as_its_format()
    {
        var (options, messages) = (new ChatOptions(), Messages());

        var tokens = ModelRequest.SetFormat(options, messages, Format, Schema, Structured, wroteSchema: false);

        Assert.Same(Format, options.ResponseFormat);
        Assert.Equal("question", messages[1].Text);
        Assert.Equal(TokenEstimator.Estimate(Schema), tokens);
    }

    [Fact]
    public void Any_other_model_gets_it_in_words_and_a_format_only_if_it_knows_one()
    {
        foreach (var (model, format) in new[] { (JsonMode, ChatResponseFormat.Json), (Plain, null) })
        {
            var (options, messages) = (new ChatOptions(), Messages());

            var tokens = ModelRequest.SetFormat(options, messages, Format, Schema, model, wroteSchema: false);

            Assert.Equal(format, options.ResponseFormat);
            Assert.Equal("question\n\nAnswer with one JSON value that matches this JSON Schema, and nothing else:\n" + Schema, messages[1].Text);
            Assert.Equal("answer", messages[2].Text);
            Assert.True(tokens >= TokenEstimator.Estimate(messages[1].Text) - TokenEstimator.Estimate("question") - 10);
            Assert.Equal(TokenEstimator.Estimate(Schema) + 20, tokens);
        }
    }

    [Fact]
    public void A_schema_that_stands_in_the_prompt_already_is_not_written_or_counted_twice()
    {
        var (options, messages) = (new ChatOptions(), Messages());

        Assert.Equal(0, ModelRequest.SetFormat(options, messages, Format, Schema, JsonMode, wroteSchema: true));
        Assert.Equal("question", messages[1].Text);
        Assert.Equal(ChatResponseFormat.Json, options.ResponseFormat);
    }

    [Fact]
    public void Without_a_message_of_the_user_the_schema_becomes_one()
    {
        List<ChatMessage> messages = [new(ChatRole.System, "rules")];

        ModelRequest.SetFormat(new ChatOptions(), messages, Format, Schema, Plain, wroteSchema: false);

        Assert.Equal(ChatRole.User, messages[1].Role);
        Assert.StartsWith("Answer with one JSON value", messages[1].Text, StringComparison.Ordinal);
    }

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

    private static List<ChatMessage> Messages() => [new(ChatRole.System, "rules"), new(ChatRole.User, "question"), new(ChatRole.Assistant, "answer")];
}
