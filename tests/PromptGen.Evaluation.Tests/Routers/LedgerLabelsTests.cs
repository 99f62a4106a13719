using System.Text.Json;

namespace PromptGen.Evaluation.Tests.Routers;

/// <summary>What the calls of a ledger say about two models.</summary>
public sealed class LedgerLabelsTests
{
    private const string Weak = "mini";
    private const string Strong = "sonnet";

    [Fact]
    public async Task An_answer_is_right_or_wrong_by_its_verdicts()
    {
        var labels = await ReadAsync(
            Call("easy", [Attempt(Weak)], 1),
            Call("split", [Attempt(Weak)], 0, 1),
            Call("hard", [Attempt(Weak)], 0),
            Call("up", [Attempt(Strong)], 1),
            Call("down", [Attempt(Strong)], 1),
            Call("unjudged", [Attempt(Weak)]));

        Assert.Equal(["easy", "split"], labels.Examples.Select(static example => example.Input));
        Assert.All(labels.Examples, static example => Assert.Equal((true, true, "Desk.AnswerAsync"), (example.WeakCorrect, example.StrongCorrect, example.Task)));
        Assert.Equal((6, 2, 3, 0), (labels.Calls, labels.Assumed, labels.LeftOut, labels.WithoutText));
        Assert.Equal(new DateOnly(2026, 11, 30), labels.Date);
    }

    [Theory]
    [InlineData(PromptErrorCode.NotAccepted, false)]
    [InlineData(PromptErrorCode.SchemaMismatch, false)]
    [InlineData(PromptErrorCode.InvalidJson, false)]
    [InlineData(PromptErrorCode.RateLimited, null)]
    public async Task A_model_whose_answer_was_rejected_was_wrong(PromptErrorCode outcome, bool? weak)
    {
        var labels = await ReadAsync(
            Call("escalated", [Attempt(Weak) with { Outcome = outcome }, Attempt(Strong) with { Reason = PromptAttemptReason.Escalation }], 1),
            Call("other", [Attempt(Weak)], 1));

        var found = labels.Examples.SingleOrDefault(static example => example.Input == "escalated");
        Assert.Equal(weak, found?.WeakCorrect);
        Assert.Equal(weak is null, found is null);
        Assert.True(found?.StrongCorrect ?? true);
        Assert.Equal(weak is null ? 1 : 0, labels.LeftOut);
    }

    [Fact]
    public async Task Calls_with_the_same_text_are_one_example()
    {
        var labels = await ReadAsync(
            Call("same", [Attempt(Weak)], 0),
            Call("same", [Attempt(Strong)], 1),
            Call("same", [Attempt(Weak)], 0),
            Call("same", [Attempt(Weak)], 1),
            Call("other", [Attempt(Weak)], 1),
            Call("again", [Attempt(Strong)], 0));

        Assert.Equal([("same", false, true), ("other", true, true)], labels.Examples.Select(static example => (example.Input, example.WeakCorrect, example.StrongCorrect)));
        Assert.Equal((1, 1), (labels.Assumed, labels.LeftOut));
    }

    [Fact]
    public async Task Votes_say_something_about_every_member()
    {
        CallVote[] votes = [new CallVote(Weak, 1, Counted: true, IsBehindWinner: false), new CallVote(Strong, 1, Counted: true, IsBehindWinner: true), new CallVote("haiku", 1, Counted: true, IsBehindWinner: true)];
        CallAttempt[] attempts = [Attempt(Weak), Attempt(Strong), Attempt("haiku")];

        var labels = await ReadAsync(
            Call("right", attempts, 1) with { Votes = votes },
            Call("wrong", attempts, 0) with { Votes = votes });

        var example = Assert.Single(labels.Examples);
        Assert.Equal(("right", false, true), (example.Input, example.WeakCorrect, example.StrongCorrect));
        Assert.Equal(1, labels.LeftOut);
    }

    [Fact]
    public async Task What_is_not_an_answer_of_the_model_says_nothing()
    {
        var labels = await ReadAsync(
            Call("cached", [Attempt(Weak)], 1) with { FromCache = true },
            Call("without text", [Attempt(Weak) with { Request = null }], 1),
            Call("of another", [Attempt("haiku")], 1));

        Assert.Empty(labels.Examples);
        Assert.Equal((3, 1, 0), (labels.Calls, labels.WithoutText, labels.LeftOut));
    }

    [Fact]
    public async Task The_text_is_what_the_caller_passed_also_where_models_have_templates_of_their_own()
    {
        var labels = await ReadAsync(
            Call("Where is my parcel?", [Attempt(Weak)], 1),
            Call("Prove it!", [Attempt(Weak) with { Outcome = PromptErrorCode.NotAccepted }, Attempt(Strong, "Think: {0}")], 1),
            Call("Where is my parcel?", [Attempt(Strong, "Think: {0}")], 1),
            Call("Prove it!", [Attempt(Strong, "Think: {0}")], 1));

        Assert.Equal([("Where is my parcel?", true), ("Prove it!", false)], labels.Examples.Select(static example => (example.Input, example.WeakCorrect)));
    }

    [Fact]
    public async Task A_prompt_without_parameters_has_no_text()
    {
        var labels = await ReadAsync(Call("x", [Attempt(Weak)], 1), Call("x", [Attempt(Weak)], 1));

        Assert.Equal((0, 2), (labels.Examples.Count, labels.WithoutText));
    }

    [Fact]
    public async Task The_threshold_of_right_can_be_raised()
    {
        CallRecord[] calls = [Call("a", [Attempt(Weak)], 0.6), Call("b", [Attempt(Weak)], 0.9)];

        Assert.Equal(["b"], (await LedgerLabels.ReadAsync(calls.ToAsyncEnumerable(), Weak, Strong, rightFrom: 0.8, TestContext.Current.CancellationToken)).Examples.Select(static example => example.Input));
        await Assert.ThrowsAsync<ArgumentException>(() => LedgerLabels.ReadAsync(calls.ToAsyncEnumerable(), Weak, Weak, cancellationToken: TestContext.Current.CancellationToken));
    }

    private static Task<LedgerLabels> ReadAsync(params CallRecord[] calls) => LedgerLabels.ReadAsync(calls.ToAsyncEnumerable(), Weak, Strong, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>A call whose attempts have this text in their templates; the last one answered.</summary>
    private static CallRecord Call(string text, CallAttempt[] attempts, params double[] scores) => new()
    {
        CallId = Guid.NewGuid().ToString("N"),
        Prompt = "Desk.AnswerAsync",
        Version = "00c0ffee",
        StartedAt = new DateTimeOffset(2026, 11, 30, 8, 0, 0, TimeSpan.Zero),
        Duration = TimeSpan.FromSeconds(1),
        Outcome = PromptErrorCode.None,
        ModelId = attempts[^1].ModelId,
        Tier = Tier.Fast,
        Cost = PromptCost.Zero,
        FullCost = PromptCost.Zero,
        Attempts = [.. attempts.Select(attempt => attempt with { Request = attempt.Request?.Replace("{0}", JsonEncodedText.Encode(text).ToString(), StringComparison.Ordinal) })],
        Verdicts = [.. scores.Select((score, i) => new CallVerdict("", $"test{i}", score))],
    };

    private static CallAttempt Attempt(string model, string template = "Question: {0} Be brief.") => new()
    {
        ModelId = model,
        Provider = "openai",
        Tier = Tier.Fast,
        Reason = PromptAttemptReason.Initial,
        Outcome = PromptErrorCode.None,
        Cost = PromptCost.Zero,
        Duration = TimeSpan.FromSeconds(1),
        Request = """[{"role":"system","content":"You answer."},{"role":"user","content":"TEMPLATE"}]""".Replace("TEMPLATE", template, StringComparison.Ordinal),
    };
}
