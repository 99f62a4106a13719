using Microsoft.Extensions.AI;
using PromptGen.Catalog;
using PromptGen.Prompts;
using PromptGen.Routing;

namespace PromptGen.Tests.Execution;

/// <summary>What a rejected answer has for the next request: the reason to repair, or the answer itself for the templates of the next step.</summary>
public sealed class RejectedAnswerTests
{
    private const string Two = """{"value":2}""";
    private const string Three = """{"value":3}""";

    [Fact]
    public async Task A_model_repairs_for_the_reason_of_a_judge_that_allows_it()
    {
        using var desk = new Desk();
        desk.Mini.Answers(Two).Answers(Three);
        using var call = desk.Runtime.StartJudged(
            Sample.Prompt,
            static (value, _) => new ValueTask<PromptRejection?>(value == 2 ? new PromptRejection("too calm for a double charge", IsRepairable: true) : null),
            CancellationToken.None);

        Assert.True(await call.TryAsync(Sample.Fast, new UrgencyTemplate(Sample.Ticket)));

        Assert.Equal("mini Initial NotAccepted, mini Repair None", call.Result.Attempts.Line());
        Assert.Contains("too calm for a double charge", desk.Mini.Requests[1].Messages[^1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no", null, "no")]
    [InlineData("""{"value":9}""", null, """{"value":9}""")]
    [InlineData(Two, null, Two)]
    [InlineData(Two, "length", "none")]
    public async Task The_next_step_can_name_an_answer_that_was_rejected_and_no_other_one(string answer, string? finishReason, string named)
    {
        using var desk = new Desk();
        desk.Mini.Answers(answer, finishReason: finishReason is null ? null : new ChatFinishReason(finishReason));
        desk.Sonnet.Answers(Three);
        var prompt = new PromptDefinition<int>("Desk.Urgency", "00c0ffee", new UrgencyContract(), Sample.Fast) { Repairs = 0, UsesPrevious = true };
        using var call = desk.Runtime.Start(prompt, static value => value == 2 ? "too calm" : null, CancellationToken.None);

        Assert.False(await call.TryAsync(Sample.Fast, new PreviousTemplate()));
        Assert.True(await call.TryAsync(Sample.General, new PreviousTemplate()));

        Assert.Equal("Previous: none", desk.Mini.Requests[0].Messages[0].Text);
        Assert.Equal("Previous: " + named, desk.Sonnet.Requests[0].Messages[0].Text);
    }

    private sealed class PreviousTemplate : IPromptTemplate
    {
        public void Render(ModelInfo model, PromptWriter prompt)
        {
            prompt.Role(PromptRole.System);
            prompt.Append("Previous: ");
            prompt.Append(prompt.Previous<int?>()?.Answer ?? "none");
            prompt.Role(PromptRole.User);
            prompt.Append(Sample.Ticket);
        }
    }
}
