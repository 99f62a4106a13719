using PromptGen.Routing;
using PromptGen.Tests.Pipelines;

namespace PromptGen.Tests.Execution;

/// <summary>A call that waits for money that another item of its pipeline has reserved: how the wait ends.</summary>
public sealed class SharedMoneyTests
{
    [Fact]
    public async Task A_call_that_waits_for_money_is_refused_where_the_other_call_spends_it()
    {
        using var desk = new Desk();

        var codes = await RunAsync(desk, ticket => desk.AskAsync(Numbers.OnlyMini, ticket: ticket), static () => { });

        Assert.Equal(["None", "BudgetExceeded"], codes);
        Assert.Single(desk.Mini.Requests);
    }

    [Fact]
    public async Task A_call_whose_deadline_passes_while_it_waits_for_money_sends_nothing()
    {
        using var desk = new Desk();
        var deadline = TimeSpan.FromSeconds(2);
        var prompt = Sample.Define(repairs: 0, deadline: deadline, route: new PromptStep(Tier.Fast, [Sample.Mini]));

        var codes = await RunAsync(desk, ticket => desk.AskAsync(prompt, ticket: ticket), () => desk.Clock.Advance(deadline));

        Assert.Equal(["None", "DeadlineExceeded"], codes);
        Assert.Single(desk.Mini.Requests);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_while_it_waits_for_money_sends_nothing()
    {
        using var desk = new Desk();
        using var cancellation = new CancellationTokenSource();

        var codes = await RunAsync(desk, ticket => desk.AskAsync(Numbers.OnlyMini, ticket: ticket, cancellationToken: cancellation.Token), cancellation.Cancel);

        Assert.Equal(["None", "OperationCanceledException"], codes);
        Assert.Single(desk.Mini.Requests);
    }

    /// <summary>Two items share money that is enough for one request. The second one waits for it while the model works at the first one.</summary>
    /// <returns>How both ended.</returns>
    private static async Task<string[]> RunAsync(Desk desk, Func<string, Task<PromptResult<int>>> second, Action whileItWaits)
    {
        var answer = HedgeDesk.Slow(desk.Mini);
        var (isAsked, waits) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Concurrency = 2, MaxUsd = 1.5m * Numbers.Usd });
        var items = run.MapAsync("classify", ["first", "second"], async (ticket, token) =>
        {
            if (ticket == "first")
            {
                var first = desk.AskAsync(Numbers.OnlyMini, ticket: ticket, cancellationToken: token);
                isAsked.SetResult();
                return await first;
            }

            await isAsked.Task;
            var waiting = second(ticket);
            waits.SetResult();
            return await waiting;
        });

        await waits.Task;
        whileItWaits();
        answer.SetResult(HedgeDesk.Answer(Numbers.Answer, input: 0, output: 1_000));
        return (await items).Codes();
    }
}
