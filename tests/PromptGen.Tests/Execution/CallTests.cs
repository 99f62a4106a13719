using Microsoft.Extensions.AI;

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
        Assert.Equal(1_000, result.Attempts[0].Usage!.InputTokenCount);
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
}
