using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Streams;

/// <summary>Streams that break off: another model is called before the first item, the error is reported after it.</summary>
public sealed class BrokenStreamTests : StreamTests
{
    /// <summary>Every way to break off, and what it is called after the first item.</summary>
    public static TheoryData<string, string, PromptErrorCode> Breaks => new()
    {
        { "openai", "cut", PromptErrorCode.Truncated },
        { "openai", "malformed", PromptErrorCode.ProtocolError },
        { "openai", "error", PromptErrorCode.Overloaded },
        { "openai", "length", PromptErrorCode.Truncated },
        { "openai", "filter", PromptErrorCode.ContentFiltered },
        { "anthropic", "cut", PromptErrorCode.Truncated },
        { "anthropic", "malformed", PromptErrorCode.ProtocolError },
        { "anthropic", "error", PromptErrorCode.Overloaded },
        { "anthropic", "length", PromptErrorCode.Truncated },
        { "anthropic", "refusal", PromptErrorCode.Refused },
    };

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task After_the_first_item_the_caller_is_reported(string provider, string way, PromptErrorCode code)
    {
        Server.Enqueue(Reply(way, after: 2), ModelReply.Text(Text));

        var (error, text) = await BreakAsync(ReplyBy(provider));

        Assert.Equal(code, error.Code);
        Assert.StartsWith(text, error.PartialText, StringComparison.Ordinal);
        Assert.StartsWith(error.PartialText, Text, StringComparison.Ordinal);
        AssertLedger(error, $"{(provider == "openai" ? Mini : Sonnet)} Initial {code}");
        Assert.DoesNotContain(text, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_connection_that_breaks_after_the_first_item_is_reported(string provider)
    {
        // A reset may overtake what was sent before it: the connection is broken once the first item is here.
        Server.Enqueue(ModelReply.Text(Text) with { Fault = ModelFault.Stall, FaultAfter = 1 });
        await using var items = ReplyBy(provider).GetAsyncEnumerator();
        Assert.True(await items.MoveNextAsync());
        var first = items.Current;

        var next = items.MoveNextAsync().AsTask();
        await Server.DisposeAsync();

        var error = await Assert.ThrowsAsync<PromptStreamException>(() => next);
        Assert.Equal(PromptErrorCode.Transport, error.Code);
        Assert.Equal(first, error.PartialText);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("reset")]
    [InlineData("malformed")]
    [InlineData("error")]
    [InlineData("length")]
    [InlineData("empty")]
    [InlineData("page")]
    [InlineData("silence")]
    [InlineData("refusal")]
    public async Task Before_the_first_item_another_model_takes_over(string way)
    {
        for (var i = 0; i < 3; i++)
        {
            Server.Enqueue(Mini, Elements(way));
            Server.Enqueue(Haiku, Elements(way));
        }

        Server.Enqueue(Sonnet, ModelReply.Text(List(0.9)));

        Assert.Single(await WaitOutAsync(ReadAsync(Writer.TriagesAsync(Letter))));
        Assert.Equal(Sonnet, Asked()[^1]);
    }

    [Fact]
    public async Task A_stream_that_breaks_off_before_the_first_piece_of_text_is_replaced_by_the_other_provider()
    {
        Server.Enqueue(Mini, ModelReply.Error(503), ModelReply.CutStream(Text, after: 0, reset: true), ModelReply.ErrorEvent("overloaded_error", "") with { FaultAfter = 0 });
        Server.Enqueue(Haiku, ModelReply.Text(Text));

        Assert.Equal(Text, string.Concat(await WaitOutAsync(ReadAsync(Writer.ReplyAsync(Letter)))));
        Assert.Equal([Mini, Mini, Mini, Haiku], Asked());
    }

    [Fact]
    public async Task A_refusal_that_is_streamed_is_a_refusal()
    {
        Server.Enqueue(ModelReply.Refusal());

        var error = await Assert.ThrowsAsync<PromptException>(() => ReadAsync(Writer.ReplySoonAsync(Letter)));

        Assert.IsNotType<PromptStreamException>(error);
        AssertLedger(error, $"{Mini} Initial Refused");
    }

    [Fact]
    public async Task A_list_that_ends_early_as_if_it_were_whole_is_cut_off()
    {
        Server.Enqueue(ModelReply.Text(List(0.9, 0.8)[..^2]));
        var triages = new List<Calls.Triage>();

        var error = await Assert.ThrowsAsync<PromptStreamException>(() => ReadAsync(Writer.TriagesAsync(Letter), triages));

        Assert.Equal(PromptErrorCode.Truncated, error.Code);
        Assert.Equal(2, triages.Count);
    }

    [Fact]
    public async Task A_later_element_that_breaks_the_contract_ends_the_stream_with_its_place()
    {
        Server.Enqueue(ModelReply.Text(List(0.9, 7)));

        var error = await Assert.ThrowsAsync<PromptStreamException>(() => ReadAsync(Writer.TriagesBySonnetAsync(Letter)));

        Assert.Equal(PromptErrorCode.SchemaMismatch, error.Code);
        Assert.Equal("/value/1/confidence", Assert.Single(error.Attempts[0].Violations).Pointer);
    }

    [Theory]
    [InlineData("openai", ModelFault.None)]
    [InlineData("anthropic", ModelFault.None)]
    [InlineData("openai", ModelFault.RunningUsage)]
    public async Task Usage_is_counted_once_however_it_is_reported(string provider, ModelFault fault)
    {
        Server.Enqueue(ModelReply.Text(Text, 1_000, 500, finishReason: "length") with { Fault = fault });

        var attempt = Assert.Single((await BreakAsync(ReplyBy(provider))).Error.Attempts);

        Assert.Equal(1_000, attempt.Usage!.InputTokenCount);
        Assert.Equal(500, attempt.Usage.OutputTokenCount);
        Assert.Equal(new PromptCost(provider == "openai" ? 0.002m : 0.02m, IsComplete: true), attempt.Cost);
    }

    private static ModelReply Reply(string way, int after) => way switch
    {
        "cut" => ModelReply.CutStream(Text, after),
        "reset" => ModelReply.CutStream(Text, after, reset: true),
        "malformed" => ModelReply.Text(Text) with { Fault = ModelFault.MalformedChunk, FaultAfter = after },
        "error" => ModelReply.ErrorEvent("overloaded_error", Text) with { FaultAfter = after },
        "length" => ModelReply.Length(Text),
        "filter" => ModelReply.ContentFilter(Text),
        "refusal" => ModelReply.Refusal(Text),
        _ => throw new ArgumentOutOfRangeException(nameof(way)),
    };

    /// <summary>The same for a list whose first element never becomes whole.</summary>
    private static ModelReply Elements(string way)
    {
        var list = List(0.9);
        return way switch
        {
            "empty" => ModelReply.Raw(200, "text/event-stream", ""),
            "page" => ModelReply.Html(),
            "silence" => ModelReply.Raw(200, "text/event-stream", "data: {\"choices\":[{\"delta\":{\"content\":\"{\\\"value\\\":[\"},\"finish_reason\":null}]}\n\n"),
            "length" => ModelReply.Length(list[..20]),
            "refusal" => ModelReply.Refusal(),
            _ => Reply(way, after: 2) with { Content = list },
        };
    }
}
