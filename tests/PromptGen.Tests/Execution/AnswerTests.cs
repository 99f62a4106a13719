using Microsoft.Extensions.AI;
using PromptGen.Contracts;
using PromptGen.Routing;

namespace PromptGen.Tests.Execution;

public class AnswerTests
{
    private const string Good = """{"value":3}""";

    [Fact]
    public async Task A_broken_contract_is_repaired_with_every_violation_and_accepted()
    {
        using var desk = new Desk();
        desk.Mini.Answers("""{"value":9}""", 100, 10).Answers(Good, 200, 10);

        var result = await desk.AskAsync();

        Assert.Equal("mini Initial SchemaMismatch, mini Repair None", result.Attempts.Line());
        Assert.Equal("/value", Assert.Single(result.Attempts[0].Violations).Pointer);
        Assert.Equal(result.Attempts[0].Cost + result.Attempts[1].Cost, result.Cost);
        var repair = desk.Mini.Requests[1].Messages;
        Assert.Equal([ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.User], repair.Select(static message => message.Role));
        Assert.Equal("""{"value":9}""", repair[2].Text);
        Assert.Contains("- /value must be an integer from 1 to 5, not 9.", repair[3].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repair_that_fails_escalates_to_the_next_step_with_a_fresh_prompt()
    {
        using var desk = new Desk();
        desk.Mini.Answers("""{"value":9}""").Answers("nonsense");
        desk.Sonnet.Answers(Good);

        var result = await desk.AskAsync();

        Assert.Equal("mini Initial SchemaMismatch, mini Repair InvalidJson, sonnet Escalation None", result.Attempts.Line());
        Assert.Equal(2, desk.Sonnet.Requests[0].Messages.Count);
        Assert.Empty(desk.Haiku.Requests);
    }

    [Theory]
    [InlineData(0, "mini Initial InvalidJson, sonnet Escalation None")]
    [InlineData(2, "mini Initial InvalidJson, mini Repair InvalidJson, mini Repair InvalidJson, sonnet Escalation None")]
    public async Task A_model_is_repaired_as_often_as_the_prompt_says(int repairs, string ledger)
    {
        using var desk = new Desk();
        desk.Mini.Answers("no").Answers("no").Answers("no");
        desk.Sonnet.Answers(Good);

        Assert.Equal(ledger, (await desk.AskAsync(Sample.Define(repairs: repairs))).Attempts.Line());
    }

    [Fact]
    public async Task A_fault_during_a_repair_goes_to_the_next_model_which_starts_afresh()
    {
        using var desk = new Desk();
        desk.Mini.Answers("no").Fails(new ProviderException(PromptErrorCode.Auth));
        desk.Haiku.Answers(Good);

        var result = await desk.AskAsync();

        Assert.Equal("mini Initial InvalidJson, mini Repair Auth, haiku Fallback None", result.Attempts.Line());
        Assert.Equal(2, desk.Haiku.Requests[0].Messages.Count);
    }

    [Fact]
    public async Task An_answer_that_is_not_accepted_escalates_without_a_repair()
    {
        using var desk = new Desk();
        desk.Mini.Answers(Good);
        desk.Sonnet.Answers("""{"value":5}""");

        var result = await desk.AskAsync(reject: static value => value < 5 ? "too calm" : null);

        Assert.Equal("mini Initial NotAccepted, sonnet Escalation None", result.Attempts.Line());
        Assert.Equal("too calm", result.Attempts[0].RejectionReason);
        Assert.Null(result.Attempts[1].RejectionReason);
    }

    [Fact]
    public async Task An_answer_cut_off_at_the_limit_escalates_even_where_its_json_parses()
    {
        using var desk = new Desk();
        desk.Mini.Answers(Good, finishReason: ChatFinishReason.Length);
        desk.Sonnet.Answers(Good);

        Assert.Equal("mini Initial Truncated, sonnet Escalation None", (await desk.AskAsync()).Attempts.Line());
    }

    [Fact]
    public async Task An_output_limit_used_up_before_the_first_word_is_an_empty_answer_and_another_model_is_asked()
    {
        using var desk = new Desk();
        desk.Mini.Answers("", finishReason: ChatFinishReason.Length);
        desk.Haiku.Answers(Good);

        Assert.Equal("mini Initial EmptyOutput, haiku Fallback None", (await desk.AskAsync()).Attempts.Line());
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("content_filter")]
    public async Task A_refusal_escalates_whatever_finish_reason_it_comes_with(string finishReason)
    {
        using var desk = new Desk();
        desk.Mini.Answers(Refusal(new ChatFinishReason(finishReason)));
        desk.Sonnet.Answers(Good);

        Assert.Equal("mini Initial Refused, sonnet Escalation None", (await desk.AskAsync()).Attempts.Line());
    }

    [Fact]
    public async Task A_content_filter_ends_the_call()
    {
        using var desk = new Desk();
        desk.Mini.Answers("", 100, 0, finishReason: ChatFinishReason.ContentFilter);

        var error = await desk.FailAsync();

        Assert.Equal(PromptErrorCode.ContentFiltered, error.Code);
        Assert.Equal("mini Initial ContentFiltered", error.Attempts.Line());
        Assert.Empty(desk.Haiku.Requests);
        Assert.Empty(desk.Sonnet.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    public async Task An_empty_answer_goes_to_the_next_model(string text)
    {
        using var desk = new Desk();
        desk.Mini.Answers(text);
        desk.Haiku.Answers(Good);

        Assert.Equal("mini Initial EmptyOutput, haiku Fallback None", (await desk.AskAsync()).Attempts.Line());
    }

    [Fact]
    public async Task Tool_calls_and_thoughts_without_text_are_an_empty_answer()
    {
        using var desk = new Desk();
        var message = new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("hm"), new FunctionCallContent("1", "lookup")]);
        desk.Mini.Answers(new ChatResponse(message) { FinishReason = ChatFinishReason.ToolCalls });
        desk.Haiku.Answers(Good);

        Assert.Equal("mini Initial EmptyOutput, haiku Fallback None", (await desk.AskAsync()).Attempts.Line());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("pause_turn")]
    public async Task A_finish_reason_that_says_nothing_leaves_it_to_the_text(string? finishReason)
    {
        using var desk = new Desk();
        desk.Mini.Answers(new ChatResponse(new ChatMessage(ChatRole.Assistant, Good)) { FinishReason = finishReason is null ? null : new ChatFinishReason(finishReason) });

        Assert.Equal("mini Initial None", (await desk.AskAsync()).Attempts.Line());
    }

    [Fact]
    public async Task A_prompt_that_is_too_long_goes_only_to_models_with_a_larger_window()
    {
        using var desk = new Desk();
        desk.Mini.Fails(new ProviderException(PromptErrorCode.ContextLength));
        desk.Sonnet.Answers(Good);

        var result = await desk.AskAsync();

        Assert.Equal("mini Initial ContextLength, sonnet Fallback None", result.Attempts.Line());
        Assert.Empty(desk.Haiku.Requests);
    }

    [Fact]
    public async Task A_prompt_that_no_tokenizer_can_make_fit_is_not_sent()
    {
        using var desk = new Desk();
        desk.Sonnet.Answers(Good);

        var result = await desk.AskAsync(ticket: new string('x', 300_000));
        var error = await desk.FailAsync(ticket: new string('x', 4_000_000));

        Assert.Equal("sonnet Fallback None", result.Attempts.Line());
        Assert.Equal(PromptErrorCode.RouteExhausted, error.Code);
        Assert.Empty(error.Attempts);
        Assert.Contains("haiku (context window not larger)", error.Message, StringComparison.Ordinal);
        Assert.Contains("mini (prompt longer than its context window)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_window_is_not_known_the_next_model_is_worth_a_try()
    {
        using var desk = new Desk();
        desk.Llama.Fails(new ProviderException(PromptErrorCode.ContextLength));
        desk.Mini.Answers(Good);
        var prompt = Sample.Define(route: new PromptStep(Tier.SelfHosted, [Sample.Llama, Sample.Mini]));

        Assert.Equal("llama3.1:70b Initial ContextLength, mini Fallback None", (await desk.AskAsync(prompt)).Attempts.Line());
    }

    [Fact]
    public async Task A_step_left_through_faults_leads_to_the_next_one_as_a_fallback()
    {
        using var desk = new Desk();
        desk.Mini.Fails(new ProviderException(PromptErrorCode.Auth));
        desk.Haiku.Fails(new ProviderException(PromptErrorCode.NotFound));
        desk.Sonnet.Answers(Good);

        Assert.Equal("mini Initial Auth, haiku Fallback NotFound, sonnet Fallback None", (await desk.AskAsync()).Attempts.Line());
    }

    [Fact]
    public async Task Replacements_come_after_the_models_of_the_step()
    {
        using var desk = new Desk();
        desk.Mini.Fails(new ProviderException(PromptErrorCode.Auth));
        desk.Llama.Answers(Good);
        var prompt = Sample.Define(route: new PromptStep(Tier.Fast, [Sample.Mini], Sample.Llama));

        var result = await desk.AskAsync(prompt);

        Assert.Equal("mini Initial Auth, llama3.1:70b Fallback None", result.Attempts.Line());
        Assert.Equal(Tier.SelfHosted, result.Tier);
    }

    [Fact]
    public async Task An_exhausted_route_is_one_error_with_every_attempt_in_order_and_the_first_cause_inside()
    {
        using var desk = new Desk();
        desk.Mini.Fails(new ProviderException(PromptErrorCode.Auth));
        desk.Haiku.Answers("{", finishReason: ChatFinishReason.Length);
        desk.Sonnet.Fails(new ProviderException(PromptErrorCode.NotFound));

        var error = await desk.FailAsync();

        Assert.Equal(PromptErrorCode.RouteExhausted, error.Code);
        Assert.Equal("mini Initial Auth, haiku Fallback Truncated, sonnet Escalation NotFound", error.Attempts.Line());
        Assert.Equal(PromptErrorCode.Auth, Assert.IsType<ProviderRequestException>(error.InnerException).Code);
        Assert.Contains("1. mini (Initial): Auth; 2. haiku (Fallback): Truncated; 3. sonnet (Escalation): NotFound", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_that_cannot_be_built_from_the_answer_is_a_violation()
    {
        using var desk = new Desk();
        desk.Mini.Answers("13").Answers(Good);
        var step = new PromptStep(Tier.Fast, [Sample.Mini]);
        using var call = desk.Runtime.Start(new PromptDefinition<int>("Desk.Lucky", "00c0ffee", new LuckyContract(), step), CancellationToken.None);

        Assert.True(await call.TryAsync(step, new UrgencyTemplate(Sample.Ticket)));

        Assert.Equal("mini Initial SchemaMismatch, mini Repair None", call.Result.Attempts.Line());
        Assert.Equal(new SchemaViolation("", "a value that Int32 can be built from", "OverflowException"), Assert.Single(call.Result.Attempts[0].Violations));
    }

    [Fact]
    public async Task A_check_that_throws_ends_the_call_with_the_ledger_and_the_exception_inside()
    {
        using var desk = new Desk();
        desk.Mini.Answers(Good);

        var error = await desk.FailAsync(reject: static _ => throw new FormatException("CANARY"));

        Assert.Equal(PromptErrorCode.NotAccepted, error.Code);
        Assert.Equal("The acceptance check of Desk.Urgency threw FormatException.", error.Message);
        Assert.Equal("The acceptance check threw FormatException.", error.Attempts[0].RejectionReason);
        Assert.IsType<FormatException>(error.InnerException);
        Assert.Equal("mini Initial NotAccepted", error.Attempts.Line());
        Assert.DoesNotContain("CANARY", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PromptErrorCode.Auth)]
    [InlineData(PromptErrorCode.ContentFiltered)]
    [InlineData(PromptErrorCode.SchemaMismatch)]
    [InlineData(PromptErrorCode.NotAccepted)]
    public async Task Messages_hold_no_text_of_prompt_answer_or_provider(PromptErrorCode outcome)
    {
        using var desk = new Desk();
        foreach (var model in new[] { desk.Mini, desk.Haiku, desk.Sonnet })
        {
            _ = outcome switch
            {
                PromptErrorCode.SchemaMismatch => model.Answers("""{"CANARY":9}""").Answers("""{"CANARY":9}"""),
                PromptErrorCode.NotAccepted => model.Answers(Good),
                _ => model.Fails(new ProviderException(outcome)),
            };
        }

        var error = await desk.FailAsync(reject: static value => $"CANARY {value}");

        Assert.DoesNotContain("CANARY", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Attempts);
        Assert.All(error.Attempts, attempt =>
        {
            Assert.Equal(outcome, attempt.Outcome);
            Assert.DoesNotContain("CANARY", attempt.ToString(), StringComparison.Ordinal);
        });
    }

    private static ChatResponse Refusal(ChatFinishReason finishReason) =>
        new(new ChatMessage(ChatRole.Assistant, [new ErrorContent("I can't help with that") { ErrorCode = "Refusal" }])) { FinishReason = finishReason };

    /// <summary>Stands for an output type whose constructor checks more than its contract says.</summary>
    private sealed class LuckyContract : PromptContract<int>
    {
        public override string Name => "Lucky";

        public override ReadOnlySpan<byte> SchemaUtf8 => """{"type":"integer"}"""u8;

        public override ContractReading<int> Read(string answer, Tolerance tolerance) =>
            answer == "13" ? throw new OverflowException("CANARY") : new(PromptErrorCode.None, 3, [], []);

        public override int ReadValue(ref ContractReader reader) => throw new InvalidOperationException("Read is replaced.");
    }
}
