using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using PromptGen.Budgets;
using PromptGen.EndToEnd.Tests.Calls;
using PromptGen.EndToEnd.Tests.Wall;
using PromptGen.Testing;
using Models = PromptGen.EndToEnd.Tests.Calls.Catalog;

namespace PromptGen.EndToEnd.Tests.Ensembles;

/// <summary>
/// Ten thousand votes at once, of whose requests one in a hundred meets each of nine faults: every request is in a ledger, all money is settled. Time is the machine's; nothing
/// that is asserted depends on how long it takes.
/// </summary>
[Collection(nameof(Alone))]
public sealed class EnsembleSoakTests
{
    private const int Calls = 10_000;
    private const int WarmUp = 1_000;
    private const string Billing = """{"queue":"Billing","urgency":3,"confidence":0.9}""";
    private const string Account = """{"queue":"Account","urgency":3,"confidence":0.9}""";

    private static readonly ChaosFault[] Faults =
    [
        ChaosFault.RateLimited, ChaosFault.ServerError, ChaosFault.Overloaded, ChaosFault.TimeOut, ChaosFault.Reset,
        ChaosFault.Truncated, ChaosFault.BrokenContract, ChaosFault.Refusal, ChaosFault.Empty,
    ];

    private static readonly BudgetLimit Budget = new("votes", 10_000m, BudgetPeriod.Day);

    private readonly ConcurrentBag<ChaosChatClient> _clients = [];
    private long _entries;
    private long _ledgerMicroUsd;
    private int _accepted;
    private int _failed;

    [Fact]
    public async Task Ten_thousand_votes_at_once_lose_no_request_and_no_money()
    {
        var store = new InMemoryBudgetStore();
        using var prompts = PromptRuntime.Create(builder => builder
            .UseBudgetStore(store)
            .AddBudget(Budget.Key, Budget.MaxUsd, Budget.Period)
            .UseConfiguration(TimeOutAfter(seconds: 2))
            .AddProvider("openai", _ => new Voters())
            .AddProvider("anthropic", _ => new Voters())
            .WrapClients((modelId, client) =>
            {
                var leaf = client.WithChaos(new ChaosOptions { Seed = modelId.Length }.Inject(0.01, Faults));
                _clients.Add(leaf);
                return leaf;
            }));
        var desk = new EnsembleDesk(prompts);

        // Models with some good answers: a circuit that had seen nothing but the first faults would open.
        await Parallel.ForEachAsync(Enumerable.Range(0, WarmUp), new ParallelOptions { MaxDegreeOfParallelism = 100 }, async (number, _) => await CallAsync(desk, number));
        await Task.WhenAll(Enumerable.Range(0, Calls).Select(number => CallAsync(desk, number)));

        Assert.Equal(WarmUp + Calls, _accepted + _failed);
        Assert.InRange(_accepted, Calls * 0.9, WarmUp + Calls);
        Assert.Equal(_clients.Sum(static client => client.Requests), _entries);
        var balance = await store.GetBalanceAsync(Budget);
        Assert.Equal(0m, balance.ReservedUsd);
        Assert.True(balance.SpentUsd >= _ledgerMicroUsd / 1_000_000m, "less was spent than the ledgers say");
    }

    private async Task CallAsync(EnsembleDesk desk, int number)
    {
        // Let all calls begin before the first one goes on.
        await Task.Yield();
        try
        {
            var result = await (number % 2 == 0 ? desk.AtOnceAsync($"ticket {number}") : desk.MajorityAsync($"ticket {number}"));
            Assert.Equal(Queue.Billing, result.Value.Queue);
            Interlocked.Increment(ref _accepted);
            Count(result.Attempts);
        }
        catch (PromptException error)
        {
            Assert.Contains(error.Code, new[] { PromptErrorCode.NoQuorum, PromptErrorCode.CircuitOpen });
            Interlocked.Increment(ref _failed);
            Count(error.Attempts);
        }
    }

    private void Count(IReadOnlyList<PromptAttempt> attempts)
    {
        Interlocked.Add(ref _entries, attempts.Count);
        Interlocked.Add(ref _ledgerMicroUsd, (long)(attempts.Sum(static attempt => attempt.Cost.Usd) * 1_000_000));
    }

    private static IConfiguration TimeOutAfter(double seconds) => new ConfigurationBuilder()
        .AddInMemoryCollection(new[] { Models.Mini, Models.Haiku, Models.Sonnet }.Select(id =>
            KeyValuePair.Create($"Models:{id}:TimeoutSeconds", (string?)seconds.ToString(CultureInfo.InvariantCulture))))
        .Build();

    /// <summary>Haiku is of another opinion on every fifth ticket, so that the third member is asked.</summary>
    private sealed class Voters : IChatClient
    {
        public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            var disagrees = options?.ModelId == Models.Haiku && messages.Last().Text.EndsWith('5');
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, disagrees ? Account : Billing))
            {
                FinishReason = ChatFinishReason.Stop,
                Usage = new UsageDetails { InputTokenCount = 100, OutputTokenCount = 50 },
            };
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
