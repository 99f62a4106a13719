using System.Text;
using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Rows 12, 14–17, 26 and 27 with answers that are not streamed: bodies that are not what was asked for.</summary>
public sealed class BrokenBodyTests : WallTests
{
    private static readonly byte[] Gzip = [0x1f, 0x8b, 0x08, 0x00, 0xde, 0xad, 0xbe, 0xef, 0x00, 0x00, 0x01];

    [Theory]
    [ViaBoth]
    public async Task Row12_An_answer_that_is_cut_and_closed_cleanly_is_thrown_away(Via via)
    {
        Enqueue(via, Reply(Good) with { Fault = ModelFault.Cut }, Reply(Good));

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial ProtocolError", $"{Primary(via)} Retry None"], call.Ledger);
        Assert.False(call.Result!.Cost.IsComplete);
    }

    [Theory]
    [ViaBoth]
    public async Task Row12_An_answer_that_is_cut_by_a_reset_is_thrown_away(Via via)
    {
        Enqueue(via, Reply(Good) with { Fault = ModelFault.CutAndReset }, Reply(Good));

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial Transport", $"{Primary(via)} Retry None"], call.Ledger);
        Assert.False(call.Result!.Cost.IsComplete);
    }

    [Theory]
    [ViaBoth]
    public async Task Row14_An_answer_with_a_stray_brace_is_no_answer(Via via)
    {
        Enqueue(via, Reply(Good) with { Fault = ModelFault.MalformedChunk }, Reply(Good));

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial ProtocolError", $"{Primary(via)} Retry None"], call.Ledger);
    }

    [Theory]
    [ViaBoth]
    public async Task Row17_An_error_with_status_200_is_the_error_that_it_says(Via via)
    {
        Enqueue(via, ModelReply.ErrorEvent("overloaded_error"), ModelReply.ErrorEvent("rate_limit_error"), ModelReply.ErrorEvent("insufficient_quota"));
        BackupAnswers(via);

        var call = await AskAsync(via);

        Assert.Equal(
            [$"{Primary(via)} Initial Overloaded", $"{Primary(via)} Retry RateLimited", $"{Primary(via)} Retry QuotaExhausted", $"{Backup(via)} Fallback None"],
            call.Ledger);
    }

    [Theory]
    [ViaBoth("empty", "web page", "page said to be JSON", "UTF-16", "gzip", "not HTTP", "null", "text", "array")]
    public async Task Row26_A_body_that_is_no_answer_is_tried_once_more_and_then_replaced(Via via, string body)
    {
        var reply = body switch
        {
            "empty" => ModelReply.Empty(),
            "web page" => ModelReply.Html(),
            "page said to be JSON" => ModelReply.Raw(200, "application/json", "<html>Sign in</html>"),
            "UTF-16" => ModelReply.Raw(200, "application/json; charset=utf-16", Encoding.Unicode.GetBytes("""{"id":"x"}""")),
            "gzip" => ModelReply.Raw(200, "application/json", Gzip) with { Headers = new Dictionary<string, string> { ["Content-Encoding"] = "gzip" } },
            "not HTTP" => Reply(Good) with { Fault = ModelFault.NotHttp },
            "null" => ModelReply.Raw(200, "application/json", "null"),
            "text" => ModelReply.Raw(200, "application/json", "\"hello\""),
            _ => ModelReply.Raw(200, "application/json", "[]"),
        };
        Enqueue(via, reply, reply);
        BackupAnswers(via);

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial ProtocolError", $"{Primary(via)} Retry ProtocolError", $"{Backup(via)} Fallback None"], call.Ledger);
    }

    [Fact]
    public async Task Row27_A_list_of_choices_without_a_choice_is_a_protocol_error()
    {
        Enqueue(Via.OpenAI, Reply(Good) with { Fault = ModelFault.NoChoices }, Reply(Good));

        var call = await AskAsync(Via.OpenAI);

        Assert.Equal([$"{Primary(Via.OpenAI)} Initial ProtocolError", $"{Primary(Via.OpenAI)} Retry None"], call.Ledger);
    }

    // Anthropic's protocol allows an answer without content: it is empty, not broken.
    [Fact]
    public async Task Row27_An_answer_without_content_is_empty()
    {
        Enqueue(Via.Anthropic, Reply(Good) with { Fault = ModelFault.NoChoices });
        BackupAnswers(Via.Anthropic);

        var call = await AskAsync(Via.Anthropic);

        Assert.Equal([$"{Primary(Via.Anthropic)} Initial EmptyOutput", $"{Backup(Via.Anthropic)} Fallback None"], call.Ledger);
    }

    [Theory]
    [ViaBoth("galaxy", "some_length", "")]
    public async Task Row27_A_finish_reason_that_is_unknown_does_no_harm(Via via, string finishReason)
    {
        Enqueue(via, Reply(Good) with { FinishReason = finishReason });

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial None"], call.Ledger);
    }

    [Theory]
    [ViaBoth]
    public async Task Row27_Content_that_is_null_is_empty(Via via)
    {
        Enqueue(via, via == Via.OpenAI
            ? ModelReply.Raw(200, "application/json", """{"id":"x","model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"message":{"role":"assistant","content":null},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":0,"total_tokens":9}}""")
            : Reply(""));
        BackupAnswers(via);

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial EmptyOutput", $"{Backup(via)} Fallback None"], call.Ledger);
    }

    [Theory]
    [ViaBoth]
    public async Task Row27_Unknown_fields_are_ignored(Via via)
    {
        var text = Good.Replace("\"", "\\\"", StringComparison.Ordinal);
        Enqueue(via, ModelReply.Raw(200, "application/json", via == Via.OpenAI
            ? $$$"""{"id":"x","new":{"a":[1]},"model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"new":1,"message":{"role":"assistant","content":"{{{text}}}","new":null},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":9,"total_tokens":18,"new":{} } }"""
            : $$$"""{"id":"x","new":{"a":[1]},"type":"message","role":"assistant","model":"claude-3-5-haiku-20241022","content":[{"type":"text","text":"{{{text}}}","new":1}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":9,"new":{} } }"""));

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial None"], call.Ledger);
        Assert.True(call.Result!.Cost.IsComplete);
    }
}
