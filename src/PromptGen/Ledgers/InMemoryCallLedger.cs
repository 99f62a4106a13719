using System.Runtime.CompilerServices;

namespace PromptGen;

/// <summary>Keeps the latest calls in this process: for tests and small programs. Thread-safe.</summary>
/// <param name="capacity">How many calls are kept, the latest ones. 1–10,000,000; default: 100,000.</param>
public sealed class InMemoryCallLedger(int capacity = 100_000) : ICallLedger
{
    private readonly int _capacity = capacity is >= 1 and <= 10_000_000 ? capacity : throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "A ledger in memory keeps 1–10,000,000 calls.");
    private readonly Dictionary<string, CallRecord> _calls = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>The verdicts of each call, in the order of their sources.</summary>
    private readonly Dictionary<string, SortedDictionary<string, CallVerdict>> _verdicts = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public Task WriteAsync(IReadOnlyList<CallRecord> calls, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(calls);
        lock (_calls)
        {
            foreach (var call in calls)
            {
                if (_calls.TryAdd(call.CallId, call))
                {
                    _order.Enqueue(call.CallId);
                }
            }

            while (_order.Count > _capacity)
            {
                Forget(_order.Dequeue());
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task AddVerdictAsync(CallVerdict verdict, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        lock (_calls)
        {
            if (!_verdicts.TryGetValue(verdict.CallId, out var bySource))
            {
                _verdicts[verdict.CallId] = bySource = new(StringComparer.Ordinal);
            }

            bySource[verdict.Source] = verdict;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<CallRecord> ReadAsync(CallFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        foreach (var call in Select(filter))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return call;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    private List<CallRecord> Select(CallFilter filter)
    {
        lock (_calls)
        {
            return
            [
                .. _calls.Values.Where(filter.Selects).OrderByDescending(static call => call.StartedAt).ThenByDescending(static call => call.CallId, StringComparer.Ordinal)
                    .Take(filter.Limit ?? int.MaxValue)
                    .Select(call => call with { Verdicts = _verdicts.TryGetValue(call.CallId, out var bySource) ? [.. bySource.Values] : [] }),
            ];
        }
    }

    private void Forget(string callId)
    {
        _calls.Remove(callId);
        _verdicts.Remove(callId);
    }
}
