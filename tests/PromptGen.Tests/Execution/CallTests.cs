using Microsoft.Extensions.AI;
using PromptGen.Catalog;
using PromptGen.Contracts;
using PromptGen.Routing;
using PromptGen.Testing;

namespace PromptGen.Tests.Execution;

public class CallTests
{
    [Fact]
    public async Task A_good_answer_is_returned_with_its_ledger_and_cost()
    {
        using var desk = new Desk();
        desk.Mini.Answers("""{"value":3}""", inputTokens: 1_000, outputTokens: 500);

        var result = await desk.AskAsync();

        Assert.Equal(3, result.Value);
        Assert.Equal("mini", result.ModelId);
        Assert.Equal(Tier.Fast, result.Tier);
        Assert.Equal("mini Initial None", result.Attempts.Line());
        Assert.Equal(new PromptCost(0.002m, true), result.Cost);
        Assert.Equal(result.Cost, result.Attempts[0].Cost);
        Assert.Equal("openai", result.Attempts[0].Provider);
        Assert.Equal(1_000, result.Attempts[0].Usage!.InputTokenCount);
    }

    [Fact]
    public async Task Durations_are_those_of_the_clock()
    {
        using var desk = new Desk();
        desk.Mini.Then((_, _) =>
        {
            desk.Clock.Advance(TimeSpan.FromSeconds(2));
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, """{"value":3}""")));
        });

        var result = await desk.AskAsync();

        Assert.Equal(TimeSpan.FromSeconds(2), result.Attempts[0].Duration);
        Assert.Equal(TimeSpan.FromSeconds(2), result.Duration);
    }

    [Fact]
    public async Task The_request_carries_model_limit_schema_and_rendered_messages()
    {
        using var desk = new Desk();
        desk.Mini.Answers("""{"value":3}""");

        await desk.AskAsync(Sample.Define(maxOutputTokens: 300));

        var request = Assert.Single(desk.Mini.Requests);
        Assert.Equal("mini", request.Options.ModelId);
        Assert.Equal(300, request.Options.MaxOutputTokens);
        Assert.Equal("Urgency", Assert.IsType<ChatResponseFormatJson>(request.Options.ResponseFormat).SchemaName);
        Assert.Equal($"system: Rate the urgency. Model: mini\nuser: {Sample.Ticket}", request.Text);
    }

    [Theory]
    [InlineData(null, 1_000)]
    [InlineData(300, 300)]
    [InlineData(5_000, 1_000)]
    public async Task An_output_limit_is_always_sent_and_never_above_the_models(int? ofPrompt, int sent)
    {
        using var desk = new Desk();
        desk.Mini.Answers("""{"value":3}""");

        await desk.AskAsync(Sample.Define(maxOutputTokens: ofPrompt));

        Assert.Equal(sent, desk.Mini.Requests[0].Options.MaxOutputTokens);
    }

    [Fact]
    public async Task A_model_without_structured_output_gets_the_schema_in_its_last_user_message()
    {
        using var desk = new Desk();
        desk.Llama.Answers("""{"value":3}""");

        await desk.AskAsync(Sample.Define(route: new PromptStep(Tier.SelfHosted, [Sample.Llama])));

        var request = desk.Llama.Requests[0];
        Assert.Same(ChatResponseFormat.Json, request.Options.ResponseFormat);
        Assert.StartsWith(Sample.Ticket, request.Messages[^1].Text, StringComparison.Ordinal);
        Assert.Contains("\"maximum\":5", request.Messages[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_without_any_json_feature_is_asked_in_words_alone()
    {
        var plain = new ModelInfo("plain", "openai", Tier.Fast) { Features = ModelFeatures.None };
        using var desk = new Desk();
        desk.Model("plain").Answers("""{"value":3}""");

        await desk.AskAsync(Sample.Define(route: new PromptStep(Tier.Fast, [plain])));

        var request = desk.Model("plain").Requests[0];
        Assert.Null(request.Options.ResponseFormat);
        Assert.Contains("\"maximum\":5", request.Messages[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_that_the_template_wrote_is_not_appended_again()
    {
        using var desk = new Desk();
        desk.Llama.Answers("""{"value":3}""");
        var step = new PromptStep(Tier.SelfHosted, [Sample.Llama]);
        using var call = desk.Runtime.Start(Sample.Define(route: step), CancellationToken.None);

        Assert.True(await call.TryAsync(step, new UrgencyTemplate(Sample.Ticket, writesSchema: true)));

        Assert.Contains("\"maximum\":5", desk.Llama.Requests[0].Messages[0].Text, StringComparison.Ordinal);
        Assert.Equal(Sample.Ticket, desk.Llama.Requests[0].Messages[^1].Text);
    }

    [Fact]
    public async Task A_text_prompt_asks_for_no_format_and_returns_the_text_as_it_came()
    {
        using var desk = new Desk();
        desk.Mini.Answers("  not { json ");
        var prompt = new PromptDefinition<string>("Desk.Reply", "00c0ffee", TextContract.Instance, Sample.Fast);
        using var call = desk.Runtime.Start(prompt, CancellationToken.None);

        Assert.True(await call.TryAsync(Sample.Fast, new UrgencyTemplate(Sample.Ticket)));

        Assert.Equal("  not { json ", call.Value);
        Assert.Null(desk.Mini.Requests[0].Options.ResponseFormat);
        Assert.Equal(Sample.Ticket, desk.Mini.Requests[0].Messages[^1].Text);
    }

    [Fact]
    public async Task Without_an_accepted_answer_there_is_no_value()
    {
        using var desk = new Desk();
        desk.Mini.Answers("{", finishReason: ChatFinishReason.Length);
        using var call = desk.Runtime.Start(Sample.Prompt, CancellationToken.None);

        Assert.False(await call.TryAsync(Sample.Fast, new UrgencyTemplate(Sample.Ticket)));

        Assert.Equal("No step of Desk.Urgency gave an accepted answer.", Assert.Throws<InvalidOperationException>(() => call.Value).Message);
        Assert.Throws<InvalidOperationException>(() => call.Result);
    }

    [Fact]
    public async Task The_time_that_a_call_took_ends_with_its_answer()
    {
        using var desk = new Desk();
        desk.Mini.Then((_, _) =>
        {
            desk.Clock.Advance(TimeSpan.FromSeconds(2));
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, """{"value":3}""")));
        });
        using var call = desk.Runtime.Start(Sample.Prompt, CancellationToken.None);
        desk.Clock.Advance(TimeSpan.FromSeconds(1));
        await call.TryAsync(Sample.Fast, new UrgencyTemplate(Sample.Ticket));
        desk.Clock.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(TimeSpan.FromSeconds(3), call.Result.Duration);

        using var other = desk.Runtime.Start(Sample.Prompt, CancellationToken.None);
        desk.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(TimeSpan.FromSeconds(4), other.Served(5).Duration);
    }

    [Fact]
    public void A_call_that_took_no_step_exhausted_its_route()
    {
        using var desk = new Desk();
        using var call = desk.Runtime.Start(Sample.Prompt, CancellationToken.None);

        Assert.Equal(PromptErrorCode.RouteExhausted, call.Exhausted().Code);
    }

    [Fact]
    public async Task A_model_that_is_skipped_does_not_make_an_escalation_a_fallback()
    {
        using var desk = new Desk();
        desk.Haiku.Fails(new ProviderException(PromptErrorCode.QuotaExhausted));
        await desk.FailAsync(Sample.Define(route: new PromptStep(Tier.Fast, [Sample.Haiku])));
        desk.Mini.Answers("no");
        desk.Sonnet.Answers("""{"value":3}""");

        var result = await desk.AskAsync(Sample.Define(repairs: 0, route: [new PromptStep(Tier.Fast, [Sample.Mini]), new PromptStep(Tier.General, [Sample.Haiku, Sample.Sonnet])]));

        Assert.Equal("mini Initial InvalidJson, sonnet Escalation None", result.Attempts.Line());
    }

    [Fact]
    public async Task A_classifier_that_calls_a_failure_none_is_not_believed()
    {
        using var desk = new Desk();
        desk.Mini.Fails(new ProviderException(PromptErrorCode.None)).Fails(new ProviderException(PromptErrorCode.None));
        desk.Haiku.Answers("""{"value":3}""");

        var result = await desk.WaitOutAsync(desk.AskAsync());

        Assert.Equal("mini Initial ProtocolError, mini Retry ProtocolError, haiku Fallback None", result.Attempts.Line());
    }

    [Fact]
    public async Task A_value_of_the_fallback_method_keeps_the_ledger_and_names_no_model()
    {
        using var desk = new Desk();
        desk.Mini.Answers("""{"value":3}""", inputTokens: 1_000, outputTokens: 0, finishReason: ChatFinishReason.Length);
        using var call = desk.Runtime.Start(Sample.Prompt, CancellationToken.None);
        await call.TryAsync(Sample.Fast, new UrgencyTemplate(Sample.Ticket));

        var result = call.Served(5);

        Assert.Equal(5, result.Value);
        Assert.Equal("", result.ModelId);
        Assert.Equal(Tier.General, result.Tier);
        Assert.Equal("mini Initial Truncated", result.Attempts.Line());
        Assert.Equal(new PromptCost(0.001m, true), result.Cost);
    }

    [Fact]
    public async Task A_hundred_calls_at_once_do_not_disturb_each_other()
    {
        using var models = new ScriptedChatClient(async (request, cancellationToken) =>
        {
            await Task.Yield();
            var urgency = int.Parse(request.Messages[^1].Text, System.Globalization.CultureInfo.InvariantCulture) % 5 + 1;
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, $$"""{"value":{{urgency}}}""")) { Usage = new() { InputTokenCount = 1, OutputTokenCount = 1 } };
        });
        using var runtime = PromptRuntime.Create(builder => builder.AddProvider("openai", _ => models));

        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            using var call = runtime.Start(Sample.Prompt, CancellationToken.None);
            Assert.True(await call.TryAsync(Sample.Fast, new UrgencyTemplate(i.ToString(System.Globalization.CultureInfo.InvariantCulture))));
            return call.Result;
        }));

        Assert.Equal(Enumerable.Range(0, 100).Select(static i => (i % 5) + 1), results.Select(static result => result.Value));
        Assert.All(results, static result => Assert.Single(result.Attempts));
        Assert.Equal(100, models.Requests.Count);
    }
}
