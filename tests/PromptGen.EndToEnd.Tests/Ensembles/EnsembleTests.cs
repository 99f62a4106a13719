using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using PromptGen.EndToEnd.Tests.Calls;
using PromptGen.Testing;
using PromptGen.Tests.Telemetry;

namespace PromptGen.EndToEnd.Tests.Ensembles;

/// <summary>Several models answer and vote: which models are called, what is cancelled, what it costs.</summary>
public sealed class EnsembleTests : CallTests
{
    private const string Ticket = "I was charged twice";
    private const string Account = """{"queue":"Account","urgency":3,"confidence":0.6}""";
    private const string Technical = """{"queue":"Technical","urgency":3,"confidence":0.6}""";

    private EnsembleDesk Voting => new(Prompts);

    [Fact]
    public async Task Models_that_agree_decide_and_the_strong_one_is_not_asked()
    {
        Server.Enqueue(Mini, Reply(Good));
        Server.Enqueue(Haiku, Reply(Unsure));

        var result = await Voting.AgreeAsync(Ticket);

        Assert.Equal((Mini, Tier.Fast, 0.9), (result.ModelId, result.Tier, result.Value.Confidence));
        Assert.Equal([$"{Haiku} Vote None", $"{Mini} Vote None"], Ledger(result.Attempts).Order());
        Assert.Equal([new PromptVote(Mini, "\"Billing\"", 1), new PromptVote(Haiku, "\"Billing\"", 1)], result.Votes);
        Assert.Equal(1, result.Agreement);
        AssertCost(result, (2_000m + 4_000m) / 1_000_000);
    }

    [Fact]
    public async Task Models_that_disagree_lead_to_the_first_step_of_the_route()
    {
        Server.Enqueue(Mini, Reply(Good));
        Server.Enqueue(Haiku, Reply(Account));
        Server.Enqueue(Sonnet, Reply(Good));

        var result = await Voting.AgreeAsync(Ticket);

        Assert.Equal(Sonnet, result.ModelId);
        Assert.Equal($"{Sonnet} Escalation None", Ledger(result.Attempts)[^1]);
        Assert.Equal(3, result.Attempts.Count);
        Assert.Equal(["\"Billing\"", "\"Account\""], result.Votes.Select(static vote => vote.Choice));
        Assert.Null(result.Agreement);
    }

    [Fact]
    public async Task A_third_member_is_asked_only_where_the_first_two_disagree()
    {
        Server.Enqueue(Mini, Reply(Account));
        Server.Enqueue(Haiku, Reply(Good));
        Server.Enqueue(Sonnet, Reply(Good));

        var result = await Voting.MajorityAsync(Ticket);

        Assert.Equal(Haiku, result.ModelId);
        Assert.Equal(2 / 3d, result.Agreement!.Value, 9);
        Assert.Equal($"{Sonnet} Vote None", Ledger(result.Attempts)[^1]);

        Server.Enqueue(Mini, Reply(Good));
        Server.Enqueue(Haiku, Reply(Good));

        Assert.Equal(2, (await Voting.MajorityAsync(Ticket)).Attempts.Count);
    }

    [Fact]
    public async Task The_agreement_has_a_probability_where_a_file_says_how_often_such_answers_were_right()
    {
        using var probe = new TelemetryProbe();
        Server.Enqueue(Mini, Reply(Account));
        Server.Enqueue(Haiku, Reply(Good));
        Server.Enqueue(Sonnet, Reply(Good));

        var split = await Voting.CalibratedAsync(Ticket);

        Assert.Equal(2 / 3d, split.Agreement!.Value, 9);
        Assert.Equal(0.61 + (0.36 / 3), split.AgreementProbability!.Value, 9);
        Assert.Equal(split.AgreementProbability, probe.Spans.Select(static span => span.GetTagItem("promptgen.vote.probability")).OfType<double>().Single());

        Server.Enqueue(Mini, Reply(Good));
        Server.Enqueue(Haiku, Reply(Good));

        Assert.Equal(0.97, (await Voting.CalibratedAsync(Ticket)).AgreementProbability);

        Server.Enqueue(Mini, Reply(Good));
        Server.Enqueue(Haiku, Reply(Good));

        Assert.Null((await Voting.MajorityAsync(Ticket)).AgreementProbability);
    }

    [Fact]
    public async Task Three_different_answers_have_no_quorum()
    {
        Server.Enqueue(Mini, Reply(Account));
        Server.Enqueue(Haiku, Reply(Good));
        Server.Enqueue(Sonnet, Reply(Technical));

        var error = await Assert.ThrowsAsync<PromptException>(() => Voting.MajorityAsync(Ticket));

        Assert.Equal(PromptErrorCode.NoQuorum, error.Code);
        Assert.Equal(3, error.Attempts.Count);
        Assert.Equal(Server.Requests.Count, error.Attempts.Count);
    }

    [Fact]
    public async Task Members_that_are_asked_at_once_are_cancelled_when_the_others_have_decided()
    {
        Server.Enqueue(Mini, Reply(Good));
        Server.Enqueue(Haiku, Reply(Good));
        Server.Enqueue(Sonnet, ModelReply.Hang());

        var result = await Voting.AtOnceAsync(Ticket);

        await Server.WaitForIdleAsync().WaitAsync(Hanging);
        Assert.Equal([$"{Haiku} Vote None", $"{Mini} Vote None"], Ledger(result.Attempts).Where(static line => line.EndsWith("None", StringComparison.Ordinal)).Order());
        Assert.Equal(new PromptVote(Sonnet, null, 0), result.Votes[2]);
        Assert.False(result.Votes[2].Counted);
        if (result.Attempts.Count == 3)
        {
            Assert.Contains($"{Sonnet} Vote Cancelled", Ledger(result.Attempts));
            Assert.False(result.Cost.IsComplete);
        }
    }

    [Fact]
    public async Task A_member_that_times_out_has_no_vote_and_the_next_one_is_asked()
    {
        Server.Enqueue(Mini, ModelReply.Hang());
        Server.Enqueue(Haiku, Reply(Good));
        Server.Enqueue(Sonnet, Reply(Good));

        // The others have more time, so that only this one's is over when the clock moves.
        using var prompts = PromptRuntime.Create(builder => builder
            .UseTimeProvider(Time)
            .UseConfiguration(new ConfigurationBuilder().AddInMemoryCollection([new($"Models:{Haiku}:TimeoutSeconds", "60")]).Build())
            .AddOpenAI("test-key", Server.OpenAIEndpoint)
            .AddAnthropic("test-key", Server.AnthropicEndpoint));
        var call = new EnsembleDesk(prompts).MajorityAsync(Ticket);
        await Server.WaitForRequestAsync(2);
        await Time.AdvanceUntilAsync(call, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)).WaitAsync(Hanging);
        var result = await call;

        Assert.Equal([$"{Haiku} Vote None", $"{Sonnet} Vote None", $"{Mini} Vote AttemptTimeout"], Ledger(result.Attempts).Order());
        Assert.Equal((Haiku, 1), (result.ModelId, result.Agreement));
        Assert.Equal([null, "\"Billing\"", "\"Billing\""], result.Votes.Select(static vote => vote.Choice));
    }

    [Fact]
    public async Task An_invalid_member_repairs_its_answer_before_it_votes()
    {
        Server.Enqueue(Mini, Reply(Broken), Reply(Good));
        Server.Enqueue(Haiku, Reply(Good));

        var result = await Voting.AgreeAsync(Ticket);

        Assert.Equal([$"{Haiku} Vote None", $"{Mini} Repair None", $"{Mini} Vote SchemaMismatch"], Ledger(result.Attempts).Order());
        Assert.Equal(1, result.Agreement);
    }

    [Fact]
    public async Task Members_that_all_fail_have_no_quorum()
    {
        Server.Enqueue(Mini, ModelReply.Error(401));
        Server.Enqueue(Haiku, Reply(Broken), Reply(Broken));
        Server.Enqueue(Sonnet, ModelReply.Refusal());

        var error = await Assert.ThrowsAsync<PromptException>(() => Voting.MajorityAsync(Ticket));

        // After two members without a vote no answer can have two: a third one that is under way is ended.
        Assert.Equal(PromptErrorCode.NoQuorum, error.Code);
        Assert.InRange(error.Attempts.Select(static attempt => attempt.ModelId).Distinct().Count(), 2, 3);
        Assert.All(error.Attempts, static attempt => Assert.NotEqual(PromptErrorCode.None, attempt.Outcome));
    }

    [Fact]
    public async Task The_whole_value_is_compared_member_by_member_with_numbers_by_value()
    {
        Server.Enqueue(Mini, Reply("""{"confidence":0.90,"urgency":3,"queue":"Billing"}"""));
        Server.Enqueue(Haiku, Reply("""{"queue":"billing","urgency":"3","confidence":9e-1}"""));

        Assert.Equal(new Triage(Queue.Billing, 3, 0.9), await Voting.WholeAsync(Ticket));
        Assert.Equal(2, Server.Requests.Count);
    }

    [Fact]
    public async Task A_member_that_was_measured_better_outvotes_the_others()
    {
        Server.Enqueue(Mini, Reply(Good));
        Server.Enqueue(Haiku, Reply(Good));
        Server.Enqueue(Sonnet, Reply(Account));

        var result = await Voting.WeightedAsync(Ticket);

        Assert.Equal((Sonnet, Queue.Account), (result.ModelId, result.Value.Queue));
        Assert.Equal(Math.Log(9), result.Votes[2].Weight, 9);
        Assert.InRange(result.Agreement!.Value, Math.Log(9) / (Math.Log(9) + (2 * Math.Log(1.5))), 1);
    }

    [Fact]
    public async Task Votes_weigh_as_much_as_the_confidence_of_their_answers()
    {
        Server.Enqueue(Mini, Reply(Good));
        Server.Enqueue(Haiku, Reply("""{"queue":"Account","urgency":3,"confidence":0.2}"""));
        Server.Enqueue(Sonnet, Reply("""{"queue":"Account","urgency":3,"confidence":0.3}"""));

        var result = await Voting.ConfidentAsync(Ticket);

        Assert.Equal((Mini, Queue.Billing), (result.ModelId, result.Value.Queue));
        Assert.Equal([0.9, 0.2, 0.3], result.Votes.Select(static vote => vote.Weight));
    }

    [Fact]
    public async Task One_model_votes_with_itself_as_often_as_it_is_asked()
    {
        Server.Enqueue(Mini, Reply(Good), Reply(Account), Reply(Good));

        var result = await Voting.SampledAsync(Ticket);

        Assert.Equal(Queue.Billing, result.Value.Queue);
        Assert.Equal(3, result.Votes.Count);
        Assert.All(Server.Requests, static request => Assert.Equal(Mini, request.ModelId));
    }

    [Fact]
    public async Task A_winner_that_is_not_accepted_escalates()
    {
        Server.Enqueue(Mini, Reply(Unsure));
        Server.Enqueue(Haiku, Reply(Unsure));
        Server.Enqueue(Sonnet, Reply(Good));

        var result = await Voting.CheckedAsync(Ticket);

        Assert.Equal(Sonnet, result.ModelId);
        var rejected = Assert.Single(result.Attempts, static attempt => attempt.Outcome == PromptErrorCode.NotAccepted);
        Assert.Equal(("Confidence is below 0.8", PromptAttemptReason.Vote), (rejected.RejectionReason, rejected.Reason));
        Assert.Equal($"{Sonnet} Escalation None", Ledger(result.Attempts)[^1]);
        Assert.Equal(1, result.Agreement);
    }

    [Fact]
    public async Task A_rule_that_decides_leads_past_the_vote()
    {
        Server.Enqueue(Sonnet, Reply(Good));

        var result = await Voting.RoutedAsync("My lawyer calls");

        AssertLedger(result.Attempts, $"{Sonnet} Initial None");
        Assert.Empty(result.Votes);

        Server.Enqueue(Mini, Reply(Good));
        Server.Enqueue(Haiku, Reply(Good));

        Assert.Equal(Mini, (await Voting.RoutedAsync("Hello")).ModelId);
    }

    [Fact]
    public async Task The_budget_of_the_call_holds_for_all_members_together()
    {
        Server.Enqueue(Mini, Reply(Good));
        Server.Enqueue(Haiku, Reply(Account));

        var error = await Assert.ThrowsAsync<PromptException>(() => Voting.CheaplyAsync(Ticket));

        Assert.Equal(PromptErrorCode.BudgetExceeded, error.Code);
        Assert.Equal(0.006m, error.Attempts.Sum(static attempt => attempt.Cost.Usd));
    }

    [Fact]
    public async Task The_deadline_of_the_call_ends_all_members()
    {
        Server.Enqueue(Mini, ModelReply.Hang());
        Server.Enqueue(Haiku, ModelReply.Hang());

        var call = Voting.SoonAsync(Ticket);
        await Server.WaitForRequestAsync(2);
        await Time.AdvanceUntilAsync(call, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3)).WaitAsync(Hanging);
        var error = await Assert.ThrowsAsync<PromptException>(() => call);

        Assert.Equal(PromptErrorCode.DeadlineExceeded, error.Code);
        Assert.All(error.Attempts, static attempt => Assert.Equal(PromptErrorCode.DeadlineExceeded, attempt.Outcome));
        await Server.Requests[0].WaitForAbortAsync().WaitAsync(Hanging);
        await Server.Requests[1].WaitForAbortAsync().WaitAsync(Hanging);
    }

    [Fact]
    public async Task A_caller_who_cancels_ends_all_members()
    {
        using var source = new CancellationTokenSource();
        Server.Enqueue(Mini, ModelReply.Hang());
        Server.Enqueue(Haiku, ModelReply.Hang());

        var call = Voting.MajorityAsync(Ticket, source.Token);
        await Server.WaitForRequestAsync(2);
        await source.CancelAsync();
        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => call);

        Assert.Equal(source.Token, error.CancellationToken);
        var inner = Assert.IsType<PromptException>(error.InnerException);
        Assert.Equal(PromptErrorCode.Cancelled, inner.Code);
        Assert.Equal([$"{Haiku} Vote Cancelled", $"{Mini} Vote Cancelled"], Ledger(inner.Attempts).Order());
    }

    [Fact]
    public async Task A_judge_selects_among_different_answers_and_is_asked_in_both_orders()
    {
        Server.Enqueue(Mini, Reply(Good));
        Server.Enqueue(Haiku, Reply(Account));
        Server.Enqueue(Sonnet, Reply("""{"value":1}"""), Reply("""{"value":0}"""));

        var result = await Voting.JudgedAsync(Ticket);

        Assert.Equal((Haiku, Queue.Account), (result.ModelId, result.Value.Queue));
        Assert.Equal([$"{Sonnet} Judge None", $"{Sonnet} Judge None"], Ledger(result.Attempts)[2..]);
        Assert.Equal("EnsembleDesk.PickAsync", result.Attempts[^1].Prompt);
        Assert.Equal(0.5, result.Agreement);
        var asked = Server.Requests.Where(static request => request.ModelId == Sonnet).Select(static request => request.TextOf("user")).ToArray();
        Assert.Equal($"Which is best for this ticket? {Ticket} [{Good},{Account}]", asked[0]);
        Assert.Equal($"Which is best for this ticket? {Ticket} [{Account},{Good}]", asked[1]);
    }

    [Theory]
    [InlineData("""{"value":0}""", """{"value":0}""")]
    [InlineData("""{"value":7}""", null)]
    [InlineData("no idea", null)]
    public async Task A_judge_that_prefers_a_place_or_fails_selects_nothing(string first, string? second)
    {
        Server.Enqueue(Mini, Reply(Good));
        Server.Enqueue(Haiku, Reply(Account));
        Server.Enqueue(Sonnet, [.. new[] { first, second, Good }.OfType<string>().Select(static text => Reply(text))]);

        var result = await Voting.JudgedAsync(Ticket);

        Assert.Equal($"{Sonnet} Escalation None", Ledger(result.Attempts)[^1]);
        Assert.Null(result.Agreement);
        Assert.Equal(Server.Requests.Count, result.Attempts.Count);
    }

    [Fact]
    public async Task No_judge_is_asked_where_all_answers_are_equal_and_the_winner_is_checked()
    {
        Server.Enqueue(Mini, Reply(Good));
        Server.Enqueue(Haiku, Reply(Good));

        Assert.Equal(2, (await Voting.JudgedAsync(Ticket)).Attempts.Count);

        const string Doubtful = """{"queue":"Billing","urgency":3,"confidence":0.1}""";
        Server.Enqueue(Mini, Reply(Doubtful));
        Server.Enqueue(Haiku, Reply(Doubtful));
        Server.Enqueue(Sonnet, Reply(Good));

        var result = await Voting.JudgedAsync(Ticket);

        Assert.Equal($"{Sonnet} Escalation None", Ledger(result.Attempts)[^1]);
        Assert.Equal(0.9, result.Value.Confidence);
    }

    [Fact]
    public async Task The_check_that_rejects_the_answer_that_a_judge_selected_is_in_ledger_and_trace()
    {
        using var probe = new TelemetryProbe();
        Server.Enqueue(Mini, Reply("""{"queue":"Billing","urgency":3,"confidence":0.1}"""));
        Server.Enqueue(Haiku, Reply(Account));
        Server.Enqueue(Sonnet, Reply("""{"value":0}"""), Reply("""{"value":1}"""), Reply(Good));

        var result = await Voting.JudgedAsync(Ticket);

        Assert.Equal(
            [$"{Haiku} Vote None", $"{Mini} Vote NotAccepted", $"{Sonnet} Judge None", $"{Sonnet} Judge None", $"{Sonnet} Escalation None"],
            [.. Ledger(result.Attempts)[..2].Order(), .. Ledger(result.Attempts)[2..]]);
        Assert.Equal("Confidence is below 0.5", result.Attempts.Single(static attempt => attempt.ModelId == Mini).RejectionReason);
        Assert.All(result.Attempts.Where(static attempt => attempt.ModelId != Mini), static attempt => Assert.Null(attempt.RejectionReason));
        Assert.Equal((Sonnet, 0.5), (result.ModelId, result.Agreement));
        var escalation = Assert.Single(probe.Spans, static span => (string?)span.GetTagItem("promptgen.attempt.reason") == "escalation");
        Assert.Equal("not_accepted", escalation.GetTagItem("promptgen.attempt.trigger"));
    }

    [Fact]
    public async Task A_judge_needs_more_than_half_of_the_answers()
    {
        Server.Enqueue(Mini, Reply(Good));
        Server.Enqueue(Haiku, Reply(Broken), Reply(Broken));
        Server.Enqueue(Sonnet, Reply(Good));

        Assert.Equal(Sonnet, (await Voting.JudgedAsync(Ticket)).ModelId);
    }

    [Fact]
    public async Task A_plain_method_may_be_the_judge()
    {
        Server.Enqueue(Mini, Reply(Account));
        Server.Enqueue(Haiku, Reply(Good));

        var result = await Voting.BestAsync(Ticket);

        Assert.Equal((Haiku, 0.9), (result.ModelId, result.Value.Confidence));
        Assert.Equal(2, result.Attempts.Count);
    }

    [Fact]
    public async Task Members_judge_and_call_are_one_trace_that_holds_no_vote()
    {
        using var probe = new TelemetryProbe();
        Server.Enqueue(Mini, Reply(Good));
        Server.Enqueue(Haiku, Reply(Account));
        Server.Enqueue(Sonnet, Reply("""{"value":0}"""), Reply("""{"value":1}"""));

        await Voting.JudgedAsync(Ticket);

        var mine = probe.Spans;
        var call = Assert.Single(mine, static span => (string?)span.GetTagItem("gen_ai.prompt.name") == "EnsembleDesk.JudgedAsync" && span.Kind == ActivityKind.Internal);
        Assert.Equal(probe.Root.SpanId, call.ParentSpanId);
        Assert.Equal("ensemble", call.GetTagItem("promptgen.strategy"));
        Assert.Equal(0.5, call.GetTagItem("promptgen.vote.agreement"));
        Assert.Equal(
            ["promptgen.vote.asked: 2", "promptgen.vote.counted: 2", "promptgen.vote.won: True"],
            Assert.Single(call.Events, static one => one.Name == "promptgen.vote").Tags.Select(static tag => $"{tag.Key}: {tag.Value}"));
        var members = mine.Where(span => span.ParentSpanId == call.SpanId && span.Kind == ActivityKind.Client).ToArray();
        Assert.Equal(["vote", "vote"], members.Select(static span => span.GetTagItem("promptgen.attempt.reason")));
        Assert.All(members, static span => Assert.Null(span.GetTagItem("promptgen.attempt.trigger")));
        Assert.DoesNotContain(mine.SelectMany(static span => span.TagObjects).Concat(mine.SelectMany(static span => span.Events).SelectMany(static one => one.Tags)), static tag => tag.Value?.ToString()?.Contains("Billing", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_dry_run_shows_the_members_before_the_route_and_counts_each_of_them()
    {
        var explained = await Prompts.ExplainAsync(() => Voting.SampledAsync(Ticket));
        var routed = await Prompts.ExplainAsync(() => Voting.AgreeAsync(Ticket));
        var judged = await Prompts.ExplainAsync(() => Voting.JudgedAsync(Ticket));

        Assert.Empty(Server.Requests);
        var sampled = Assert.Single(Assert.Single(explained.Steps).Models);
        var (input, output) = ((decimal)sampled.EstimatedInputTokens, 1_000);
        Assert.Equal(3 * (((input * 2) + output + (2 * output * 2m)) / 1_000_000), explained.WorstCaseUsd);
        Assert.Equal([[Mini, Haiku], [Sonnet]], routed.Steps.Select(static step => step.Models.Select(static model => model.ModelId)));
        Assert.True(judged.WorstCaseUsd > routed.WorstCaseUsd);
        Assert.True(judged.WorstCaseDuration > routed.WorstCaseDuration);
    }
}
