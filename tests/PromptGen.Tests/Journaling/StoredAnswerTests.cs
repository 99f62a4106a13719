using Microsoft.Extensions.AI;
using PromptGen.Providers;
using PromptGen.Testing;
using PromptGen.Tests.Execution;
using PromptGen.Tests.Pipelines;

namespace PromptGen.Tests.Journaling;

/// <summary>Answers that a provider has stored, where they cannot be fetched.</summary>
public sealed class StoredAnswerTests
{
    private readonly InMemoryPromptJournal _journal = new();

    [Fact]
    public async Task An_answer_that_cannot_be_fetched_is_unknown()
    {
        await CrashAsync();

        var (items, run, desk) = await AgainAsync(UnknownRequest.Retry, static (_, _) => throw new HttpRequestException("of the provider"));
        Assert.Equal(["None"], items.Codes());
        Assert.Equal((1L, 1), (run.Unknown, desk.Mini.Requests.Count));
    }

    [Fact]
    public async Task An_answer_that_cannot_be_fetched_and_must_not_be_asked_for_again_fails_its_item()
    {
        await CrashAsync();

        var (items, run, desk) = await AgainAsync(UnknownRequest.Skip, static (_, _) => throw new HttpRequestException("of the provider"));
        Assert.Equal(["OutcomeUnknown"], items.Codes());
        Assert.Equal((1L, 0), (run.Unknown, desk.Mini.Requests.Count));

        // It is still there for the next run.
        (items, run, desk) = await AgainAsync(UnknownRequest.Skip, static (_, _) => Task.FromResult<ChatResponse?>(Found()));
        Assert.Equal(["None"], items.Codes());
        Assert.Equal((0L, 0), (run.Unknown, desk.Mini.Requests.Count));
    }

    [Fact]
    public async Task Fetching_takes_no_longer_than_a_request()
    {
        await CrashAsync();
        var asked = new TaskCompletionSource();
        var clock = new ManualTimeProvider();
        var running = AgainAsync(
            UnknownRequest.Retry,
            (_, _) =>
            {
                asked.TrySetResult();
                return new TaskCompletionSource<ChatResponse?>().Task;
            },
            clock);
        await asked.Task;
        clock.Advance(TimeSpan.FromMinutes(10));

        var (items, run, desk) = await running;
        Assert.Equal(["None"], items.Codes());
        Assert.Equal((1L, 1), (run.Unknown, desk.Mini.Requests.Count));
    }

    [Fact]
    public async Task A_run_that_is_cancelled_while_it_fetches_leaves_the_request_as_it_was()
    {
        await CrashAsync();
        using var cancellation = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AgainAsync(
            UnknownRequest.Retry,
            async (_, token) =>
            {
                await cancellation.CancelAsync();
                token.ThrowIfCancellationRequested();
                return null;
            },
            cancellationToken: cancellation.Token));

        var (items, run, desk) = await AgainAsync(UnknownRequest.Fail, static (_, _) => Task.FromResult<ChatResponse?>(Found()));
        Assert.Equal(["None"], items.Codes());
        Assert.Equal((0L, 0), (run.Unknown, desk.Mini.Requests.Count));
    }

    [Fact]
    public async Task A_client_that_no_longer_stores_answers_leaves_them_unknown()
    {
        await CrashAsync();
        using var desk = Numbers.Answering(1);
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Journal = _journal });
        Assert.Equal(["None"], (await MapAsync(run, desk)).Codes());
        Assert.Equal((1L, 1), (run.Unknown, desk.Mini.Requests.Count));
    }

    [Fact]
    public async Task A_retry_is_stored_under_the_handle_of_its_request_and_fetches_nothing()
    {
        var handles = new List<string>();
        using var desk = Create((handle, _) => throw new InvalidOperationException("Nothing is to be fetched."), stored: handles.Add);
        desk.Mini.Fails(new ProviderException(PromptErrorCode.ServerError)).Answers(Numbers.Answer);
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Journal = _journal });
        await desk.WaitOutAsync(MapAsync(run, desk));

        Assert.Equal(2, handles.Count);
        Assert.Single(handles.Distinct());
    }

    [Fact]
    public async Task A_handle_has_32_hexadecimal_digits()
    {
        var handles = new List<string>();
        using var desk = Create(static (_, _) => Task.FromResult<ChatResponse?>(null), stored: handles.Add);
        desk.Mini.Answers(Numbers.Answer);
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Journal = _journal });
        await MapAsync(run, desk);

        Assert.Matches("^[0-9a-f]{32}$", Assert.Single(handles));
    }

    private static ChatResponse Found() => new(new ChatMessage(ChatRole.Assistant, Numbers.Answer)) { Usage = new UsageDetails { InputTokenCount = 0, OutputTokenCount = 1_000 } };

    private static Task<IReadOnlyList<PipelineItem<PromptResult<int>>>> MapAsync(PipelineRun run, Desk desk) =>
        run.MapAsync("classify", ["a"], (ticket, token) => desk.AskAsync(Numbers.OnlyMini, ticket: ticket, cancellationToken: token));

    private static Desk Create(Func<string, CancellationToken, Task<ChatResponse?>> find, ManualTimeProvider? clock = null, Action<string>? stored = null)
    {
        Desk? desk = null;
        return desk = new Desk(builder => builder.AddProvider("openai", id => new StoringClient(desk!.Model(id), find, stored)), clock);
    }

    /// <summary>A run that sent a request and ended before it had its answer.</summary>
    private async Task CrashAsync()
    {
        using var desk = Create(static (_, _) => Task.FromResult<ChatResponse?>(null));
        desk.Mini.Hangs();
        using var cancellation = new CancellationTokenSource();
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Journal = _journal }, cancellation.Token);
        var running = MapAsync(run, desk);
        await desk.Mini.WaitForRequestAsync(1);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private async Task<(IReadOnlyList<PipelineItem<PromptResult<int>>> Items, PipelineRun Run, Desk Desk)> AgainAsync(
        UnknownRequest policy, Func<string, CancellationToken, Task<ChatResponse?>> find, ManualTimeProvider? clock = null, CancellationToken cancellationToken = default)
    {
        using var desk = Create(find, clock);
        desk.Mini.Answers(Numbers.Answer, inputTokens: 0, outputTokens: 1_000);
        await using var run = desk.Runtime.StartPipeline("rate", new PipelineOptions { Journal = _journal, Unknown = policy }, cancellationToken);
        return (await MapAsync(run, desk), run, desk);
    }

    private sealed class StoringClient(IChatClient inner, Func<string, CancellationToken, Task<ChatResponse?>> find, Action<string>? stored) : DelegatingChatClient(inner), IStoredAnswers
    {
        public void Store(ChatOptions options, string handle) => stored?.Invoke(handle);

        public Task<ChatResponse?> FindAsync(string handle, ChatOptions options, CancellationToken cancellationToken) => find(handle, cancellationToken);
    }
}
