using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PromptGen.Budgets;
using PromptGen.Routing;

namespace PromptGen;

/// <summary>Configures the clients that serve the models of the catalog, and how they are called.</summary>
public sealed class PromptRuntimeBuilder
{
    private Func<string, IChatClient, IChatClient>? _wrap;

    internal PromptRuntimeBuilder()
    {
    }

    /// <summary>Retries, circuit breaker and cool-down, for all models.</summary>
    public ResilienceOptions Resilience { get; } = new();

    /// <summary>How the cache of <see cref="CachedAttribute"/> prompts is used.</summary>
    public CacheOptions Cache { get; } = new();

    /// <summary>What telemetry contains, and in which conventions.</summary>
    public PromptTelemetryOptions Telemetry { get; } = new();

    /// <summary>
    /// Whether configuration without effect ends the start: a section, a model id or a budget's pattern that names nothing of the program. Default: false, one
    /// warning names all of it. Checked where a container makes the runtime, which knows all prompts. A property that does not exist always ends the start.
    /// </summary>
    public bool StrictConfiguration { get; set; }

    /// <summary>The services of the container that makes the runtime; null where there is none. Only for use while the runtime is made, and in factories of clients.</summary>
    public IServiceProvider? Services { get; internal set; }

    internal Dictionary<string, Func<string, IChatClient>> Providers { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, IChatClient> Clients { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, EmbeddingSource> Embeddings { get; } = new(StringComparer.Ordinal);

    internal List<IFailureClassifier> FailureClassifiers { get; } = [];

    internal Dictionary<string, (int? Requests, int? Tokens)> ProviderLimits { get; } = new(StringComparer.OrdinalIgnoreCase);

    internal Dictionary<string, NamedBudget> Budgets { get; } = new(StringComparer.OrdinalIgnoreCase);

    internal BudgetStoreOptions BudgetStoreOptions { get; } = new();

    internal IBudgetStore? BudgetStore { get; private set; }

    internal HybridCache? AnswerCache { get; private set; }

    internal ICallLedger? Ledger { get; private set; }

    internal LedgerOptions LedgerOptions { get; } = new();

    internal List<IFeedbackSink> FeedbackSinks { get; } = [];

    internal TimeProvider TimeProvider { get; private set; } = TimeProvider.System;

    internal IConfiguration? Configuration { get; private set; }

    internal ILoggerFactory? LoggerFactory { get; private set; }

    internal Dictionary<string, Func<string, IChatClient>> WrappedProviders => Providers.ToDictionary(
        static provider => provider.Key,
        provider => _wrap is { } wrap ? modelId => provider.Value(modelId) is { } client ? wrap(modelId, client) : null! : provider.Value);

    internal Dictionary<string, IChatClient> WrappedClients => Clients.ToDictionary(
        static client => client.Key,
        client => _wrap is { } wrap ? wrap(client.Key, client.Value) : client.Value);

    /// <summary>Registers who serves the models of a provider. Registered again, the last one counts.</summary>
    /// <param name="provider">The provider's name in the catalog.</param>
    /// <param name="factory">Makes the client for a model id: at first use, once per id. The runtime disposes it. The client must not retry by itself.</param>
    /// <returns>This builder.</returns>
    public PromptRuntimeBuilder AddProvider(string provider, Func<string, IChatClient> factory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(provider);
        ArgumentNullException.ThrowIfNull(factory);
        Providers[provider] = factory;
        return this;
    }

    /// <summary>Registers the client of one model; it comes before the model's provider.</summary>
    /// <param name="modelId">The model's id, as configuration has it where that changes it.</param>
    /// <param name="client">The client; stays the caller's to dispose.</param>
    /// <returns>This builder.</returns>
    public PromptRuntimeBuilder AddClient(string modelId, IChatClient client)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(modelId);
        ArgumentNullException.ThrowIfNull(client);
        Clients[modelId] = client;
        return this;
    }

    /// <summary>Lets a keyed service of the container be the client of one model; it comes before the model's provider.</summary>
    /// <param name="modelId">The model's id, as configuration has it where that changes it.</param>
    /// <param name="serviceKey">The key of the <see cref="IChatClient"/>. Default: the model's id.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: no container makes the runtime, or it has no such service.</exception>
    public PromptRuntimeBuilder AddKeyedClient(string modelId, object? serviceKey = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(modelId);
        var key = serviceKey ?? modelId;
        return AddClient(modelId, (Services as IKeyedServiceProvider)?.GetKeyedService(typeof(IChatClient), key) as IChatClient
            ?? throw new PromptException(PromptErrorCode.Configuration, $"The container has no IChatClient with the key '{key}', which model '{modelId}' is to have: call services.AddKeyedSingleton<IChatClient>(key, …)."));
    }

    /// <summary>Wraps the client of every model, whenever it was registered. If called again, the later wrapper is the outer one.</summary>
    /// <param name="wrap">
    /// Gets the model's id and its client and returns the client to call instead, once per model. The runtime disposes it if it would dispose the client.
    /// </param>
    /// <returns>This builder.</returns>
    public PromptRuntimeBuilder WrapClients(Func<string, IChatClient, IChatClient> wrap)
    {
        ArgumentNullException.ThrowIfNull(wrap);
        var inner = _wrap;
        _wrap = inner is null ? wrap : (modelId, client) => wrap(modelId, inner(modelId, client));
        return this;
    }

    /// <summary>
    /// Registers who makes the embeddings of a model, by which learned routers decide whose file names it (<see cref="RouteLearnedAttribute"/>). A call whose embedding fails or takes too long
    /// enters its route as one that the router is not sure of. Registered again, the last one counts.
    /// </summary>
    /// <param name="modelId">The model's id, as the router's file has it: <c>embedding</c>.</param>
    /// <param name="generator">The generator; stays the caller's to dispose. What it costs is not part of the cost of a call.</param>
    /// <param name="configure">Sets the time limit, and whether the texts of sensitive prompts may be embedded.</param>
    /// <returns>This builder.</returns>
    public PromptRuntimeBuilder AddEmbeddings(string modelId, IEmbeddingGenerator<string, Embedding<float>> generator, Action<EmbeddingOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(modelId);
        ArgumentNullException.ThrowIfNull(generator);
        var options = new EmbeddingOptions();
        configure?.Invoke(options);
        Embeddings[modelId] = new EmbeddingSource(generator, options);
        return this;
    }

    /// <summary>Replaces the clock that deadlines, time-outs, waits and durations are measured with. Default: <see cref="System.TimeProvider.System"/>.</summary>
    /// <param name="timeProvider">The clock.</param>
    /// <returns>This builder.</returns>
    public PromptRuntimeBuilder UseTimeProvider(TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        TimeProvider = timeProvider;
        return this;
    }

    /// <summary>
    /// Lets configuration change models: <c>Models:{declared id}:{property}</c>, which is <c>Disabled</c>, <c>Id</c> or a property of <see cref="ModelAttribute"/> other than its
    /// tier, features, token limits and retirement.
    /// Declares and changes budgets: <c>Budgets:{name}:{MaxUsd|Period|Prompts|PerScope}</c>, the period as <c>hour</c>, <c>day</c>, <c>month</c> or
    /// a time such as <c>00:15:00</c>.
    /// Limits what is sent to a provider: <c>Providers:{name}:{RequestsPerMinute|TokensPerMinute}</c>.
    /// Changes the share of the calls that the candidate of a <see cref="CanaryAttribute"/> gets: <c>Canaries:{prompt}:{model}</c>, 0–100 percent.
    /// A reload takes effect for the calls that start after it; where a value cannot be used, the former configuration stays.
    /// </summary>
    /// <param name="section">The section, by convention <c>PromptGen</c>.</param>
    /// <returns>This builder.</returns>
    public PromptRuntimeBuilder UseConfiguration(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        Configuration = section;
        return this;
    }

    /// <summary>
    /// Limits what many calls may cost together. An attempt for which a budget has no room is not made: its call ends with
    /// <see cref="PromptErrorCode.BudgetExceeded"/>. Models without a price cannot be checked; what is known of their cost counts. Configuration
    /// changes budgets and adds others: <c>Budgets:{name}:{MaxUsd|Period|Prompts|PerScope}</c>. Declared again, the last one counts.
    /// </summary>
    /// <param name="name">The budget's name, without <c>/</c> and <c>:</c>; case does not matter.</param>
    /// <param name="maxUsd">The most that may be spent in a period: 0–1,000,000,000 USD.</param>
    /// <param name="period">The period that the limit applies to; see <see cref="BudgetPeriod"/>.</param>
    /// <param name="prompts">Comma-separated globs (<c>*</c>, <c>?</c>) over the names of the prompts that it covers, for example <c>SupportDesk.*</c>. Default: all.</param>
    /// <param name="perScope">Whether each <see cref="PromptBudget.Scope"/> has that much, instead of all together.</param>
    /// <returns>This builder.</returns>
    public PromptRuntimeBuilder AddBudget(string name, decimal maxUsd, BudgetPeriod period, string? prompts = null, bool perScope = false)
    {
        Budgets[NamedBudget.CheckName(name)] = new NamedBudget(name, NamedBudget.CheckUsd(maxUsd), period, prompts, perScope);
        return this;
    }

    /// <summary>
    /// Limits what all calls send to the models of a provider together within any minute, beside the limits of each model. A request that does not fit waits, or another model of
    /// its step is asked. Configuration changes the limits: <c>Providers:{name}:{RequestsPerMinute|TokensPerMinute}</c>. Declared again, the last one counts.
    /// </summary>
    /// <param name="provider">The provider's name in the catalog; case does not matter.</param>
    /// <param name="requestsPerMinute">Requests per minute, above 0; null = no limit. Default: null.</param>
    /// <param name="tokensPerMinute">Tokens per minute, above 0, input and output together; null = no limit. Default: null.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A limit is below 1.</exception>
    public PromptRuntimeBuilder LimitProvider(string provider, int? requestsPerMinute = null, int? tokensPerMinute = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(provider);
        ArgumentOutOfRangeException.ThrowIfLessThan(requestsPerMinute ?? 1, 1, nameof(requestsPerMinute));
        ArgumentOutOfRangeException.ThrowIfLessThan(tokensPerMinute ?? 1, 1, nameof(tokensPerMinute));
        ProviderLimits[provider] = (requestsPerMinute, tokensPerMinute);
        return this;
    }

    /// <summary>Replaces the store of named budgets. Default: an <see cref="InMemoryBudgetStore"/> of this runtime.</summary>
    /// <param name="store">The store; stays the caller's to dispose.</param>
    /// <param name="configure">Sets the time limit, and what happens while the store does not answer.</param>
    /// <returns>This builder.</returns>
    public PromptRuntimeBuilder UseBudgetStore(IBudgetStore store, Action<BudgetStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        BudgetStore = store;
        configure?.Invoke(BudgetStoreOptions);
        return this;
    }

    /// <summary>
    /// Keeps the answers of <see cref="CachedAttribute"/> prompts in this cache. Each entry has the prompt's name as a tag, for <c>RemoveByTagAsync</c>. Default: the one of the container
    /// that makes the runtime; where there is none, one in memory of this runtime.
    /// </summary>
    /// <param name="cache">The cache; stays the caller's to dispose.</param>
    /// <returns>This builder.</returns>
    public PromptRuntimeBuilder UseCache(HybridCache cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        AnswerCache = cache;
        return this;
    }

    /// <summary>
    /// Keeps what every call did in a ledger: in the background, so that no call waits for it or fails by it. Default: nowhere. A container's <see cref="ICallLedger"/> is used without this.
    /// </summary>
    /// <param name="ledger">The ledger; stays the caller's to dispose, after the runtime.</param>
    /// <param name="configure">Sets how often it is written, and whether content is kept.</param>
    /// <returns>This builder.</returns>
    public PromptRuntimeBuilder UseLedger(ICallLedger ledger, Action<LedgerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        Ledger = ledger;
        configure?.Invoke(LedgerOptions);
        return this;
    }

    /// <summary>
    /// Passes the verdicts of <see cref="PromptRuntime.FeedbackAsync"/> to a sink too. The ledger gets them without this. Those of a container are used without this.
    /// </summary>
    /// <param name="sink">The sink; stays the caller's to dispose.</param>
    /// <returns>This builder.</returns>
    public PromptRuntimeBuilder AddFeedbackSink(IFeedbackSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        FeedbackSinks.Add(sink);
        return this;
    }

    /// <summary>Classifies the exceptions of a client that has no classifier of its own.</summary>
    /// <param name="classifier">The classifier; asked in order of registration, before the rules for .NET's own exceptions.</param>
    /// <returns>This builder.</returns>
    public PromptRuntimeBuilder AddFailureClassifier(IFailureClassifier classifier)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        FailureClassifiers.Add(classifier);
        return this;
    }

    /// <summary>
    /// Where the runtime logs the outcome of its calls, and a changed configuration that cannot be used: names, codes and numbers, never text of a
    /// prompt, of an answer or of a provider. Default: nowhere.
    /// </summary>
    /// <param name="loggerFactory">Makes the logger <c>PromptGen</c>.</param>
    /// <returns>This builder.</returns>
    public PromptRuntimeBuilder UseLoggerFactory(ILoggerFactory loggerFactory)
    {
        ArgumentNullException.ThrowIfNull(loggerFactory);
        LoggerFactory = loggerFactory;
        return this;
    }
}
