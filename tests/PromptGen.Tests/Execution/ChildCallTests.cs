using PromptGen.Routing;
using PromptGen.Tests.Telemetry;

namespace PromptGen.Tests.Execution;

/// <summary>Calls that a delegate of another call makes: a check, or a substitute.</summary>
[Collection(TelemetryCollection.Name)]
public sealed class ChildCallTests
{
    private const string Answer = """{"value":3}""";

    private static readonly PromptDefinition<int> OnlyHaiku = Sample.Define(repairs: 0, route: new PromptStep(Tier.Fast, [Sample.Haiku]));

    private static readonly PromptDefinition<int> OnlyMini = Sample.Define(repairs: 0, route: new PromptStep(Tier.Fast, [Sample.Mini]));

    [Fact]
    public async Task A_prompt_called_in_a_check_joins_the_ledger_in_the_order_of_the_requests()
    {
        using var desk = new Desk();
        desk.Mini.Answers(Answer);
        desk.Haiku.Answers("nonsense").Answers(Answer);

        var result = await CheckedAsync(desk, OnlyMini, async () =>
        {
            await desk.FailAsync(OnlyHaiku);
            return (await desk.AskAsync(OnlyHaiku)).Value == 3;
        });

        Assert.Equal("mini Initial None, haiku Judge InvalidJson, haiku Judge None", result.Attempts.Line());
        Assert.Equal(result.Attempts.Sum(static attempt => attempt.Cost.Usd), result.Cost.Usd);
    }

    [Fact]
    public async Task What_a_check_left_running_is_a_call_of_its_own()
    {
        using var desk = new Desk();
        desk.Mini.Answers(Answer);
        desk.Haiku.Answers(Answer);
        var go = new TaskCompletionSource();
        Task<PromptResult<int>>? left = null;

        var result = await CheckedAsync(desk, OnlyMini, () =>
        {
            left = LaterAsync();
            return Task.FromResult(true);
        });
        go.SetResult();

        Assert.Equal("haiku Initial None", (await left!).Attempts.Line());
        Assert.Equal("mini Initial None", result.Attempts.Line());

        async Task<PromptResult<int>> LaterAsync()
        {
            await go.Task;
            return await desk.AskAsync(OnlyHaiku);
        }
    }

    [Fact]
    public async Task What_a_check_left_running_is_linked_to_the_call_and_no_part_of_it()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk();
        desk.Mini.Answers(Answer);
        desk.Haiku.Answers(Answer);
        var go = new TaskCompletionSource();
        Task<PromptResult<int>>? left = null;

        await CheckedAsync(desk, OnlyMini, () =>
        {
            left = LaterAsync();
            return Task.FromResult(true);
        });
        go.SetResult();
        await left!;

        var calls = probe.Spans.Where(static span => span.OperationName == "Desk.Urgency" || span.DisplayName.Contains("Desk.Urgency", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, calls.Length);
        Assert.Empty(calls[0].Links);
        Assert.Equal(calls[0].SpanId, Assert.Single(calls[1].Links).Context.SpanId);

        async Task<PromptResult<int>> LaterAsync()
        {
            await go.Task;
            return await desk.AskAsync(OnlyHaiku);
        }
    }

    [Fact]
    public async Task A_call_inside_a_protected_one_reaches_self_hosted_models_only()
    {
        using var desk = new Desk();
        desk.Llama.Answers(Answer);
        desk.Haiku.Answers(Answer);
        var local = Sample.Define(repairs: 0, selfHostedOnly: true, route: new PromptStep(Tier.SelfHosted, [Sample.Llama]));
        PromptException? refused = null;

        await CheckedAsync(desk, local, async () =>
        {
            refused = await desk.FailAsync(OnlyHaiku);
            return true;
        });

        Assert.Empty(desk.Haiku.Requests);
        Assert.Contains("haiku (not self-hosted)", refused!.Message, StringComparison.Ordinal);
        Assert.Equal("haiku Initial None", (await desk.AskAsync(OnlyHaiku)).Attempts.Line());
    }

    [Fact]
    public async Task The_deadline_of_a_call_holds_for_those_inside_it_and_a_shorter_one_of_theirs_too()
    {
        using var desk = new Desk();
        desk.Mini.Answers(Answer);
        desk.Haiku.Hangs().Hangs();
        var outer = Sample.Define(deadline: TimeSpan.FromSeconds(3), route: new PromptStep(Tier.Fast, [Sample.Mini]));
        var inner = Sample.Define(deadline: TimeSpan.FromSeconds(1), route: new PromptStep(Tier.Fast, [Sample.Haiku]));
        PromptException? first = null;

        var call = CheckedAsync(desk, outer, async () =>
        {
            first = await desk.FailAsync(inner);
            return (await desk.AskAsync(OnlyHaiku)).Value == 3;
        });
        await desk.Haiku.WaitForRequestAsync(1);
        desk.Clock.Advance(TimeSpan.FromSeconds(1));
        await desk.Haiku.WaitForRequestAsync(2);
        desk.Clock.Advance(TimeSpan.FromSeconds(2));
        var error = await Assert.ThrowsAsync<PromptException>(() => call);

        Assert.Equal((PromptErrorCode.DeadlineExceeded, PromptErrorCode.DeadlineExceeded), (first!.Code, error.Code));
        Assert.Contains("the deadline of 1 s ran out", first.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_substitute_joins_the_ledger_and_the_trace_but_not_the_budget_and_the_deadline()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk();
        desk.Mini.Hangs();
        desk.Haiku.Answers(Answer);
        var prompt = Sample.Define(repairs: 0, maxUsd: 0.02m, deadline: TimeSpan.FromSeconds(2), route: new PromptStep(Tier.Fast, [Sample.Mini]));
        using var call = desk.Runtime.Start(prompt, CancellationToken.None);

        var step = call.TryAsync(prompt.Route[0], new UrgencyTemplate(Sample.Ticket)).AsTask();
        await desk.Mini.WaitForRequestAsync(1);
        desk.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.False(await step);
        var value = await call.SubstituteAsync(desk, static async (desk, token) => (await desk.AskAsync(OnlyHaiku, cancellationToken: token)).Value);
        var result = call.Served(value);
        call.Dispose();

        Assert.Equal("mini Initial DeadlineExceeded, haiku Initial None", result.Attempts.Line());
        var spans = probe.Spans.Where(static span => span.Kind == System.Diagnostics.ActivityKind.Internal).ToArray();
        Assert.Equal(spans[1].SpanId, spans[0].ParentSpanId);
    }

    private static async Task<PromptResult<int>> CheckedAsync(Desk desk, PromptDefinition<int> prompt, Func<Task<bool>> check)
    {
        using var call = desk.Runtime.Start(prompt, async (_, _) => await check() ? null : "no", CancellationToken.None);
        return await call.TryAsync(prompt.Route[0], new UrgencyTemplate(Sample.Ticket)) ? call.Result : throw call.Exhausted();
    }
}
