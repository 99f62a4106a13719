using Microsoft.Extensions.AI;
using PromptGen.Execution;

namespace PromptGen.Tests.Execution;

/// <summary>What the updates of a stream say about the answer as a whole.</summary>
public sealed class StreamedAnswerTests
{
    [Fact]
    public void Of_a_stream_that_brought_nothing_nothing_is_known()
    {
        var answer = new StreamedAnswer();

        Assert.Null(answer.Response);
        Assert.False(answer.IsWhole);
        Assert.Equal(PromptErrorCode.ProtocolError, answer.Outcome);
    }

    [Fact]
    public void Finish_reason_and_model_may_come_early_and_stay()
    {
        var answer = Answer(new ChatResponseUpdate { ModelId = "mini-2", FinishReason = ChatFinishReason.Stop }, Text("Dear Ada"));

        Assert.Equal("mini-2", answer.Response!.ModelId);
        Assert.True(answer.IsWhole);
        Assert.Equal(PromptErrorCode.None, answer.Outcome);
    }

    [Fact]
    public void The_last_model_that_was_named_answered() =>
        Assert.Equal("b", Answer(new ChatResponseUpdate { ModelId = "a" }, new ChatResponseUpdate { ModelId = "b" }).Response!.ModelId);

    [Theory]
    [InlineData("", false)]
    [InlineData(" ", true)]
    [InlineData("a", true)]
    public void Text_is_content_as_soon_as_there_is_any(string text, bool hasContent) => Assert.Equal(hasContent, Answer(Text(text)).HasContent);

    [Fact]
    public void Thoughts_and_calls_are_content_usage_and_errors_are_not()
    {
        Assert.True(Answer(new ChatResponseUpdate(ChatRole.Assistant, [new TextReasoningContent("hm")])).HasContent);
        Assert.False(Answer(new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails())])).HasContent);
        Assert.False(Answer(Error("server_error")).HasContent);
    }

    [Theory]
    [InlineData(null, PromptErrorCode.Overloaded)]
    [InlineData(" ", PromptErrorCode.Overloaded)]
    [InlineData("Dear Ada", PromptErrorCode.None)]
    public void An_error_counts_where_no_text_came(string? text, PromptErrorCode outcome)
    {
        var end = new ChatResponseUpdate { FinishReason = ChatFinishReason.Stop };

        Assert.Equal(outcome, (text is null ? Answer(Error("overloaded_error"), end) : Answer(Text(text), Error("overloaded_error"), end)).Outcome);
    }

    [Fact]
    public void The_first_error_is_the_cause() =>
        Assert.Equal(
            PromptErrorCode.Overloaded,
            Answer(Error("overloaded_error"), Error("invalid_api_key"), new ChatResponseUpdate { FinishReason = ChatFinishReason.Stop }).Outcome);

    [Fact]
    public void Of_each_kind_of_token_the_most_that_was_reported_counts()
    {
        var usage = Answer(
            Usage(new UsageDetails { InputTokenCount = 10, OutputTokenCount = 1, AdditionalCounts = new() { ["writes"] = 5, ["reads"] = 1 } }),
            Usage(new UsageDetails { OutputTokenCount = 7, CachedInputTokenCount = 4, ReasoningTokenCount = 2, TotalTokenCount = 17, AdditionalCounts = new() { ["writes"] = 3 } }),
            Usage(new UsageDetails { InputTokenCount = 9, OutputTokenCount = 6 })).Response!.Usage!;

        Assert.Equal((10, 7, 17, 4, 2), (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount, usage.CachedInputTokenCount, usage.ReasoningTokenCount));
        Assert.Equal(5, usage.AdditionalCounts!["writes"]);
        Assert.Equal(1, usage.AdditionalCounts["reads"]);
    }

    [Theory]
    [InlineData(new long[] { 0, 5, 0 }, 5L)]
    [InlineData(new long[] { 10, 0 }, 10L)]
    [InlineData(new long[] { 5, -1, 7 }, -1L)]
    public void No_report_of_zero_tokens_hides_others_and_no_other_hides_a_negative_one(long[] reported, long counted) =>
        Assert.Equal(counted, Answer([.. reported.Select(static count => Usage(new UsageDetails { OutputTokenCount = count }))]).Response!.Usage!.OutputTokenCount);

    [Fact]
    public void The_last_finish_reason_counts() =>
        Assert.Equal(
            PromptErrorCode.Truncated,
            Answer(Text("Dear Ada"), new ChatResponseUpdate { FinishReason = ChatFinishReason.Stop }, new ChatResponseUpdate { FinishReason = ChatFinishReason.Length }).Outcome);

    [Fact]
    public void Several_texts_of_one_update_are_content_like_a_single_one()
    {
        var answer = Answer(new ChatResponseUpdate(ChatRole.Assistant, [new TextContent("Dear "), new TextContent("Ada")]));

        Assert.True(answer.HasContent);
        Assert.Equal(16 + "Dear Ada".Length, answer.Size);
    }

    [Fact]
    public void An_error_behind_several_texts_does_not_count() =>
        Assert.Equal(PromptErrorCode.None, Answer(Text("Dear "), Text("Ada"), Error("overloaded_error"), new ChatResponseUpdate { FinishReason = ChatFinishReason.Stop }).Outcome);

    [Fact]
    public void Content_that_is_not_text_counts_for_one_character()
    {
        AIContent[] contents =
        [
            new FunctionCallContent("1", "") { Arguments = new Dictionary<string, object?> { ["city"] = "Berlin" } },
            new DataContent(new byte[] { 1 }, "image/png"),
            new FunctionResultContent("1", "sunny"),
        ];

        Assert.All(contents, static content =>
        {
            var answer = Answer(new ChatResponseUpdate(ChatRole.Assistant, [content]));
            Assert.Equal((true, 17), (answer.HasContent, answer.Size));
        });
    }

    private static StreamedAnswer Answer(params ChatResponseUpdate[] updates)
    {
        var answer = new StreamedAnswer();
        foreach (var update in updates)
        {
            answer.Add(update);
        }

        return answer;
    }

    private static ChatResponseUpdate Text(string text) => new(ChatRole.Assistant, [new TextContent(text)]);

    private static ChatResponseUpdate Error(string code) => new(ChatRole.Assistant, [new ErrorContent("It failed.") { ErrorCode = code }]);

    private static ChatResponseUpdate Usage(UsageDetails details) => new(ChatRole.Assistant, [new UsageContent(details)]);
}
