using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Calls;

/// <summary>A stronger model reads what was rejected before it was asked.</summary>
public sealed class PreviousAnswerTests : CallTests
{
    private const string Ticket = "I was charged twice";

    private DraftDesk Drafts => new(Prompts);

    [Fact]
    public async Task The_next_step_reads_a_valid_answer_that_was_not_accepted()
    {
        Server.Enqueue(Reply(Unsure), Reply(Good));

        var result = await Drafts.TriageAsync(Ticket);

        AssertLedger(result.Attempts, $"{Mini} Initial NotAccepted", $"{Sonnet} Escalation None");
        Assert.Equal(Ticket, Server.Requests[0].TextOf("user"));
        Assert.Equal($"{Ticket}\nBefore: {Unsure}\nWrong: Confidence is below 0.8\nQueue: Billing", Server.Requests[1].TextOf("user"));
        Assert.DoesNotContain(Unsure, Server.Requests[1].TextOf("system"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_step_reads_an_answer_that_broke_its_contract_with_every_violation()
    {
        Server.Enqueue(Reply(Broken), Reply(Good));

        await Drafts.TriageAsync(Ticket);

        Assert.Equal(
            $"{Ticket}\nBefore: {Broken}\nWrong: The answer does not match the schema. /queue must be one of \"Billing\", \"Account\", \"Technical\", not \"Sales\". /urgency must be an integer from 1 to 5, not 9.",
            Server.Requests[1].TextOf("user"));
    }

    [Fact]
    public async Task A_repair_and_a_fallback_do_not_read_it_and_the_latest_answer_counts()
    {
        const string Other = """{"queue":"Sales","urgency":1,"confidence":0.9}""";
        Server.Enqueue(Reply(Broken), Reply(Broken), Reply(Other), Reply(Other), Reply(Good));

        await Drafts.RepairedAsync(Ticket);

        Assert.Equal([Mini, Mini, Haiku, Haiku, Sonnet], Asked());
        Assert.Equal(Ticket, First(1));
        Assert.Contains(Broken, First(2), StringComparison.Ordinal);
        Assert.Equal(First(2), First(3));
        Assert.Contains(Other, First(4), StringComparison.Ordinal);
        Assert.DoesNotContain(Broken, First(4), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_replaces_one_that_is_down_has_no_previous_answer()
    {
        Server.Enqueue(Mini, ModelReply.Error(401, "no"));
        Server.Enqueue(Haiku, Reply(Good));

        await Drafts.TriageAsync(Ticket);

        Assert.Equal(Ticket, Server.Requests[^1].TextOf("user"));
    }

    [Fact]
    public async Task Votes_that_differ_lead_to_a_step_that_reads_the_first_of_them()
    {
        const string Account = """{"queue":"Account","urgency":3,"confidence":0.6}""";
        Server.Enqueue(Mini, Reply(Good));
        Server.Enqueue(Haiku, Reply(Account));
        Server.Enqueue(Sonnet, Reply(Account));

        var result = await Drafts.VotedAsync(Ticket);

        Assert.Equal(Sonnet, result.ModelId);
        Assert.Equal(
            $"{Ticket}\nBefore: {Good}\nWrong: Other models gave different answers, and none had enough votes.\nQueue: Billing",
            Server.Requests[^1].TextOf("user"));
    }

    [Fact]
    public async Task Where_no_member_could_vote_the_step_reads_the_last_broken_answer()
    {
        Server.Enqueue(Mini, Reply(Broken), Reply(Broken));
        Server.Enqueue(Haiku, Reply(Broken), Reply(Broken));
        Server.Enqueue(Sonnet, Reply(Good));

        await Drafts.VotedAsync(Ticket);

        Assert.Contains($"Before: {Broken}", Server.Requests[^1].TextOf("user"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_counts_it_in_the_worst_case()
    {
        var explanation = await Prompts.ExplainAsync(() => Drafts.TriageAsync(Ticket));

        var requests = explanation.Steps.Sum(static step => step.Models.Max(static model => model.MaxUsd));
        Assert.Equal(requests + (300m * 10 / 1_000_000), explanation.WorstCaseUsd);
    }

    private string First(int request) => Server.Requests[request].Messages.First(static message => message.Role == "user").Text;
}
