using System.Diagnostics;
using PromptGen.EndToEnd.Tests.Calls;
using PromptGen.Testing;
using PromptGen.Tests.Telemetry;

namespace PromptGen.EndToEnd.Tests.Judging;

/// <summary>A prompt that decides about another one's answer: its requests, cost and trace are the caller's.</summary>
public sealed class JudgeTests : CallTests
{
    private const string Ticket = "I was charged twice";
    private const string Yes = """{"value":true}""";
    private const string No = """{"value":false}""";

    private JudgedDesk Judged => new(Prompts);

    [Fact]
    public async Task A_judge_that_agrees_is_in_the_ledger_of_the_call_with_its_cost()
    {
        Server.Enqueue(Reply(Good), Grade(0.9));

        var result = await Judged.GradedAsync(Ticket);

        Assert.Equal(Mini, result.ModelId);
        AssertLedger(result.Attempts, $"{Mini} Initial None", $"{Haiku} Judge None");
        Assert.Equal(["JudgedDesk.GradedAsync", "JudgedDesk.GradeAsync"], result.Attempts.Select(static attempt => attempt.Prompt));
        AssertCost(result, (2_000m + 4_000m) / 1_000_000);
        Assert.Equal($"How well does {Good} fit this ticket? {Ticket}", Server.Requests[1].TextOf("user"));
    }

    [Fact]
    public async Task An_answer_that_the_judge_rejects_escalates()
    {
        Server.Enqueue(Reply(Good), Grade(0.4), Reply(Good), Grade(0.7));

        var result = await Judged.GradedAsync(Ticket);

        Assert.Equal(Sonnet, result.ModelId);
        AssertLedger(result.Attempts, $"{Mini} Initial NotAccepted", $"{Haiku} Judge None", $"{Sonnet} Escalation None", $"{Haiku} Judge None");
        Assert.Equal("GradeAsync is below 0.7", result.Attempts[0].RejectionReason);
    }

    [Fact]
    public async Task A_rejection_goes_back_to_the_model_where_the_check_says_so()
    {
        Server.Enqueue(Reply(Good), Reply(No), Reply(Good), Reply(Yes));

        var result = await Judged.CorrectedAsync(Ticket);

        AssertLedger(result.Attempts, $"{Mini} Initial NotAccepted", $"{Haiku} Judge None", $"{Mini} Repair None", $"{Haiku} Judge None");
        Assert.Equal(
            """
            Your answer is valid, but was checked and rejected.
            - The answer was not accepted: FitsAsync rejected it.
            Answer again, complete, with every point corrected, and nothing else.
            """.ReplaceLineEndings("\n"),
            Server.Requests[2].TextOf("user"));
    }

    [Fact]
    public async Task A_check_without_repair_before_it_escalates_at_once_and_asks_no_judge()
    {
        Server.Enqueue(Reply(Unsure), Reply(Good), Reply(Yes));

        var result = await Judged.CorrectedAsync(Ticket);

        AssertLedger(result.Attempts, $"{Mini} Initial NotAccepted", $"{Sonnet} Escalation None", $"{Haiku} Judge None");
    }

    [Fact]
    public async Task A_judge_that_fails_rejects()
    {
        Server.Enqueue(Reply(Good), Reply("no idea"), Reply(Good), Grade(1));

        var result = await Judged.GradedAsync(Ticket);

        AssertLedger(result.Attempts, $"{Mini} Initial NotAccepted", $"{Haiku} Judge InvalidJson", $"{Sonnet} Escalation None", $"{Haiku} Judge None");
        Assert.Equal("GradeAsync gave no verdict (RouteExhausted)", result.Attempts[0].RejectionReason);
    }

    [Fact]
    public async Task A_judge_that_fails_accepts_or_ends_the_call_where_the_check_says_so()
    {
        Server.Enqueue(Reply(Good), Reply("no idea"), Reply(Good), Reply("no idea"));

        var result = await Judged.TrustedAsync(Ticket);
        var error = await Assert.ThrowsAsync<PromptException>(() => Judged.StrictAsync(Ticket));

        Assert.Equal([$"{Mini} Initial None", $"{Haiku} Judge InvalidJson"], Ledger(result.Attempts));
        Assert.Equal(PromptErrorCode.NotAccepted, error.Code);
        Assert.Equal([$"{Mini} Initial NotAccepted", $"{Haiku} Judge InvalidJson"], Ledger(error.Attempts));
        Assert.Equal(PromptErrorCode.RouteExhausted, Assert.IsType<PromptException>(error.InnerException).Code);
    }

    [Fact]
    public async Task A_judge_that_takes_too_long_gives_no_verdict()
    {
        Server.Enqueue(Reply(Good), ModelReply.Hang(), Reply(Good), Reply(Yes));

        var call = Judged.GradedAsync(Ticket);
        var silent = await Server.WaitForRequestAsync(2);
        Time.Advance(TimeSpan.FromSeconds(5));
        await silent.WaitForAbortAsync().WaitAsync(Hanging);
        await Server.WaitForRequestAsync(3);
        var error = await Assert.ThrowsAsync<PromptException>(() => call);

        Assert.Equal(
            [$"{Mini} Initial NotAccepted", $"{Haiku} Judge AttemptTimeout", $"{Sonnet} Escalation NotAccepted", $"{Haiku} Judge SchemaMismatch"],
            Ledger(error.Attempts));
    }

    [Fact]
    public async Task The_budget_of_the_call_stops_its_judge_and_with_it_the_call()
    {
        Server.Enqueue(Reply(Good, input: 50, output: 50));

        var error = await Assert.ThrowsAsync<PromptException>(() => Judged.CheaplyAsync(Ticket));

        Assert.Equal(PromptErrorCode.BudgetExceeded, error.Code);
        AssertLedger(error.Attempts, $"{Mini} Initial BudgetExceeded");
    }

    [Fact]
    public async Task The_deadline_of_the_call_ends_its_judge_and_with_it_the_call()
    {
        Server.Enqueue(Reply(Good), ModelReply.Hang());

        var call = Judged.SoonAsync(Ticket);
        var silent = await Server.WaitForRequestAsync(2);
        Time.Advance(TimeSpan.FromSeconds(3));
        var error = await Assert.ThrowsAsync<PromptException>(() => call);

        Assert.Equal(PromptErrorCode.DeadlineExceeded, error.Code);
        await silent.WaitForAbortAsync().WaitAsync(Hanging);
        Assert.Equal($"{Mini} Initial DeadlineExceeded", Ledger(error.Attempts)[0]);
    }

    [Fact]
    public async Task The_token_of_the_call_ends_its_judge_and_with_it_the_call()
    {
        using var source = new CancellationTokenSource();
        Server.Enqueue(Reply(Good), ModelReply.Hang());

        var call = Judged.SoonAsync(Ticket, source.Token);
        var silent = await Server.WaitForRequestAsync(2);
        await source.CancelAsync();
        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => call);

        await silent.WaitForAbortAsync().WaitAsync(Hanging);
        Assert.Equal(PromptErrorCode.Cancelled, Assert.IsType<PromptException>(error.InnerException).Code);
    }

    [Fact]
    public async Task Plain_methods_get_the_parameters_that_they_name()
    {
        Server.Enqueue(Reply(Good), Reply(Broken), Reply(Good), Reply(Good));

        var error = await Assert.ThrowsAsync<PromptException>(() => Judged.CheckedAsync(Ticket, 4));
        Assert.Equal("not urgent enough", error.Attempts[0].RejectionReason);

        Server.Enqueue(Reply(Good));
        Assert.Equal(Mini, (await Judged.CheckedAsync(Ticket, 3)).ModelId);

        Server.Enqueue(Reply(Good), Reply(Good));
        error = await Assert.ThrowsAsync<PromptException>(() => Judged.CheckedAsync("", 3));
        Assert.Equal("ShareOf is below 0.1", error.Attempts[0].RejectionReason);
    }

    [Fact]
    public async Task The_call_and_its_judge_are_one_trace()
    {
        using var probe = new TelemetryProbe();
        Server.Enqueue(Reply(Good), Grade(0.9));

        await Judged.GradedAsync(Ticket);

        var mine = probe.Spans;
        var call = Assert.Single(mine, static span => (string?)span.GetTagItem("gen_ai.prompt.name") == "JudgedDesk.GradedAsync" && span.Kind == ActivityKind.Internal);
        var judge = Assert.Single(mine, static span => (string?)span.GetTagItem("gen_ai.prompt.name") == "JudgedDesk.GradeAsync" && span.Kind == ActivityKind.Internal);
        Assert.Equal(probe.Root.SpanId, call.ParentSpanId);
        Assert.Equal(call.SpanId, judge.ParentSpanId);
        Assert.Equal((0.006, 0.004), ((double)call.GetTagItem("promptgen.cost.usd")!, (double)judge.GetTagItem("promptgen.cost.usd")!));
    }

    private static ModelReply Grade(double grade) => Reply($$"""{"value":{{grade.ToString(System.Globalization.CultureInfo.InvariantCulture)}}}""");
}
