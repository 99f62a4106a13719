using PromptGen.Catalog;
using PromptGen.Contracts;
using PromptGen.Health;
using PromptGen.Prompts;
using PromptGen.Routing;
using PromptGen.Testing;
using static PromptGen.Tests.Execution.OrderedHedge;

namespace PromptGen.Tests.Execution;

/// <summary>
/// A call that finds out whether a model keeps its contract again: where its request gives no answer that says so, the break begins anew when the request ends, not when it was
/// sent.
/// </summary>
public sealed class ContractProbeTests
{
    private static readonly TimeSpan Break = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_request_that_fails_begins_the_break_anew()
    {
        using var desk = new Desk();
        var prompt = Sample.Define(repairs: 0);
        var breaker = Open(desk, prompt, Sample.Mini);
        desk.Mini.Then((_, _) =>
        {
            desk.Clock.Advance(HedgeDesk.After);
            throw new ProviderException(PromptErrorCode.NotFound);
        });
        desk.Haiku.Answers(Answer(3));

        Assert.Equal("mini Initial NotFound, haiku Fallback None", (await desk.AskAsync(prompt)).Attempts.Line());

        AssertBegunAnew(breaker);
    }

    [Fact]
    public async Task A_stream_that_is_complete_ends_the_break()
    {
        using var desk = new Desk();
        var prompt = StreamSample.Text();
        var breaker = Open(desk, prompt, Sample.Mini);
        desk.Mini.Streams("Dear ", "Ada,");

        Assert.Equal("Dear Ada,", string.Concat(await desk.ReplyAsync(prompt).ToListAsync()));

        Assert.True(breaker.IsClosed);
    }

    [Fact]
    public async Task A_second_model_that_is_ended_by_the_answer_of_the_first_one_begins_the_break_anew()
    {
        using var desk = new Desk();
        var prompt = Hedged();
        var breaker = Open(desk, prompt, Sample.Haiku);
        var first = desk.Mini.Slow();
        desk.Haiku.Hangs();

        var call = desk.AskAsync(prompt);
        await desk.HedgeAsync();
        await desk.Haiku.WaitForRequestAsync(1);
        desk.Clock.Advance(HedgeDesk.After);
        await first.GiveAsync(3);

        Assert.Equal("mini Initial None, haiku Hedge Cancelled", (await call).Attempts.Line());
        AssertBegunAnew(breaker);
    }

    [Fact]
    public async Task A_second_model_whose_parameter_throws_begins_the_break_anew()
    {
        using var desk = new Desk();
        var prompt = Hedged();
        var breaker = Open(desk, prompt, Sample.Haiku);
        desk.Mini.Hangs();
        using var call = desk.Runtime.Start(prompt, CancellationToken.None);

        var taken = call.TryAsync(prompt.Route[0], new ThrowingTemplate(desk.Clock, Sample.Haiku)).AsTask();
        await desk.HedgeAsync();
        var error = await Assert.ThrowsAsync<PromptException>(() => taken);

        Assert.Equal(PromptErrorCode.Configuration, error.Code);
        Assert.Equal("mini Initial Cancelled", call.Steps.Ledger.Attempts.Line());
        AssertBegunAnew(breaker);
    }

    [Fact]
    public async Task A_stream_that_another_model_continues_begins_the_break_anew()
    {
        using var desk = new Desk();
        var prompt = new PromptDefinition<string>("Desk.Reply", "00c0ffee", TextContract.Instance, Sample.Fast) { Repairs = 0, Resume = true };
        var breaker = Open(desk, prompt, Sample.Mini);
        var first = desk.Mini.Stream().Send("Dear ", "Ada,");
        desk.Haiku.Streams("Dear Ada, thank you for your letter.");
        var call = desk.Runtime.Stream(prompt, CancellationToken.None);
        var items = new List<string>();

        await foreach (var item in StreamDesk.ItemsAsync(call, prompt))
        {
            if (items.Count == 0)
            {
                desk.Clock.Advance(HedgeDesk.After);
                first.End(new ProviderException(PromptErrorCode.ServerError));
            }

            items.Add(item);
        }

        Assert.Equal("Dear Ada, thank you for your letter.", string.Concat(items));
        Assert.Equal("mini Initial ServerError, haiku Resume None", call.Attempts.Line());
        AssertBegunAnew(breaker);
    }

    /// <summary>A model that broke the contract, and whose break is over.</summary>
    private static ContractBreaker Open(Desk desk, PromptDefinition prompt, ModelInfo model)
    {
        var breaker = desk.Runtime.Endpoints.Find(model).Connection!.ContractOf(prompt)!;
        for (var i = 0; i < 10; i++)
        {
            breaker.Record(broken: true, probe: 0, desk.Clock.GetTimestamp());
        }

        Assert.Equal(Break, breaker.Describe().Wait);
        desk.Clock.Advance(Break);
        return breaker;
    }

    private static void AssertBegunAnew(ContractBreaker breaker) => Assert.Equal((false, Break), (breaker.IsClosed, breaker.Describe().Wait));

    /// <summary>A parameter that takes its time for one model, and then throws.</summary>
    private readonly struct ThrowingTemplate(ManualTimeProvider clock, ModelInfo throwsFor) : IPromptTemplate
    {
        public void Render(ModelInfo model, PromptWriter prompt)
        {
            if (model == throwsFor)
            {
                clock.Advance(HedgeDesk.After);
                throw new InvalidTimeZoneException();
            }

            prompt.Append(model.Id);
        }
    }
}
