using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using PromptGen.Catalog;

namespace PromptGen.Health;

/// <summary>The registrations of a runtime and the connections made from them: one per provider and model id.</summary>
internal sealed class ModelConnections(
    IReadOnlyDictionary<string, Func<string, IChatClient>> providers,
    IReadOnlyDictionary<string, IChatClient> clients,
    ResilienceOptions options,
    TimeProvider timeProvider,
    ILogger logger) : IDisposable
{
    private readonly ConcurrentDictionary<(string Provider, string Id), ModelConnection> _connections = new();
    private readonly ConcurrentDictionary<string, RetryBudget> _retryBudgets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ProviderRate> _rates = new(StringComparer.Ordinal);
    private volatile ProviderLimits? _limits;
    private int _generation;
    private volatile bool _disposed;

    /// <summary>The number of a configuration that is read now.</summary>
    public int NextGeneration() => Interlocked.Increment(ref _generation);

    /// <summary>The connection to a model, or null where no registration serves it.</summary>
    public ModelConnection? Find(ModelInfo model)
    {
        clients.TryGetValue(model.Id, out var client);
        providers.TryGetValue(model.Provider, out var factory);
        if (client is null && factory is null)
        {
            return null;
        }

        var connection = _connections.GetOrAdd(
            (model.Provider, model.Id), _ => new ModelConnection(model, factory, client, RetryBudgetOf(model.Provider), RateOf(model.Provider), options, timeProvider, logger));
        if (_disposed)
        {
            // Added too late for Dispose to see it: it must not open a client that is never closed.
            connection.Dispose();
        }
        else
        {
            connection.TakeUp();
        }

        return connection;
    }

    /// <summary>The circuits of all models asked so far.</summary>
    public IEnumerable<(string ModelId, string State)> Circuits() => _connections.Values.Select(static connection => (connection.ModelId, connection.Pipeline.Circuit));

    /// <summary>Sets the limits of all providers. What was sent before counts where a provider had limits before.</summary>
    public void Limit(ProviderLimits limits)
    {
        _limits = limits;
        foreach (var provider in _rates.Keys)
        {
            Limit(provider);
        }
    }

    private ProviderRate RateOf(string provider)
    {
        var isNew = !_rates.ContainsKey(provider);
        var rate = _rates.GetOrAdd(provider, _ => new ProviderRate(timeProvider));
        if (isNew)
        {
            Limit(provider);
        }

        return rate;
    }

    private void Limit(string provider)
    {
        var (requests, tokens) = _limits?.Of(provider) ?? default;
        _rates[provider].Limit(requests, tokens);
    }

    private RetryBudget RetryBudgetOf(string provider) => _retryBudgets.GetOrAdd(provider, _ => new RetryBudget(options, timeProvider));

    public void Dispose()
    {
        _disposed = true;
        foreach (var connection in _connections.Values)
        {
            try
            {
                connection.Dispose();
            }
            catch (Exception)
            {
                // The other clients are still to be disposed, and nothing can be done about this one.
            }
        }
    }
}
