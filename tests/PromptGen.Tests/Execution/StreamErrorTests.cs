using PromptGen.Tests.Ledgers;

namespace PromptGen.Tests.Execution;

/// <summary>What the exception of a stream that broke off has beside its code and its text.</summary>
public sealed class StreamErrorTests
{
    [Fact]
    public async Task It_has_the_id_under_which_a_ledger_records_the_call()
    {
        var ledger = new InMemoryCallLedger();
        await using var desk = new RecordingDesk(ledger);
        desk.Models.Mini.Stream().Send("Dear ").End();

        var error = await Assert.ThrowsAsync<PromptStreamException>(() => desk.Models.ReplyAsync().ToListAsync());
        await desk.CloseAsync();

        var call = Assert.Single(await ledger.AllAsync());
        Assert.Equal((PromptErrorCode.Truncated, call.CallId), (call.Outcome, error.CallId));
    }

    [Fact]
    public async Task It_has_the_exception_of_the_client_where_messages_of_providers_are_asked_for()
    {
        using var desk = new Desk(static builder => builder.Telemetry.IncludeProviderMessages = true);
        var failure = new IOException("The disk is full.");
        desk.Mini.Stream().Send("Dear ").End(failure);

        var error = await Assert.ThrowsAsync<PromptStreamException>(() => desk.ReplyAsync().ToListAsync());

        Assert.Same(failure, error.InnerException);
    }
}
