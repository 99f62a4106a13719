using PromptGen.Testing;
using Models = PromptGen.EndToEnd.Tests.Calls.Catalog;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Rows 18–21, 28–30 and 45: the provider answers, and the answer is not one.</summary>
public sealed class RejectionTests : WallTests
{
    [Fact]
    public async Task Row18_A_prompt_that_is_too_long_goes_to_a_larger_window_after_one_try()
    {
        Server.Enqueue(Models.Mini, ModelReply.Error(400, "context_length_exceeded"));
        Server.Enqueue(Models.Haiku, Reply(Good));

        var call = await AskAsync(Via.OpenAI);

        Assert.Equal([$"{Models.Mini} Initial ContextLength", $"{Models.Haiku} Fallback None"], call.Ledger);
    }

    [Fact]
    public async Task Row18_A_prompt_that_is_too_long_goes_to_no_window_that_is_as_small()
    {
        Server.Enqueue(Models.Haiku, ModelReply.Error(400, message: "prompt is too long: 250000 tokens > 200000 maximum"));

        var call = await AskAsync(Via.Anthropic);

        Assert.Equal([$"{Models.Haiku} Initial ContextLength"], call.Ledger);
        Assert.Contains("context window not larger", call.Failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [ViaBoth("answer", "error")]
    public async Task Row19_A_content_filter_ends_the_call_and_is_not_routed_around(Via via, string form)
    {
        Enqueue(via, form == "answer" ? ModelReply.ContentFilter("So far") : ModelReply.ContentFilterError());

        var call = await AskAsync(via);

        Assert.Equal(PromptErrorCode.ContentFiltered, call.Code);
        Assert.Equal([$"{Primary(via)} Initial ContentFiltered"], call.Ledger);
    }

    [Theory]
    [ViaBoth]
    public async Task Row20_A_refusal_is_not_read_even_where_it_would_keep_the_contract(Via via)
    {
        Enqueue(via, ModelReply.Refusal(Good));
        Server.Enqueue(Stronger, Reply(Good));

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial Refused", $"{Stronger} Escalation None"], call.Ledger);
    }

    [Theory]
    [ViaBoth]
    public async Task Row21_A_fallback_starts_afresh_and_gets_no_part_of_an_answer_to_go_on_with(Via via)
    {
        Enqueue(via, Reply(Broken), Reply(Good) with { Fault = ModelFault.Cut }, Reply(Good) with { Fault = ModelFault.Cut });
        Otherwise = request => request.Messages[^1].Role == "assistant" ? ModelReply.Error(400, message: "prefill is not supported") : Reply(Good);

        var call = await AskAsync(via);

        Assert.Equal(
            [$"{Primary(via)} Initial SchemaMismatch", $"{Primary(via)} Repair ProtocolError", $"{Primary(via)} Retry ProtocolError", $"{Backup(via)} Fallback None"],
            call.Ledger);
        Assert.Equal(["system", "user"], Server.Requests[^1].Messages.Select(static message => message.Role));
        Assert.Equal(Ticket, Server.Requests[^1].TextOf("user"));
    }

    [Theory]
    [ViaBoth]
    public async Task Row21_When_the_fallback_rejects_the_request_the_first_error_stays_the_cause(Via via)
    {
        Enqueue(via, [.. Enumerable.Repeat(ModelReply.Reset(), 3)]);
        Otherwise = static _ => ModelReply.Error(400, message: "prefill is not supported");

        var call = await AskAsync(via);

        Assert.Equal(PromptErrorCode.Transport, Assert.IsType<ProviderRequestException>(call.Failure!.InnerException).Code);
    }

    [Theory]
    [ViaBoth]
    public Task Row28_An_answer_cut_at_the_output_limit_is_truncated_not_invalid(Via via) => IsTruncatedAsync(via, Good[..40]);

    [Theory]
    [ViaBoth]
    public Task Row29_An_answer_at_the_output_limit_is_truncated_even_where_it_parses(Via via) => IsTruncatedAsync(via, Good);

    [Theory]
    [ViaBoth]
    public async Task Row30_Reasoning_that_used_up_the_whole_output_leaves_an_empty_answer_and_another_model_is_asked(Via via)
    {
        Enqueue(via, ModelReply.Length("") with { InputTokens = 100, OutputTokens = 300, ReasoningTokens = 300 });
        BackupAnswers(via);

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial EmptyOutput", $"{Backup(via)} Fallback None"], call.Ledger);
        Assert.True(call.Attempts[0].Cost.Usd > 0);
    }

    // PromptGen runs no tools: a call of a tool that was not offered is an answer without text.
    [Theory]
    [ViaBoth("{}", """{"id":""")]
    public async Task Row45_A_tool_that_was_not_offered_is_not_called_whatever_its_arguments(Via via, string arguments)
    {
        // Anthropic's plain answers carry arguments as JSON, which cannot be broken without breaking the whole body.
        var broken = via == Via.Anthropic && arguments != "{}";
        var reply = broken
            ? ModelReply.Raw(200, "application/json", """{"id":"x","type":"message","role":"assistant","model":"m","content":[{"type":"tool_use","id":"t","name":"rm","input":"no object"}],"stop_reason":"tool_use","usage":{"input_tokens":1,"output_tokens":1}}""")
            : ModelReply.Tools(new ModelToolCall("call_1", "delete_everything", arguments));
        Otherwise = request => request.ModelId == Primary(via) ? reply : Reply(Good);

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial EmptyOutput", $"{Backup(via)} Fallback None"], call.Ledger);
    }

    private async Task IsTruncatedAsync(Via via, string text)
    {
        Enqueue(via, ModelReply.Length(text));
        Server.Enqueue(Stronger, Reply(Good));

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial Truncated", $"{Stronger} Escalation None"], call.Ledger);
    }
}
