using Microsoft.Extensions.AI;
using PromptGen.Execution;

namespace PromptGen.Tests.Execution;

/// <summary>What is made of an answer before and after its contract is read.</summary>
public sealed class VerdictTests
{
    private static readonly AnswerVerdict Read = new(PromptErrorCode.None, [], []);

    [Fact]
    public void No_answer_at_all_is_a_protocol_error()
    {
        Assert.Equal(PromptErrorCode.ProtocolError, AnswerClassifier.Classify(null, out var text));
        Assert.Equal("", text);
    }

    [Theory]
    [InlineData("", null, PromptErrorCode.EmptyOutput)]
    [InlineData(" ", "rate_limit_exceeded", PromptErrorCode.RateLimited)]
    [InlineData("", "something_new", PromptErrorCode.ProtocolError)]
    [InlineData("text", "rate_limit_exceeded", PromptErrorCode.None)]
    [InlineData("text", "Refusal", PromptErrorCode.Refused)]
    [InlineData("text", null, PromptErrorCode.None)]
    public void An_error_in_the_answer_counts_where_there_is_no_text(string text, string? errorCode, PromptErrorCode expected)
    {
        List<AIContent> contents = errorCode is null ? [new TextContent(text)] : [new TextContent(text), new ErrorContent("x") { ErrorCode = errorCode }];

        Assert.Equal(expected, AnswerClassifier.Classify(new ChatResponse(new ChatMessage(ChatRole.Assistant, contents)), out var read));
        Assert.Equal(expected == PromptErrorCode.None, read == "text");
    }

    [Fact]
    public async Task A_check_that_rejects_an_answer_says_why()
    {
        using var desk = new Desk();

        var now = new AcceptanceCheck<int>(static _ => "too calm").Check(3, Read, CancellationToken.None);
        var later = await new AcceptanceCheck<int>(static (_, _) => new("too calm")).CheckAsync(3, Read, Account(desk));

        Assert.Equal((PromptErrorCode.NotAccepted, "too calm"), (now.Code, now.Reason));
        Assert.Equal((PromptErrorCode.NotAccepted, "too calm"), (later.Code, later.Reason));
        Assert.Equal(Read, new AcceptanceCheck<int>(static _ => null).Check(3, Read, CancellationToken.None));
        Assert.Equal(Read, default(AcceptanceCheck<int>).Check(3, Read, CancellationToken.None));
    }

    [Fact]
    public void Only_a_reason_that_the_model_may_read_is_to_be_repaired()
    {
        SchemaViolation[] violations = [new("/value", "an integer", "x")];

        Assert.Same(violations, new AnswerVerdict(PromptErrorCode.SchemaMismatch, violations, []).ToRepair);
        Assert.Empty(new AnswerVerdict(PromptErrorCode.NotAccepted, [], [], "too calm").ToRepair);
        Assert.Equal("too calm", Assert.Single(new AnswerVerdict(PromptErrorCode.NotAccepted, [], [], "too calm", MayRepair: true).ToRepair).Actual);
    }

    [Fact]
    public async Task A_check_that_throws_is_named_unless_the_caller_cancelled()
    {
        using var desk = new Desk();
        var cancelled = new CancellationToken(canceled: true);
        var check = new AcceptanceCheck<int>(static _ => throw new FormatException());
        var checkAsync = new AcceptanceCheck<int>(static ValueTask<string?> (_, _) => throw new FormatException());

        foreach (var verdict in new[] { check.Check(3, Read, CancellationToken.None), await checkAsync.CheckAsync(3, Read, Account(desk)) })
        {
            Assert.Equal((PromptErrorCode.NotAccepted, "The acceptance check threw FormatException."), (verdict.Code, verdict.Reason));
            Assert.IsType<FormatException>(verdict.Exception);
        }

        foreach (var verdict in new[] { check.Check(3, Read, cancelled), await checkAsync.CheckAsync(3, Read, Account(desk, cancellationToken: cancelled)) })
        {
            Assert.Equal((PromptErrorCode.Cancelled, null), (verdict.Code, verdict.Exception));
        }
    }

    [Fact]
    public async Task A_caller_who_cancels_during_a_check_with_a_deadline_does_not_wait_for_it()
    {
        using var source = new CancellationTokenSource();
        using var desk = new Desk();
        var never = new TaskCompletionSource<string?>();
        var pending = new AcceptanceCheck<int>((_, _) => new(never.Task)).CheckAsync(3, Read, Account(desk, TimeSpan.FromSeconds(5), source.Token));

        Assert.False(pending.IsCompleted);
        source.Cancel();

        Assert.Equal(PromptErrorCode.Cancelled, (await pending).Code);
    }

    private static CallAccount Account(Desk desk, TimeSpan? deadline = null, CancellationToken cancellationToken = default) =>
        new(desk.Runtime, Sample.Define(deadline: deadline), cancellationToken);
}
