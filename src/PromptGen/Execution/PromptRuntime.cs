using System.Collections.Concurrent;
using System.ComponentModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;
using PromptGen.Budgets;
using PromptGen.Caching;
using PromptGen.Catalog;
using PromptGen.Execution;
using PromptGen.Health;
using PromptGen.Ledgers;
using PromptGen.Routing;
using PromptGen.Telemetry;
using PromptGen.Timing;

namespace PromptGen;

/// <summary>
/// The clients of the models, their health and the configuration. Create one per program and pass it to every prompt class;
/// dispose it at the end, with <see cref="DisposeAsync"/> where budgets are kept outside the process or calls in a ledger. Thread-safe.
/// </summary>
public sealed partial class PromptRuntime : IDisposable, IAsyncDisposable
{
    private readonly ModelConnections _connections;
    private readonly ConcurrentDictionary<PromptDefinition, bool> _required = new(ReferenceEqualityComparer.Instance);
    private readonly IConfiguration? _configuration;
    private readonly IDisposable? _reload;
    private readonly IReadOnlyDictionary<string, (int? Requests, int? Tokens)> _declaredLimits;
    private readonly IReadOnlyCollection<NamedBudget> _declaredBudgets;
    private readonly BudgetKeeper _budgetKeeper;
    private readonly Lazy<MemoryHybridCache> _memory;
    private volatile ModelEndpoints _endpoints;
    private volatile BudgetBook? _budgets;
    private volatile CanaryShares _canaries;
    private readonly IFeedbackSink[] _feedbackSinks;
    private readonly bool _isStrict;
    private volatile bool _disposed;
    private volatile bool _knowsAllPrompts;

    internal PromptRuntime(PromptRuntimeBuilder builder)
    {
        TimeProvider = builder.TimeProvider;
        TimeLimits = new TimeLimits(TimeProvider);
        GroupLimits = new TimeLimits(TimeProvider);
        Resilience = builder.Resilience;
        FailureClassifiers = [.. builder.FailureClassifiers];
        Telemetry = new PromptTelemetry(builder.Telemetry, builder.LoggerFactory, TimeProvider);
        _connections = new ModelConnections(
            builder.WrappedProviders,
            builder.WrappedClients,
            Resilience,
            TimeProvider,
            Telemetry.Logger);
        Telemetry.Watch(_connections.Circuits);
        _configuration = builder.Configuration;
        _endpoints = new ModelEndpoints(ReadOverrides(), _connections);
        _declaredLimits = builder.ProviderLimits;
        _connections.Limit(ReadLimits());
        _declaredBudgets = builder.Budgets.Values;
        _budgetKeeper = new BudgetKeeper(StoreOf(builder), builder.BudgetStoreOptions, TimeProvider, Telemetry.Logger);
        _budgets = ReadBudgets();
        _canaries = ReadCanaries();
        _memory = new Lazy<MemoryHybridCache>(() => new MemoryHybridCache(builder.Cache.MaxMemoryBytes));
        Cache = new AnswerCache(() => builder.AnswerCache ?? _memory.Value, builder.Cache, TimeProvider, Telemetry.Logger);
        _feedbackSinks = builder.Ledger is { } verdicts ? [verdicts, .. builder.FeedbackSinks.Where(sink => sink != verdicts)] : [.. builder.FeedbackSinks];
        CallLedger = builder.Ledger is { } ledger ? new LedgerWriter(ledger, builder.LedgerOptions, TimeProvider, Telemetry.Logger) : null;
        Embeddings = new EmbeddingSources(builder.Embeddings);
        _isStrict = builder.StrictConfiguration;
        _reload = _configuration is null ? null : ChangeToken.OnChange(_configuration.GetReloadToken, Reload);
    }

    internal TimeProvider TimeProvider { get; }

    /// <summary>The time limits of attempts.</summary>
    internal TimeLimits TimeLimits { get; }

    /// <summary>The limits of attempts that are ended together. Each outlives those of its attempts, which would have to do without the fastest place in a common pool.</summary>
    internal TimeLimits GroupLimits { get; }

    internal ResilienceOptions Resilience { get; }

    internal IReadOnlyList<IFailureClassifier> FailureClassifiers { get; }

    internal PromptTelemetry Telemetry { get; }

    internal ModelEndpoints Endpoints => _endpoints;

    /// <summary>The named budgets; null = there are none.</summary>
    internal BudgetBook? Budgets => _budgets;

    /// <summary>The answers that are kept.</summary>
    internal AnswerCache Cache { get; }

    /// <summary>Writes what the calls did; null = nothing is kept.</summary>
    internal LedgerWriter? CallLedger { get; }

    /// <summary>Who makes the embeddings by which learned routers decide.</summary>
    internal EmbeddingSources Embeddings { get; }

    /// <summary>The shares of canaries.</summary>
    internal CanaryShares Canaries => _canaries;

    /// <summary>The circuits of the models asked so far, and whether each is open.</summary>
    internal IEnumerable<(string ModelId, string State)> Circuits => _connections.Circuits();

    /// <summary>What is left of each named budget without scopes; null where the store does not report it.</summary>
    internal async Task<IReadOnlyList<(string Budget, decimal? LeftUsd)>> LeftAsync(CancellationToken cancellationToken)
    {
        var left = new List<(string Budget, decimal? LeftUsd)>();
        foreach (var budget in BudgetConfiguration.Apply(_declaredBudgets, _configuration).Where(static budget => !budget.PerScope))
        {
            var balance = await _budgetKeeper.BalanceAsync(budget.For(null), cancellationToken).ConfigureAwait(false);
            left.Add((budget.Name, balance is { } known ? Math.Max(0m, budget.MaxUsd - known.SpentUsd - known.ReservedUsd) : null));
        }

        return left;
    }

    /// <summary>Makes a runtime for use without a container.</summary>
    /// <param name="configure">Registers the providers.</param>
    /// <returns>The runtime; the caller disposes it.</returns>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: a configuration value cannot be used.</exception>
    public static PromptRuntime Create(Action<PromptRuntimeBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var builder = new PromptRuntimeBuilder();
        configure(builder);
        return new PromptRuntime(builder);
    }

    /// <summary>Checks that every model of these prompts is served, and the embeddings are made by which they are routed. Constructors of prompt classes call it.</summary>
    /// <param name="prompts">The prompts.</param>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: one error that names every provider missing and the prompts that need it, or a generator of embeddings that is missing.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Require(params PromptDefinition[] prompts)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        foreach (var prompt in prompts)
        {
            if (!_required.ContainsKey(prompt))
            {
                _endpoints.Require(prompts);
                Embeddings.Require(prompts);
                Remember(prompts);
                return;
            }
        }
    }

    /// <summary>As <see cref="Require"/>, for all prompts of a program: configuration that names none of them has no effect, and is reported.</summary>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>.</exception>
    internal void RequireAll(PromptDefinition[] prompts)
    {
        Require(prompts);
        _knowsAllPrompts = prompts.Length > 0;
        if (Unused() is not { } unused)
        {
            return;
        }

        if (_isStrict)
        {
            throw new PromptException(PromptErrorCode.Configuration, $"Configuration without effect: {unused}.");
        }

        Telemetry.ConfigurationUnused(unused);
    }

    /// <summary>
    /// Explains what a call would do with these arguments, without a request to any model: where it enters its route and why, the steps, what would be sent to each model,
    /// and what it can cost. Plain methods that decide where it enters are called; prompts that decide are explained too.
    /// </summary>
    /// <param name="call">Calls one prompt, for example <c>() => desk.TriageAsync(ticket)</c>; of a stream, at least the first item is to be read.</param>
    /// <returns>The explanation. It holds the text of the prompt: keep it out of logs.</returns>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: no registration serves a model, or a parameter could not be rendered.</exception>
    /// <exception cref="InvalidOperationException">The delegate called no prompt.</exception>
    public async Task<PromptExplanation> ExplainAsync(Func<Task> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        ThrowIfDisposed();
        var explainer = new CallExplainer();
        using (AmbientCall.Explain(explainer))
        {
            try
            {
                await call().ConfigureAwait(false);
            }
            catch (ExplainedException)
            {
            }
        }

        return explainer.Explained.Count > 0 ? explainer.Explained[^1] : throw new InvalidOperationException("The delegate called no prompt.");
    }

    /// <summary>
    /// Says how good the answer of a call is: the ledger keeps it, and every sink of <see cref="PromptRuntimeBuilder.AddFeedbackSink"/> gets it. Reports show the mean as quality, and
    /// <c>promptgen train</c> makes labels for a router of it.
    /// </summary>
    /// <param name="callId">The call: <see cref="PromptResult{T}.CallId"/>, <see cref="CallReference.CallId"/> or <see cref="PromptException.CallId"/>.</param>
    /// <param name="score">How good the answer is: 0 = wrong, 1 = right.</param>
    /// <param name="source">Who says so, for example <c>person</c> or the name of a test. A later verdict of the same source replaces the earlier one. Default: <c>person</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when the verdict is kept. It fails where a store fails: unlike calls, verdicts are not repeated.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The score is not 0–1.</exception>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: the runtime has neither a ledger nor a sink.</exception>
    public Task FeedbackAsync(string callId, double score, string source = "person", CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(callId);
        ArgumentException.ThrowIfNullOrEmpty(source);
        var verdict = new CallVerdict(callId, source, score) { At = TimeProvider.GetUtcNow() };
        return _feedbackSinks.Length > 0
            ? Task.WhenAll(_feedbackSinks.Select(sink => sink.AddVerdictAsync(verdict, cancellationToken)))
            : throw new PromptException(PromptErrorCode.Configuration, "Nothing takes the verdict: call UseLedger or AddFeedbackSink on the builder of the runtime.");
    }

    /// <summary>
    /// Disposes the clients that providers made. Those given to <see cref="PromptRuntimeBuilder.AddClient"/> stay their owner's. What the
    /// store of the budgets has not confirmed is repeated in the background for as long as <see cref="DisposeAsync"/> waits for it.
    /// </summary>
    public void Dispose() => _ = CloseAsync();

    /// <summary>
    /// Disposes the clients that providers made, and waits until the store of the budgets has confirmed what was spent, at most
    /// <see cref="BudgetStoreOptions.ShutdownTimeout"/>, and the ledger has the calls, at most <see cref="LedgerOptions.ShutdownTimeout"/>. Amounts that are not confirmed
    /// and calls that are not written then are logged as an error.
    /// </summary>
    /// <returns>A task that ends when nothing is left to confirm, or the time is over. Never fails.</returns>
    public ValueTask DisposeAsync() => new(CloseAsync());

    private Task CloseAsync()
    {
        _disposed = true;
        _reload?.Dispose();
        _connections.Dispose();
        Telemetry.Dispose();
        if (_memory.IsValueCreated)
        {
            _memory.Value.Dispose();
        }

        return CallLedger is null ? _budgetKeeper.CloseAsync() : Task.WhenAll(_budgetKeeper.CloseAsync(), CallLedger.DisposeAsync().AsTask());
    }

    /// <summary>The store in memory never blocks; of another one that is not known.</summary>
    private IBudgetStore StoreOf(PromptRuntimeBuilder builder) => builder.BudgetStore switch
    {
        null => new InMemoryBudgetStore(TimeProvider),
        InMemoryBudgetStore store => store,
        var store => builder.BudgetStoreOptions.UseThreadPool ? new PooledBudgetStore(store) : store,
    };

    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed, this);

    private void Remember(PromptDefinition[] prompts)
    {
        foreach (var prompt in prompts)
        {
            _required.TryAdd(prompt, true);
        }
    }

    private CatalogOverrides ReadOverrides() => _configuration is null ? CatalogOverrides.None : CatalogOverrides.Read(_configuration);

    private BudgetBook? ReadBudgets() =>
        BudgetConfiguration.Apply(_declaredBudgets, _configuration) is { Count: > 0 } budgets ? new BudgetBook(budgets, _budgetKeeper) : null;

    private ProviderLimits ReadLimits() => ProviderLimits.Read(_declaredLimits, _configuration);

    private CanaryShares ReadCanaries() => _configuration is null ? CanaryShares.None : CanaryShares.Read(_configuration);

    /// <summary>The configuration that has no effect; null = there is none.</summary>
    private string? Unused()
    {
        var problems = ConfigurationReview.Problems(_configuration, ReadOverrides(), ReadLimits(), ReadCanaries(), BudgetConfiguration.Apply(_declaredBudgets, _configuration), [.. _required.Keys]);
        return problems.Count == 0 ? null : string.Join("; ", problems);
    }

    /// <summary>A configuration that cannot be used must not stop a running program: it goes on with the one it has.</summary>
    private void Reload()
    {
        try
        {
            var endpoints = new ModelEndpoints(ReadOverrides(), _connections);
            var budgets = ReadBudgets();
            var canaries = ReadCanaries();
            var limits = ReadLimits();
            endpoints.Require(_required.Keys);
            _endpoints = endpoints;
            _budgets = budgets;
            _canaries = canaries;
            _connections.Limit(limits);
            if (_knowsAllPrompts && Unused() is { } unused)
            {
                Telemetry.ConfigurationUnused(unused);
            }
        }
        catch (PromptException exception)
        {
            Telemetry.ReloadRefused(exception.Message);
        }
    }
}
