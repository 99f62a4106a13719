using System.Diagnostics.CodeAnalysis;
using PromptGen.Testing;
using Models = PromptGen.EndToEnd.Tests.Calls.Catalog;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>
/// What all rows of the fault wall share: the model server, the official SDKs configured to use it, a clock that only the tests advance, and secrets wherever
/// a program has secrets. After each test the invariants are asserted for all its calls, and one more call has to succeed.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "xUnit calls DisposeAsync.")]
public abstract class WallTests : IAsyncLifetime
{
    protected const string Good = """{"queue":"Billing","urgency":3,"summary":"Charged twice","confidence":0.9,"reference":"AB12","tags":["card"]}""";
    protected const string Broken = """{"queue":"Sales","urgency":9,"summary":"Charged twice","confidence":0.9,"reference":"AB12","tags":["card"]}""";
    protected const string Unsure = """{"queue":"Billing","urgency":3,"summary":"Charged twice","confidence":0.5,"reference":"AB12","tags":["card"]}""";
    protected const string Stronger = Models.Sonnet;
    protected const string Ticket = "My card 4929-CANARY-TICKET was charged twice";

    private const string Key = "sk-CANARY-KEY";
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private readonly List<PromptRuntime> _runtimes = [];
    private readonly List<WallCall> _calls = [];
    private readonly WallSpans _spans = new();
    private WallDesk? _desk;
    private bool _isHealthy;

    /// <summary>Nothing on the wall takes so long: a test that gets there hangs.</summary>
    protected static TimeSpan Hanging { get; } = TimeSpan.FromMinutes(1);

    /// <summary>What a provider says in its errors, which may repeat what it was sent.</summary>
    protected static string ErrorText => $"Incorrect key {Key} for: {Ticket}";

    protected ModelServer Server { get; private set; } = null!;

    protected ManualTimeProvider Time { get; } = new();

    protected WallLog Log { get; } = new();

    /// <summary>The runtime that the calls go through; made at first use.</summary>
    protected PromptRuntime Prompts { get; private set; } = null!;

    protected WallDesk Desk => _desk ??= new WallDesk(CreatePrompts());

    /// <summary>What a test changes before its first call.</summary>
    protected Action<PromptRuntimeBuilder> Configure { get; set; } = static _ => { };

    /// <summary>What the server answers where no reply was queued.</summary>
    protected Func<ModelRequest, ModelReply> Otherwise { get; set; } =
        static request => ModelReply.Error(501, message: $"The test queued no reply for {request.ModelId}.");

    /// <summary>The same where the server has something to wait for. Default: null, <see cref="Otherwise"/> answers.</summary>
    protected Func<ModelRequest, Task<ModelReply>>? AnswerAsync { get; set; }

    /// <summary>Attempts that end before the server sees a request: no connection, or a client that is no client of the server.</summary>
    protected Func<int> NeverArrived { get; set; } = static () => 0;

    /// <summary>The attempts of all calls that have ended.</summary>
    protected IEnumerable<PromptAttempt> Attempts => _calls.SelectMany(static call => call.Attempts);

    /// <summary>The waits between attempts, as <see cref="AskAsync"/> sat them out.</summary>
    protected List<TimeSpan> Pauses { get; } = [];

    protected static string Primary(Via via) => via == Via.OpenAI ? Models.Mini : Models.Haiku;

    protected static string Backup(Via via) => via == Via.OpenAI ? Models.Haiku : Models.Mini;

    /// <summary>A reply with usage that is easy to price.</summary>
    protected static ModelReply Reply(string text, int input = 1_000, int output = 500) => ModelReply.Text(text, input, output);

    public async ValueTask InitializeAsync() =>
        Server = await ModelServer.StartAsync(
            async (request, _) => _isHealthy ? Reply(Good) : AnswerAsync is { } answer ? await answer(request) : Otherwise(request),
            Time);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await AssertInvariantsAsync().WaitAsync(Hanging);
        }
        finally
        {
            _runtimes.ForEach(static runtime => runtime.Dispose());
            _spans.Dispose();
            await Server.DisposeAsync();
        }
    }

    /// <summary>Replies of the model at fault.</summary>
    protected void Enqueue(Via via, params ModelReply[] replies) => Server.Enqueue(Primary(via), replies);

    /// <summary>Queues a good reply of the fallback model.</summary>
    protected void BackupAnswers(Via via) => Server.Enqueue(Backup(via), Reply(Good));

    /// <summary>Starts a call; the test moves the clock.</summary>
    protected Task<WallCall> Start(Via via, string ticket = Ticket, CancellationToken cancellationToken = default) => Observe(
        token => via == Via.OpenAI ? Desk.ViaOpenAIAsync(ticket, token) : Desk.ViaAnthropicAsync(ticket, token),
        cancellationToken);

    /// <summary>Makes a call and advances the clock through its waits between attempts. The time-outs of attempts, 5 s or longer, are ignored.</summary>
    protected Task<WallCall> AskAsync(Via via, string ticket = Ticket, CancellationToken cancellationToken = default) =>
        SitOutAsync(Start(via, ticket, cancellationToken));

    /// <summary>Moves the clock whenever a call waits between two attempts.</summary>
    protected async Task<WallCall> SitOutAsync(Task<WallCall> call)
    {
        while (!call.IsCompleted)
        {
            var timer = Time.WaitForTimerAsync(Tick, TimeSpan.FromSeconds(4.9));
            await Task.WhenAny(call, timer).WaitAsync(Hanging);
            if (!call.IsCompleted)
            {
                Pauses.Add(await timer);
                Time.Advance(Pauses[^1]);
            }
        }

        return await call;
    }

    /// <summary>Makes any call of a prompt and records it, so that the invariants are asserted for it.</summary>
    protected Task<WallCall> Observe<TResult>(Func<CancellationToken, Task<TResult>> ask, CancellationToken cancellationToken = default) =>
        ObserveAsync(ask, null, cancellationToken);

    /// <summary>The same for a streamed call, which is read to its end.</summary>
    protected Task<WallCall> ObserveStream<T>(Func<CancellationToken, IAsyncEnumerable<T>> ask, CancellationToken cancellationToken = default)
    {
        var items = new List<object>();
        return ObserveAsync(
            async Task<PromptResult<Report>?> (token) =>
            {
                await foreach (var item in ask(token).WithCancellation(CancellationToken.None))
                {
                    items.Add(item!);
                }

                return null;
            },
            items,
            cancellationToken);
    }

    private async Task<WallCall> ObserveAsync<TResult>(Func<CancellationToken, Task<TResult>> ask, List<object>? items, CancellationToken cancellationToken)
    {
        var started = Time.Elapsed;
        object? result = null;
        Exception? error = null;
        using var span = _spans.Begin();
        try
        {
            result = await ask(cancellationToken).WaitAsync(Hanging, CancellationToken.None);
        }
        catch (Exception exception) when (exception is PromptException or OperationCanceledException { InnerException: PromptException })
        {
            error = exception;
        }

        var requests = _spans.RequestsOf(span);
        var call = new WallCall(result as PromptResult<Report>, error, Time.Elapsed - started, requests.Count, cancellationToken)
        {
            Written = result as PromptResult<string>,
            LastRequest = requests.Count == 0 ? null : requests[^1],
            Items = items,
        };
        lock (_calls)
        {
            _calls.Add(call);
        }

        return call;
    }

    protected PromptRuntime CreatePrompts()
    {
        Prompts = PromptRuntime.Create(builder =>
        {
            builder
                .UseTimeProvider(Time)
                .UseLoggerFactory(Log)
                .AddOpenAI(Key, Server.OpenAIEndpoint)
                .AddAnthropic(Key, Server.AnthropicEndpoint);
            Configure(builder);
        });
        _runtimes.Add(Prompts);
        return Prompts;
    }

    /// <summary>Goes on with a runtime that has only the clients of the server.</summary>
    protected void Renew()
    {
        Configure = static _ => { };
        _desk = null;
    }

    /// <summary>Advances the clock until no model is skipped any more because it is cooling down or its circuit is open.</summary>
    protected void LetRecover() => Time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));

    private async Task AssertInvariantsAsync()
    {
        await Server.WaitForIdleAsync();
        Assert.Equal(0, Server.QueuedReplies);
        foreach (var call in _calls)
        {
            Invariants.AssertAll(call);
        }

        AssertOneEntryPerRequest();
        _isHealthy = true;
        await AskAsync(Via.OpenAI);
        Assert.NotNull(_calls[^1].Result);
        await Server.WaitForIdleAsync();
        AssertOneEntryPerRequest();
        Invariants.AssertNoCanary(Log.Lines.Concat(_spans.Texts));
    }

    private void AssertOneEntryPerRequest() =>
        Assert.True(
            Server.Requests.Count + NeverArrived() == _calls.Sum(static call => call.Requests),
            $"{Server.Requests.Count} requests and {NeverArrived()} that never arrived, but: {string.Join("; ", _calls.SelectMany(static call => call.Ledger))}");
}
