using Microsoft.Extensions.Configuration;
using PromptGen.Testing;
using Models = PromptGen.EndToEnd.Tests.Calls.Catalog;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Rows 23, 57–59 and 74: what a call cost, what it may cost, and who is paid. Mini costs $1 and $2 per million tokens, Haiku 2 and 4, Sonnet 10 and 20.</summary>
public sealed class MoneyTests : WallTests
{
    [Theory]
    [ViaBoth]
    public async Task Row23_Each_attempt_costs_what_its_own_model_charges(Via via)
    {
        Enqueue(via, Reply(Broken), ModelReply.Error(401));
        BackupAnswers(via);

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial SchemaMismatch", $"{Primary(via)} Repair Auth", $"{Backup(via)} Fallback None"], call.Ledger);
        Assert.Equal(Backup(via), call.Result!.ModelId);
        Assert.Equal([CostOf(Primary(via)), PromptCost.Zero, CostOf(Backup(via))], call.Attempts.Select(static attempt => attempt.Cost));
        Assert.Equal(new PromptCost(0.006m, IsComplete: true), call.Result.Cost);
    }

    [Theory]
    [ViaBoth]
    public async Task Row23_An_attempt_that_may_have_been_charged_leaves_the_cost_incomplete(Via via)
    {
        Enqueue(via, Reply(Good) with { Fault = ModelFault.CutAndReset }, Reply(Good));

        var call = await AskAsync(via);

        Assert.Equal([PromptCost.Unknown, CostOf(Primary(via))], call.Attempts.Select(static attempt => attempt.Cost));
        Assert.False(call.Result!.Cost.IsComplete);
    }

    [Theory]
    [ViaBoth("negative input", "negative output", "absurd")]
    public async Task Row57_Usage_that_cannot_be_makes_the_cost_incomplete_and_never_negative(Via via, string usage)
    {
        Enqueue(via, usage switch
        {
            "negative input" => Reply(Good, input: -1_000),
            "negative output" => Reply(Good, output: -1),
            _ => ModelReply.Raw(200, "application/json", Absurd(via)),
        });

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial None"], call.Ledger);
        Assert.True(call.Attempts[0].IsUsageImplausible);
        Assert.InRange(call.Attempts[0].Usage!.InputTokenCount!.Value, 0, 200_000);
        Assert.False(call.Result!.Cost.IsComplete);
        Assert.InRange(call.Result.Cost.Usd, 0m, CostOf(Primary(via)).Usd);
    }

    // Of Anthropic's protocol usage is a part that its SDK insists on.
    [Theory]
    [InlineData(Via.OpenAI, PromptErrorCode.None)]
    [InlineData(Via.Anthropic, PromptErrorCode.ProtocolError)]
    public async Task Row57_Usage_that_is_missing_is_not_zero(Via via, PromptErrorCode outcome)
    {
        Enqueue(via, Reply(Good) with { ReportsUsage = false });
        Otherwise = static _ => Reply(Good);

        var call = await AskAsync(via);

        Assert.Equal(outcome, call.Attempts[0].Outcome);
        Assert.Equal(PromptCost.Unknown, call.Attempts[0].Cost);
        Assert.False(call.Result!.Cost.IsComplete);
    }

    [Theory]
    [ViaBoth]
    public async Task Row57_More_cached_tokens_than_input_are_charged_as_all_the_input(Via via)
    {
        // Anthropic counts cached tokens beside the input, so that there can be no more of them.
        Enqueue(via, Reply(Good) with { CachedTokens = via == Via.OpenAI ? 5_000 : 1_000 });

        var call = await AskAsync(via);

        var cached = via == Via.OpenAI ? 0.5m : 0.2m;
        Assert.Equal(new PromptCost(((1_000 * cached) + (500 * (via == Via.OpenAI ? 2 : 4))) / 1_000_000, IsComplete: via == Via.Anthropic), call.Result!.Cost);
        Assert.Equal(via == Via.OpenAI, call.Attempts[0].IsUsageImplausible);
    }

    [Fact]
    public async Task Row57_A_model_without_a_price_is_not_free()
    {
        Server.Enqueue(Models.Llava, Reply(Good));

        var call = await Observe(token => Desk.LookAsync(Ticket, "https://example.com/card.png", token));

        Assert.Equal(new PromptCost(0m, IsComplete: false), call.Result!.Cost);
    }

    [Fact]
    public async Task Row58_A_step_that_the_budget_cannot_pay_for_is_not_taken()
    {
        Server.Enqueue(Models.Mini, Reply(Unsure));

        var call = await Observe(token => Desk.CheapAsync(Ticket, token));

        Assert.Equal(PromptErrorCode.BudgetExceeded, call.Code);
        Assert.Equal([$"{Models.Mini} Initial NotAccepted"], call.Ledger);
    }

    [Fact]
    public async Task Row58_A_step_ends_with_the_deadline_and_none_follows()
    {
        Server.Enqueue(Models.Mini, Reply(Unsure) with { Delay = TimeSpan.FromSeconds(4) });
        Server.Enqueue(Models.Sonnet, ModelReply.Hang());

        var call = Observe(token => Desk.HastyAsync(Ticket, token));
        await Server.WaitForRequestAsync(1).WaitAsync(Hanging);
        await Time.WaitForTimerAsync(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(4)).WaitAsync(Hanging);
        Time.Advance(TimeSpan.FromSeconds(4));
        await Server.WaitForRequestAsync(2).WaitAsync(Hanging);
        Time.Advance(TimeSpan.FromSeconds(4));

        var ended = await call;
        Assert.Equal(PromptErrorCode.DeadlineExceeded, ended.Code);
        Assert.Equal([$"{Models.Mini} Initial NotAccepted", $"{Models.Sonnet} Escalation DeadlineExceeded"], ended.Ledger);
        Assert.Equal(TimeSpan.FromSeconds(8), ended.Took);
    }

    // Twice the same model in one route is diagnostic PG0405; configuration can still make two out of one.
    [Fact]
    public async Task Row59_A_route_that_configuration_turns_in_a_circle_ends_anyway()
    {
        Configure = static builder => builder.UseConfiguration(new ConfigurationBuilder()
            .AddInMemoryCollection([
                KeyValuePair.Create($"Models:{Models.Haiku}:Id", (string?)Models.Mini),
                KeyValuePair.Create($"Models:{Models.Haiku}:Provider", (string?)"openai"),
                KeyValuePair.Create($"Models:{Models.Sonnet}:Id", (string?)Models.Mini),
                KeyValuePair.Create($"Models:{Models.Sonnet}:Provider", (string?)"openai")])
            .Build());
        Otherwise = static _ => ModelReply.Error(401);

        var call = await AskAsync(Via.OpenAI);

        Assert.Equal(PromptErrorCode.RouteExhausted, call.Code);
        Assert.InRange(call.Attempts.Count, 1, 4);
        Assert.All(call.Attempts, static attempt => Assert.Equal(Models.Mini, attempt.ModelId));
    }

    [Theory]
    [ViaBoth]
    public async Task Row74_A_model_that_is_replaced_by_another_one_is_recorded_and_priced_as_that_one(Via via)
    {
        Enqueue(via, Reply(Good) with { ModelId = Stronger });

        var call = await AskAsync(via);

        Assert.Equal(Primary(via), call.Attempts[0].ModelId);
        Assert.Equal(Stronger, call.Attempts[0].ResponseModelId);
        Assert.Equal(CostOf(Stronger), call.Result!.Cost);
    }

    [Theory]
    [ViaBoth]
    public async Task Row74_A_model_that_is_in_no_catalog_is_recorded_and_priced_as_the_one_asked(Via via)
    {
        Enqueue(via, Reply(Good) with { ModelId = "somebody-else" });

        var call = await AskAsync(via);

        Assert.Equal("somebody-else", call.Attempts[0].ResponseModelId);
        Assert.Equal(CostOf(Primary(via)), call.Result!.Cost);
    }

    /// <summary>1,000 tokens in, 500 out.</summary>
    private static PromptCost CostOf(string modelId) => new(modelId switch { Models.Mini => 0.002m, Models.Haiku => 0.004m, _ => 0.020m }, IsComplete: true);

    private static string Absurd(Via via)
    {
        var text = Good.Replace("\"", "\\\"", StringComparison.Ordinal);
        return via == Via.OpenAI
            ? $$$"""{"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":"{{{text}}}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":99999999999999,"completion_tokens":1,"total_tokens":1} }"""
            : $$$"""{"id":"x","type":"message","role":"assistant","model":"claude-3-5-haiku-20241022","content":[{"type":"text","text":"{{{text}}}"}],"stop_reason":"end_turn","usage":{"input_tokens":99999999999999,"output_tokens":1} }""";
    }
}
