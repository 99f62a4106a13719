using Microsoft.Extensions.AI;
using PromptGen.Catalog;
using PromptGen.Execution;
using PromptGen.Routing;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Routing;

/// <summary>How a request asks for an answer by a schema, and the tokens that this takes.</summary>
public sealed class SchemaRequestTests
{
    private const string Schema = """{"type":"object"}""";

    private static readonly ModelInfo Structured = new("s", "p", Tier.Fast) { Features = ModelFeatures.StructuredOutput | ModelFeatures.JsonMode };

    private static readonly ModelInfo JsonMode = new("j", "p", Tier.Fast) { Features = ModelFeatures.JsonMode };

    private static readonly ModelInfo Plain = new("t", "p", Tier.Fast) { Features = ModelFeatures.None };

    private static readonly ChatResponseFormat Format = ChatResponseFormat.ForJsonSchema(Sample.Prompt.Contract.Schema, "Urgency");

    [Fact]
    public void A_model_with_structured_output_gets_the_schema_as_its_format()
    {
        var (options, messages) = (new ChatOptions(), Messages());

        var tokens = new SchemaRequest(Schema).AddTo(options, messages, Format, Structured, wroteSchema: false);

        Assert.Same(Format, options.ResponseFormat);
        Assert.Equal("question", messages[1].Text);
        Assert.Equal(TokenEstimator.Estimate(Schema), tokens);
    }

    [Fact]
    public void Any_other_model_gets_it_in_words_and_a_format_only_if_it_has_one()
    {
        foreach (var (model, format) in new[] { (JsonMode, ChatResponseFormat.Json), (Plain, null) })
        {
            var (options, messages) = (new ChatOptions(), Messages());

            var tokens = new SchemaRequest(Schema).AddTo(options, messages, Format, model, wroteSchema: false);

            Assert.Equal(format, options.ResponseFormat);
            Assert.Equal("question\n\nAnswer with one JSON value that matches this JSON Schema, and nothing else:\n" + Schema, messages[1].Text);
            Assert.Equal("answer", messages[2].Text);
            Assert.True(tokens >= TokenEstimator.Estimate(messages[1].Text) - TokenEstimator.Estimate("question") - 10);
            Assert.Equal(TokenEstimator.Estimate(Schema) + 20, tokens);
        }
    }

    [Fact]
    public void A_schema_that_the_prompt_contains_is_not_written_or_counted_twice()
    {
        var (options, messages) = (new ChatOptions(), Messages());

        Assert.Equal(0, new SchemaRequest(Schema).AddTo(options, messages, Format, JsonMode, wroteSchema: true));
        Assert.Equal("question", messages[1].Text);
        Assert.Equal(ChatResponseFormat.Json, options.ResponseFormat);
    }

    [Fact]
    public void Without_a_message_of_the_user_the_schema_becomes_one()
    {
        List<ChatMessage> messages = [new(ChatRole.System, "rules")];

        new SchemaRequest(Schema).AddTo(new ChatOptions(), messages, Format, Plain, wroteSchema: false);

        Assert.Equal(ChatRole.User, messages[1].Role);
        Assert.StartsWith("Answer with one JSON value", messages[1].Text, StringComparison.Ordinal);
    }

    private static List<ChatMessage> Messages() => [new(ChatRole.System, "rules"), new(ChatRole.User, "question"), new(ChatRole.Assistant, "answer")];
}
