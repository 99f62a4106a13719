using PromptGen.Budgets;
using PromptGen.EndToEnd.Tests.Wall;
using PromptGen.Testing;
using Models = PromptGen.EndToEnd.Tests.Calls.Catalog;

namespace PromptGen.EndToEnd.Tests.FailoverBench;

/// <summary>One cell of the scorecard: a wall of its own, and calls that either return one report or stream a list of one.</summary>
internal sealed class Rig(bool streamed) : WallTests
{
    public const string Mini = Models.Mini;
    public const string Haiku = Models.Haiku;

    private static readonly Report Expected = new(Calls.Queue.Billing, 3, "Charged twice", 0.9, "AB12", ["card"]);

    private readonly InMemoryBudgetStore _store = new();

    public static string GoodText => Good;

    public static string Secret => Telltale;

    public bool IsStreamed => streamed;

    public ManualTimeProvider Clock => Time;

    public ModelServer Provider => Server;

    public Func<ModelRequest, ModelReply> Rest
    {
        set => Otherwise = value;
    }

    /// <summary>The whole answer in the form of this cell.</summary>
    public ModelReply Answer(string json = Good) => ModelReply.Text(streamed ? $$"""{"value":[{{json}}]}""" : json, 1_000, 500);

    public void MiniReplies(params ModelReply[] replies) => Server.Enqueue(Mini, replies);

    public void HaikuReplies(params ModelReply[] replies) => Server.Enqueue(Haiku, replies);

    public Task<WallCall> Begin()
    {
        Configure = builder => builder.UseBudgetStore(_store).AddBudget("bench", 100m, BudgetPeriod.Day);
        return streamed ? ObserveStream(token => Desk.ListViaOpenAIAsync(Ticket, token)) : Start(Via.OpenAI);
    }

    public Task<WallCall> Ask() => SitOutAsync(Begin());

    /// <summary>Lets an attempt run into its time-out: 5 s without an answer.</summary>
    public async Task<WallCall> AskThroughTimeOut()
    {
        var call = Begin();
        await Server.WaitForRequestAsync(1).WaitAsync(Hanging);
        Time.Advance(await Time.WaitForTimerAsync(TimeSpan.FromSeconds(4.9), TimeSpan.FromSeconds(30)).WaitAsync(Hanging));
        return await SitOutAsync(call);
    }

    /// <summary>FailoverBench's test of completeness: the answer is there, whole and once.</summary>
    public void AssertWhole(WallCall call)
    {
        Assert.Null(call.Error);
        var report = streamed ? Assert.IsType<Report>(Assert.Single(call.Items!)) : call.Result!.Value;
        Assert.Equal(Expected with { Tags = report.Tags }, report);
        Assert.Equal(Expected.Tags, report.Tags);
    }

    /// <summary>Who was asked, in order.</summary>
    public void AssertAsked(params string[] models) => Assert.Equal(models, Server.Requests.Select(static request => request.ModelId));

    public async Task<decimal> SpentAsync() => (await _store.GetBalanceAsync(new BudgetLimit("bench", 100m, BudgetPeriod.Day))).SpentUsd;
}
