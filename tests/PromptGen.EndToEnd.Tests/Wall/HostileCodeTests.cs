using PromptGen.Testing;
using Models = PromptGen.EndToEnd.Tests.Calls.Catalog;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Rows 101 and 102: bugs in the program's own checks and fallback methods.</summary>
public sealed class HostileCodeTests : WallTests
{
    [Fact]
    public async Task Row101_A_bug_in_a_check_of_the_output_ends_the_call_and_no_model_is_asked_to_correct_it()
    {
        Server.Enqueue(Models.Mini, Reply("""{"number":7}"""));

        var call = await Observe(token => Desk.AuditAsync(Ticket, token));

        Assert.Equal([$"{Models.Mini} Initial Configuration"], call.Ledger);
        Assert.Equal(PromptErrorCode.Configuration, call.Code);
        Assert.IsType<InvalidTimeZoneException>(call.Error!.InnerException);
        Assert.Equal(0.002m, call.Attempts[0].Cost.Usd);
    }

    [Theory]
    [InlineData("never ends")]
    [InlineData("throws")]
    [InlineData("throws at once")]
    public async Task Row102_A_fallback_method_that_fails_or_takes_too_long_is_an_error_with_the_ledger(string how)
    {
        Server.Enqueue(Models.Mini, ModelReply.Error(401, message: ErrorText));
        Desk.Person = how switch
        {
            "never ends" => static () => new TaskCompletionSource<Report>().Task,
            "throws" => static () => Task.FromException<Report>(new InvalidTimeZoneException()),
            _ => static () => throw new InvalidTimeZoneException(),
        };

        var asking = Observe(token => Desk.ReportOrAskAsync(Ticket, token));
        if (how == "never ends")
        {
            Time.Advance(await Time.WaitForTimerAsync(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2)).WaitAsync(Hanging));
        }

        var call = await asking;
        Assert.Equal(PromptErrorCode.RouteExhausted, call.Code);
        Assert.Equal([$"{Models.Mini} Initial Auth"], call.Ledger);
        Assert.IsType(how == "never ends" ? typeof(TimeoutException) : typeof(InvalidTimeZoneException), call.Error!.InnerException);
    }
}
