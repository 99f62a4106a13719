using PromptGen.Ensembles;
using PromptGen.Execution;
using PromptGen.Likelihoods;
using PromptGen.Routing;
using PromptGen.Tests.Caching;
using PromptGen.Tests.Ledgers;
using PromptGen.Tests.Telemetry;

namespace PromptGen.Tests.Execution;

/// <summary>What span, ledger and cache have of a call whose models vote: on whether the value is odd.</summary>
[Collection(TelemetryCollection.Name)]
public sealed class VotedCallTests
{
    private const string Two = """{"value":2}""";
    private const string Three = """{"value":3}""";
    private const string Five = """{"value":5}""";

    private static readonly PromptStep Members = new(Tier.Fast, [Sample.Mini, Sample.Haiku]) { Samples = 1 };

    [Theory]
    [InlineData(Five, 2, 1d, true)]
    [InlineData(Two, 2, null, false)]
    [InlineData("no", 1, null, false)]
    public async Task The_span_has_the_outcome_of_the_vote(string second, int counted, double? agreement, bool won)
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk();
        Answer(desk, Three, second);
        using (var call = desk.Runtime.Start(Define(), CancellationToken.None))
        {
            Assert.Equal(won, await VoteAsync(call));
        }

        Assert.Equal(agreement, probe.Call.GetTagItem("promptgen.vote.agreement"));
        Assert.Equal(
            [
                KeyValuePair.Create<string, object?>("promptgen.vote.asked", 2),
                KeyValuePair.Create<string, object?>("promptgen.vote.counted", counted),
                KeyValuePair.Create<string, object?>("promptgen.vote.won", won),
            ],
            Assert.Single(probe.Call.Events, static one => one.Name == "promptgen.vote").Tags);
    }

    [Fact]
    public async Task The_ledger_has_the_votes()
    {
        var ledger = new InMemoryCallLedger();
        await using var desk = new RecordingDesk(ledger);
        Answer(desk.Models, Three, Five);
        using (var call = desk.Models.Runtime.Start(Define(), CancellationToken.None))
        {
            Assert.True(await VoteAsync(call));
        }

        await desk.CloseAsync();

        var record = Assert.Single(await ledger.AllAsync());
        Assert.Equal((PromptErrorCode.None, "mini", Tier.Fast, 1d), (record.Outcome, record.ModelId, record.EntryTier, record.Agreement));
        Assert.Equal([new CallVote("mini", 1, true, true), new CallVote("haiku", 1, true, true)], record.Votes);
    }

    [Fact]
    public async Task The_ledger_has_a_vote_without_a_winner_that_the_substitute_answered()
    {
        var ledger = new InMemoryCallLedger();
        await using var desk = new RecordingDesk(ledger);
        Answer(desk.Models, Three, Two);
        using (var call = desk.Models.Runtime.Start(Define(), CancellationToken.None))
        {
            Assert.False(await VoteAsync(call));
            Assert.Equal(1, await call.SubstituteAsync(0, static (_, _) => new ValueTask<int>(1)));
        }

        await desk.CloseAsync();

        var record = Assert.Single(await ledger.AllAsync());
        Assert.Equal((PromptErrorCode.None, true, null, null), (record.Outcome, record.IsSubstituted, record.ModelId, record.Agreement));
    }

    [Fact]
    public async Task The_answer_that_is_kept_is_that_of_the_first_model_behind_the_winner()
    {
        using var desk = new Desk();
        Answer(desk, Three, Five);

        foreach (var isKept in new[] { false, true })
        {
            using var call = desk.Runtime.Start(Define(), CancellationToken.None);
            Assert.Equal(isKept, await call.CachedAsync(new TicketKey()));
            Assert.True(isKept || await VoteAsync(call));
            Assert.Equal((3, "mini", isKept), (call.Value, call.Result.ModelId, call.Result.FromCache));
        }
    }

    [Fact]
    public async Task A_check_does_not_get_a_winner_that_states_too_little_confidence()
    {
        using var desk = new Desk();
        Answer(desk, Three, Three);
        var prompt = new PromptDefinition<int>("Desk.Urgency", "00c0ffee", new UrgencyContract(), null)
        {
            Repairs = 0,
            Entries = [Members],
            Confidences = [new PromptConfidence<int>("Urgency", static value => value / 5.0, 0.9, null, [new PromptCalibration("mini", [0, 1], [0, 1])])],
        };
        var checkedValues = new List<int>();
        using var call = desk.Runtime.Start(
            prompt,
            value =>
            {
                checkedValues.Add(value);
                return "never";
            },
            CancellationToken.None);

        Assert.False(await VoteAsync(call));

        Assert.Empty(checkedValues);
        Assert.Equal("calibrated Urgency 0.6 is below 0.9", call.Exhausted().Attempts[^1].RejectionReason);
    }

    private static void Answer(Desk desk, string first, string second)
    {
        desk.Mini.Answers(first);
        desk.Haiku.Answers(second);
    }

    private static PromptDefinition<int> Define() => new("Desk.Urgency", "00c0ffee", new UrgencyContract(), null) { Repairs = 0, Entries = [Members], CacheFor = CachedCalls.Hour };

    private static ValueTask<bool> VoteAsync(PromptCall<int> call) =>
        Ensemble.VoteAsync(call, new PromptEnsemble<int>(Members, static (writer, value) => writer.Text(value % 2 == 1 ? "odd" : "even")), new UrgencyTemplate(Sample.Ticket));
}
