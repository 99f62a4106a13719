using System.Runtime.CompilerServices;

namespace PromptGen;

/// <summary>Keeps the latest calls in this process: for tests and small programs. Thread-safe.</summary>
/// <param name="capacity">How many calls are kept, the latest ones. 1–10,000,000; default: 100,000.</param>
public sealed class InMemoryCallLedger(int capacity = 100_000) : ICallLedger
{
    private readonly int _capacity = capacity is >= 1 and <= 10_000_000 ? capacity : throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "A ledger in memory keeps 1–10,000,000 calls.");
    private readonly Dictionary<string, CallRecord> _calls = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private readonly Dictionary<(string CallId, string Source), CallVerdict> _verdicts = [];

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
            _verdicts[(verdict.CallId, verdict.Source)] = verdict;
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
            var verdicts = _verdicts.Values.ToLookup(static verdict => verdict.CallId);
            return
            [
                .. _calls.Values.Where(filter.Selects).OrderByDescending(static call => call.StartedAt).ThenByDescending(static call => call.CallId, StringComparer.Ordinal)
                    .Take(filter.Limit ?? int.MaxValue)
                    .Select(call => call with { Verdicts = [.. verdicts[call.CallId].OrderBy(static verdict => verdict.Source, StringComparer.Ordinal)] }),
            ];
        }
    }

    private void Forget(string callId)
    {
        _calls.Remove(callId);
        foreach (var key in _verdicts.Keys.Where(key => key.CallId == callId).ToList())
        {
            _verdicts.Remove(key);
        }
    }
}
