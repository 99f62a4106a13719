using PromptGen.EndToEnd.Tests.Calls;

namespace PromptGen.EndToEnd.Tests.Pipelines;

/// <summary>Answers that the provider has stored, over HTTP: a run that was interrupted fetches them instead of paying again.</summary>
public sealed class StoredAnswerTests : CallTests
{
    private const decimal Usd = 0.00021m;

    private readonly InMemoryPromptJournal _journal = new();

    [Theory]
    [InlineData(UnknownRequest.Retry)]
    [InlineData(UnknownRequest.Skip)]
    [InlineData(UnknownRequest.Fail)]
    public async Task An_answer_that_the_first_run_lost_is_fetched_by_the_second_and_booked_once(UnknownRequest policy)
    {
        Server.Enqueue(Mini, Reply(Good, input: 10, output: 100));
        await RunAsync(new InterruptedJournal(_journal, JournalState.Answered));
        var (item, run) = await RunAsync(_journal, policy, builder => builder.AddBudget("all", 1m, BudgetPeriod.Month));

        Assert.Null(item.Error);
        Assert.Equal(3, item.Value.Urgency);
        var request = Assert.Single(Server.Requests);
        Assert.True(request.Body.GetProperty("store").GetBoolean());
        Assert.Equal(32, request.Body.GetProperty("metadata").GetProperty("promptgen_request").GetString()!.Length);
        Assert.Equal((0L, new PromptCost(Usd, IsComplete: true)), (run.Unknown, run.Cost));
        Assert.Equal(100L, Assert.Single(run.Attempts).Usage?.OutputTokenCount);

        var (again, replay) = await RunAsync(_journal, policy);
        Assert.Null(again.Error);
        Assert.True(Assert.Single(replay.Attempts).FromJournal);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task Only_the_answer_of_the_request_is_fetched()
    {
        Server.Enqueue(Mini, Reply(Good, input: 10, output: 100), Reply(Good.Replace("3", "4", StringComparison.Ordinal), input: 10, output: 100));
        await RunAsync(new InterruptedJournal(_journal, JournalState.Answered));
        await RunAsync(new InMemoryPromptJournal());

        Assert.Equal(3, (await RunAsync(_journal)).Item.Value.Urgency);
        Assert.Equal(2, Server.Requests.Count);
    }

    [Fact]
    public async Task A_request_that_never_arrived_is_unknown_and_treated_by_the_policy()
    {
        await RunAsync(new InterruptedJournal(_journal, JournalState.Sent));
        Assert.Empty(Server.Requests);

        var (skipped, run) = await RunAsync(_journal, UnknownRequest.Skip);
        Assert.Equal(PromptErrorCode.OutcomeUnknown, Assert.IsType<PromptException>(skipped.Error).Code);
        Assert.Equal((1L, 0), (run.Unknown, Server.Requests.Count));

        Server.Enqueue(Mini, Reply(Good, input: 10, output: 100));
        var (retried, second) = await RunAsync(_journal);
        Assert.Null(retried.Error);
        Assert.Equal((1L, 1, new PromptCost(Usd, IsComplete: false)), (second.Unknown, Server.Requests.Count, second.Cost));
    }

    [Fact]
    public async Task An_answer_that_breaks_the_contract_is_repaired_as_one_that_was_asked_for()
    {
        Server.Enqueue(Mini, Reply("no JSON", input: 10, output: 100));
        await RunAsync(new InterruptedJournal(_journal, JournalState.Answered));
        var (item, run) = await RunAsync(_journal);

        Assert.Equal(PromptErrorCode.RouteExhausted, Assert.IsType<PromptException>(item.Error).Code);
        Assert.Equal((0L, 1), (run.Unknown, Server.Requests.Count));
    }

    [Fact]
    public async Task Nothing_is_stored_without_a_journal_or_without_the_option()
    {
        Server.Enqueue(Mini, Reply(Good), Reply(Good));
        using var storing = Create();
        await new PipelineDesk(storing).ClassifyAsync("ticket");
        await using var run = Prompts.StartPipeline("tickets", new PipelineOptions { Journal = _journal });
        await run.RunAsync("classify", token => new PipelineDesk(Prompts).ClassifyAsync("ticket", token));

        Assert.All(Server.Requests, static request => Assert.False(request.Body.TryGetProperty("store", out _) || request.Body.TryGetProperty("metadata", out _)));
    }

    private async Task<(PipelineItem<Triage> Item, PipelineRun Run)> RunAsync(IPromptJournal journal, UnknownRequest policy = UnknownRequest.Retry, Action<PromptRuntimeBuilder>? configure = null)
    {
        using var prompts = Create(configure);
        var desk = new PipelineDesk(prompts);
        await using var run = prompts.StartPipeline("tickets", new PipelineOptions { Journal = journal, Unknown = policy });
        var items = await run.MapAsync("classify", ["ticket"], desk.ClassifyAsync).WaitAsync(Hanging);
        return (items[0], run);
    }

    private PromptRuntime Create(Action<PromptRuntimeBuilder>? configure = null) => PromptRuntime.Create(builder =>
    {
        builder.UseTimeProvider(Time).AddOpenAI(options => (options.ApiKey, options.Endpoint, options.StoreAnswers) = ("test-key", Server.OpenAIEndpoint, true));
        configure?.Invoke(builder);
    });

    /// <summary>A journal whose process ends when an entry of this state has been written, or, where the request was answered, before that.</summary>
    private sealed class InterruptedJournal(IPromptJournal journal, JournalState at) : IPromptJournal
    {
        public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(JournalItem item, CancellationToken cancellationToken = default) => journal.ReadAsync(item, cancellationToken);

        public async ValueTask WriteAsync(JournalItem item, JournalEntry entry, CancellationToken cancellationToken = default)
        {
            if (entry.State == JournalState.Sent)
            {
                await journal.WriteAsync(item, entry, cancellationToken);
            }

            if (entry.State == at)
            {
                throw new IOException("The process ends here.");
            }
        }
    }
}
