using PromptGen.Routing;
using PromptGen.Tests.Ledgers;

namespace PromptGen.Tests.Execution;

/// <summary>What a client returns for a request whose answer is not streamed.</summary>
public sealed class BufferedExchangeTests
{
    [Fact]
    public async Task A_client_that_returns_no_task_breaks_the_protocol_and_no_exception_is_reported_for_it()
    {
        using var desk = new Desk(static builder => builder.Resilience.MaxRetries = 0);
        desk.Mini.Then(static (_, _) => null!);

        var error = await desk.FailAsync(Sample.Define(route: new PromptStep(Tier.Fast, [Sample.Mini])));

        Assert.Equal("mini Initial ProtocolError", error.Attempts.Line());
        Assert.Null(error.InnerException);
        Assert.DoesNotContain("First failure", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_an_answer_that_is_too_large_a_ledger_keeps_no_text()
    {
        var ledger = new InMemoryCallLedger();
        await using var desk = new RecordingDesk(ledger, static options => options.CaptureContent = true, static builder => builder.Resilience.MaxAnswerBytes = 65_536);
        desk.Models.Mini.Answers(new string('a', 65_537));
        desk.Models.Sonnet.Answers("""{"value":3}""");

        await desk.Models.AskAsync();
        await desk.CloseAsync();

        var call = Assert.Single(await ledger.AllAsync());
        Assert.Equal([(PromptErrorCode.OutputTooLarge, ""), (PromptErrorCode.None, """{"value":3}""")], call.Attempts.Select(static attempt => (attempt.Outcome, attempt.Answer)));
    }
}
