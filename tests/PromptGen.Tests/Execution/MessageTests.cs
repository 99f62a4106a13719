using Microsoft.Extensions.AI;
using PromptGen.Execution;
using PromptGen.Prompts;
using PromptGen.Routing;
using PromptGen.Tests.Contracts;

namespace PromptGen.Tests.Execution;

/// <summary>What the user reads where a call fails, and the model where it is asked for a repair.</summary>
public sealed class MessageTests
{
    private static readonly PromptStep OnlyMini = new(Tier.Fast, [Sample.Mini]);

    private const string FirstFailure =
        " First failure: PromptGen.Tests.Execution.ProviderException. Telemetry.IncludeProviderMessages = true shows its message.";

    [Fact]
    public async Task An_exhausted_route_names_every_attempt()
    {
        using var desk = new Desk();
        desk.Mini.Fails(new ProviderException(PromptErrorCode.Auth));
        desk.Haiku.Answers("");
        desk.Sonnet.Fails(new ProviderException(PromptErrorCode.NotFound));

        Assert.Equal(
            "Desk.Urgency: no step of the route gave an accepted answer. "
            + "Attempts: 1. mini (Initial): Auth; 2. haiku (Fallback): EmptyOutput; 3. sonnet (Fallback): NotFound." + FirstFailure,
            (await desk.FailAsync()).Message);
    }

    [Fact]
    public async Task A_call_that_asked_no_model_says_why()
    {
        using var desk = new Desk();

        Assert.Equal(
            "Desk.Urgency: no step of the route gave an accepted answer. No request was made. "
            + "Not asked: mini (not self-hosted); haiku (not self-hosted); sonnet (not self-hosted).",
            (await desk.FailAsync(Sample.Define(selfHostedOnly: true))).Message);
    }

    [Fact]
    public async Task A_budget_that_does_not_suffice_comes_with_advice()
    {
        using var desk = new Desk();

        Assert.Equal(
            "Desk.Urgency: the next attempt could exceed the budget of $0.001000. "
            + "Raise [Budget], lower MaxOutputTokens or shorten the parameters. No request was made.",
            (await desk.FailAsync(Sample.Define(maxUsd: 0.001m))).Message);
    }

    [Fact]
    public async Task A_deadline_that_ran_out_is_named()
    {
        using var desk = new Desk();
        desk.Mini.Then((_, _) =>
        {
            desk.Clock.Advance(TimeSpan.FromSeconds(2.5));
            throw new ProviderException(PromptErrorCode.Auth);
        });

        Assert.Equal(
            "Desk.Urgency: the deadline of 2.5 s ran out. Attempts: 1. mini (Initial): DeadlineExceeded." + FirstFailure,
            (await desk.FailAsync(Sample.Define(deadline: TimeSpan.FromSeconds(2.5)))).Message);
    }

    [Fact]
    public async Task A_content_filter_is_named()
    {
        using var desk = new Desk();
        desk.Mini.Fails(new ProviderException(PromptErrorCode.ContentFiltered));

        Assert.Equal(
            "Desk.Urgency: the provider's content filter stopped the prompt or the answer. Attempts: 1. mini (Initial): ContentFiltered." + FirstFailure,
            (await desk.FailAsync()).Message);
    }

    [Fact]
    public async Task A_route_that_cools_down_is_named()
    {
        using var desk = new Desk();
        desk.Mini.Fails(new ProviderException(PromptErrorCode.QuotaExhausted, TimeSpan.FromSeconds(90)));
        var prompt = Sample.Define(route: OnlyMini);
        await desk.FailAsync(prompt);

        Assert.Equal(
            "Desk.Urgency: all models of the route are cooling down. No request was made. Not asked: mini (cooling down for another 90 s, as its provider requested).",
            (await desk.FailAsync(prompt)).Message);
    }

    [Fact]
    public async Task A_cancelled_call_says_so_and_holds_what_came_before()
    {
        using var desk = new Desk();
        using var source = new CancellationTokenSource();
        desk.Mini.Then((_, _) =>
        {
            source.Cancel();
            throw new IOException();
        });

        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => desk.AskAsync(cancellationToken: source.Token));

        Assert.Equal("Desk.Urgency was cancelled.", error.Message);
        Assert.Equal("Desk.Urgency: the caller cancelled. Attempts: 1. mini (Initial): Cancelled.", error.InnerException!.Message);
    }

    [Fact]
    public async Task A_model_that_no_registration_serves_is_named_with_what_to_write()
    {
        using var runtime = PromptRuntime.Create(static _ => { });
        using var call = runtime.Start(Sample.Prompt, CancellationToken.None);

        var error = await Assert.ThrowsAsync<PromptException>(() => call.TryAsync(Sample.Fast, new UrgencyTemplate(Sample.Ticket)).AsTask());

        Assert.Equal(PromptErrorCode.Configuration, error.Code);
        Assert.Equal("No registration serves mini, which Desk.Urgency needs: add AddProvider(\"openai\", modelId => …).", error.Message);
    }

    [Fact]
    public async Task A_factory_that_returns_nothing_is_named()
    {
        using var runtime = PromptRuntime.Create(static builder => builder.AddProvider("openai", static _ => null!));
        using var call = runtime.Start(Sample.Prompt, CancellationToken.None);

        var error = await Assert.ThrowsAsync<PromptException>(() => call.TryAsync(Sample.Fast, new UrgencyTemplate(Sample.Ticket)).AsTask());

        Assert.Equal(PromptErrorCode.Configuration, error.Code);
        Assert.Equal("The factory given to AddProvider(\"openai\", …) returned null for model 'mini'.", error.Message);
    }

    [Theory]
    [InlineData(PromptErrorCode.InvalidJson, "Your answer is not valid JSON.")]
    [InlineData(PromptErrorCode.SchemaMismatch, "Your answer does not match the schema.")]
    public void A_repair_lists_every_violation(PromptErrorCode code, string headline)
    {
        var repair = new RepairPrompt("{...}", code, [new SchemaViolation("/a", "an integer", "\"x\""), new SchemaViolation("", "an object", "nothing")]);
        var messages = new List<ChatMessage>();

        var tokens = repair.AppendTo(messages, new UrgencyTemplate(Sample.Ticket), "");

        Assert.Equal([(ChatRole.Assistant, "{...}"), (ChatRole.User, messages[1].Text)], messages.Select(static message => (message.Role, message.Text)));
        Assert.Equal(
            $"{headline}\n- /a must be an integer, not \"x\".\n- The answer must be an object, not nothing.\n"
            + "Answer again with the whole JSON value, every point corrected, and nothing else.",
            messages[1].Text);
        Assert.Equal(TokenEstimator.Estimate(messages[0].Text) + TokenEstimator.Estimate(messages[1].Text), tokens);
    }

    [Theory]
    [InlineData(64, 64, false)]
    [InlineData(65, 64, true)]
    [InlineData(1000, 64, true)]
    public void A_repair_lists_64_violations_and_says_where_there_are_more(int wrong, int listed, bool hasMore)
    {
        var reading = new ValueContract<int>(static (ref reader) =>
        {
            reader.StartArray("an array");
            while (reader.NextItem())
            {
                reader.Int32("an integer");
            }

            return 0;
        }).ReadElement($"[{string.Join(',', Enumerable.Repeat("true", wrong))}]", Tolerance.Exact, new());
        var messages = new List<ChatMessage>();

        new RepairPrompt("[...]", reading.Code, reading.Violations).AppendTo(messages, new UrgencyTemplate(Sample.Ticket), "");

        var lines = messages[^1].Text.Split('\n');
        Assert.Equal(Math.Min(wrong, 256), reading.Violations.Count);
        Assert.Equal(
            [
                "Your answer does not match the schema.",
                .. Enumerable.Range(0, listed).Select(static i => $"- /{i} must be an integer, not true."),
                .. (string[])(hasMore ? ["- There are more violations than are listed here."] : []),
                "Answer again with the whole JSON value, every point corrected, and nothing else.",
            ],
            lines);
    }

    [Theory]
    [InlineData("/urgency", "an integer from 1 to 5", "9", "/urgency must be an integer from 1 to 5, not 9.")]
    [InlineData("", "an object", "[1]", "The answer must be an object, not [1].")]
    [InlineData("/urgency", "an integer from 1 to 5", "nothing", "/urgency is missing: it must be an integer from 1 to 5.")]
    [InlineData("/foo", "no member of this name, only \"a\", \"b\"", "1", "/foo must be left out: there are only \"a\", \"b\".")]
    [InlineData("/a", "the member only once", "the member again", "/a is there more than once: write it once.")]
    [InlineData("/a/0", "valid JSON from here on", "}", "/a/0 must be valid JSON from here on, not }.")]
    public void A_violation_is_one_sentence_that_a_model_can_act_on(string pointer, string expected, string actual, string message) =>
        Assert.Equal(message, new SchemaViolation(pointer, expected, actual).Message);

    [Fact]
    public void A_repair_that_a_template_says_nothing_for_is_reported_as_before()
    {
        var messages = new List<ChatMessage>();

        new RepairPrompt("{...}", PromptErrorCode.SchemaMismatch, [new SchemaViolation("/a", "an integer", "1.5")]).AppendTo(messages, new MuteTemplate(), "");

        Assert.Contains("/a must be an integer, not 1.5.", messages[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_character_in_the_answer_is_no_fault_of_the_caller_s()
    {
        var messages = new List<ChatMessage>();

        new RepairPrompt("a\uD83D", PromptErrorCode.InvalidJson, []).AppendTo(messages, new QuotingTemplate(), "{}");

        Assert.Equal("a\uFFFD and {}", messages[^1].Text);
    }

    private sealed class MuteTemplate : IPromptTemplate
    {
        public void Render(PromptGen.Catalog.ModelInfo model, PromptWriter prompt) => prompt.Append("text");

        public void RenderRepair(PromptErrorCode outcome, string answer, IReadOnlyList<SchemaViolation> violations, PromptWriter prompt) => prompt.Append(" \n");
    }

    private sealed class QuotingTemplate : IPromptTemplate
    {
        public void Render(PromptGen.Catalog.ModelInfo model, PromptWriter prompt) => prompt.Append("text");

        public void RenderRepair(PromptErrorCode outcome, string answer, IReadOnlyList<SchemaViolation> violations, PromptWriter prompt)
        {
            prompt.Append(answer);
            prompt.Append(" and ");
            prompt.Schema();
        }
    }

    public static TheoryData<int, string> Reasons => new()
    {
        { (int)SkipReason.Disabled, "mini (disabled by configuration)" },
        { (int)SkipReason.NotSelfHosted, "mini (not self-hosted)" },
        { (int)SkipReason.WindowTooSmall, "mini (context window not larger)" },
        { (int)SkipReason.PromptTooLong, "mini (prompt longer than its context window)" },
        { (int)SkipReason.Unfit, "mini (has no tools)" },
        { (int)SkipReason.CoolingDown, "mini (cooling down for another 1.5 s, as its provider requested)" },
        { (int)SkipReason.CircuitOpen, "mini (circuit open for another 1.5 s)" },
        { (int)SkipReason.BreaksContract, "mini (breaks this contract: 8 of 10 answers)" },
        { (int)SkipReason.RetryBudget, "mini (not again: the retry budget of openai is used up)" },
    };

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_model_that_was_not_asked_is_named_with_the_reason(int reason, string text)
    {
        var skipped = new SkippedModel(Sample.Mini, (SkipReason)reason, TimeSpan.FromSeconds(1.5), 8, 10, "has no tools");

        Assert.Equal(text, skipped.ToString());
        Assert.Equal((SkipReason)reason is SkipReason.CoolingDown or SkipReason.CircuitOpen or SkipReason.BreaksContract or SkipReason.RetryBudget, skipped.IsForNow);
    }

    [Fact]
    public void A_circuit_that_is_being_probed_has_no_time_to_wait_for() =>
        Assert.Equal("mini (circuit open, being probed)", new SkippedModel(Sample.Mini, SkipReason.CircuitOpen).ToString());

    [Fact]
    public void A_cost_says_whether_it_is_all()
    {
        Assert.Equal("$0.001500", new PromptCost(0.0015m, IsComplete: true).ToString());
        Assert.Equal("≥ $12.000000", new PromptCost(12m, IsComplete: false).ToString());
        Assert.Equal(new PromptCost(3m, IsComplete: false), new PromptCost(1m, IsComplete: true) + PromptCost.Add(new PromptCost(2m, IsComplete: true), PromptCost.Unknown));
        Assert.Equal(new PromptCost(1m, IsComplete: true), PromptCost.Zero + new PromptCost(1m, IsComplete: true));
    }
}
