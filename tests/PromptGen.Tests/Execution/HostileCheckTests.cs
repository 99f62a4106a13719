using PromptGen.Contracts;
using PromptGen.Tests.Contracts;

namespace PromptGen.Tests.Execution;

/// <summary>What a check of the output type throws is a bug: no model is asked to correct it.</summary>
public sealed class HostileCheckTests
{
    public static TheoryData<Exception> Bugs => [new InvalidTimeZoneException("CANARY"), new ArgumentException("CANARY"), new System.Text.Json.JsonException("CANARY")];

    [Theory]
    [MemberData(nameof(Bugs))]
    public async Task A_bug_in_a_check_is_an_error_of_the_program_with_the_exception_and_the_ledger(Exception bug)
    {
        using var desk = new Desk();
        desk.Mini.Answers("""{"value":3}""", inputTokens: 1_000, outputTokens: 0);

        var error = await desk.FailAsync(Define(_ => throw bug));

        Assert.Equal(PromptErrorCode.Configuration, error.Code);
        Assert.Same(bug, error.InnerException);
        Assert.Equal("mini Initial Configuration", error.Attempts.Line());
        Assert.Equal(0.001m, error.Attempts[0].Cost.Usd);
        Assert.Empty(error.Attempts[0].Violations);
        Assert.Equal($"A check of the output of Desk.Urgency threw {bug.GetType().Name}.", error.Message);
        Assert.Single(desk.Mini.Requests);
    }

    [Fact]
    public async Task What_it_throws_once_the_caller_has_cancelled_is_a_cancellation()
    {
        using var desk = new Desk();
        using var cancellation = new CancellationTokenSource();
        desk.Mini.Answers("""{"value":3}""");

        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => desk.AskAsync(
            Define(_ =>
            {
                cancellation.Cancel();
                throw new InvalidTimeZoneException();
            }),
            cancellationToken: cancellation.Token));

        Assert.Equal("mini Initial Cancelled", Assert.IsType<PromptException>(error.InnerException).Attempts.Line());
    }

    [Fact]
    public async Task In_the_first_element_of_a_stream_it_ends_the_call_and_in_a_later_one_the_stream()
    {
        using var desk = new Desk();
        var prompt = StreamSample.Elements();
        desk.Mini.Streams("""{"value":[3]}""");
        var first = await Assert.ThrowsAsync<PromptException>(() => Stream(3).ToListAsync());
        desk.Mini.Streams("""{"value":[3,4]}""");
        var items = new List<int>();
        var later = await Assert.ThrowsAsync<PromptStreamException>(() => Stream(4).ToListAsync(items));

        Assert.All([first, later], static error =>
        {
            Assert.Equal(PromptErrorCode.Configuration, error.Code);
            Assert.IsType<InvalidTimeZoneException>(error.InnerException);
            Assert.Equal("mini Initial Configuration", error.Attempts.Line());
        });
        Assert.Equal([3], items);

        IAsyncEnumerable<int> Stream(int at) => StreamDesk.ItemsAsync(
            desk.Runtime.Stream(prompt, Checked(value => value == at ? throw new InvalidTimeZoneException() : null), CancellationToken.None),
            prompt);
    }

    [Fact]
    public void Reading_an_answer_without_a_call_throws_it_as_well()
    {
        var error = Assert.Throws<PromptException>(() => Checked(static _ => throw new InvalidTimeZoneException()).Read("""{"value":3}"""));

        Assert.Equal(PromptErrorCode.Configuration, error.Code);
        Assert.IsType<InvalidTimeZoneException>(error.InnerException);
    }

    private static PromptGen.Routing.PromptDefinition<int> Define(Func<int, string?> check) =>
        new("Desk.Urgency", "00c0ffee", Checked(check), Sample.Fast) { Repairs = 1 };

    private static ValueContract<int> Checked(Func<int, string?> check) => new((ref ContractReader reader) =>
    {
        var start = reader.Position;
        var value = reader.Int32("an integer");
        reader.Check(value, check, start);
        return value;
    });
}
