using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using PromptGen.Catalog;
using PromptGen.Providers;
using PromptGen.Routing;
using PromptGen.Telemetry;

namespace PromptGen.Health;

/// <summary>What all calls share that ask one model of one provider: its client, its pipeline and its health. Outlives reloads of the configuration.</summary>
internal sealed class ModelConnection(
    ModelInfo model,
    Func<string, IChatClient>? factory,
    IChatClient? registered,
    RetryBudget retryBudget,
    ProviderRate providerRate,
    ResilienceOptions options,
    TimeProvider timeProvider,
    ILogger logger) : IDisposable
{
    private readonly object _lock = new();
    private readonly ConcurrentDictionary<PromptDefinition, ContractBreaker> _contracts = new(ReferenceEqualityComparer.Instance);
    private IChatClient? _client;
    private IFailureClassifier? _classifier;
    private ClientProfile? _profile;
    private ModelLoad? _load;
    private readonly RateLimit _rateLimit = new(providerRate);
    private RateLimitFeed? _rateLimitFeed;
    private bool _disposed;

    public ModelPipeline Pipeline { get; } = new(options, timeProvider);

    /// <summary>The classifier that the client brought along; known once there is a client.</summary>
    public IFailureClassifier? Classifier => _classifier;

    /// <summary>What telemetry says of model and client; known once there is a client.</summary>
    public ClientProfile Profile => _profile!;

    public string ModelId => model.Id;

    /// <summary>The client; made at first use, once.</summary>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: the factory threw or gave nothing.</exception>
    public IChatClient Client => Volatile.Read(ref _client) ?? CreateClient();

    /// <summary>The retries that the model's provider allows.</summary>
    public RetryBudget RetryBudget { get; } = retryBudget;

    /// <summary>How long the model is not asked because its provider requested a pause.</summary>
    public Cooldown Cooldown { get; } = new(timeProvider);

    /// <summary>How long the circuit stays open, as far as a call has learned it.</summary>
    public Cooldown CircuitBreak { get; } = new(timeProvider);

    /// <summary>
    /// How long the circuit rejects calls, determined without a request: zero = until the current probe has ended; null = it admits calls, or
    /// no call has found it open yet.
    /// </summary>
    public TimeSpan? CircuitWait =>
        !CircuitBreak.WasSet ? null
        : CircuitBreak.Left is var left && left > TimeSpan.Zero ? left
        : Pipeline.IsProbed ? TimeSpan.Zero
        : null;

    /// <summary>The breaker that watches over a prompt's contract with this model; null = it is switched off.</summary>
    public ContractBreaker? ContractOf(PromptDefinition prompt) =>
        options.ContractFailureRatio is not { } ratio ? null
        : _contracts.TryGetValue(prompt, out var breaker) ? breaker
        : _contracts.GetOrAdd(prompt, new ContractBreaker(options, ratio, timeProvider));

    /// <summary>How busy and how fast the model is; null = no prompt has asked for it yet, so that it is not kept.</summary>
    public ModelLoad? Load => Volatile.Read(ref _load);

    /// <summary>How busy and how fast the model is, kept from here on.</summary>
    public ModelLoad Watch() => Load ?? Interlocked.CompareExchange(ref _load, new ModelLoad(timeProvider), null) ?? _load;

    /// <summary>How long the model takes for an answer: as measured, or as models of its tier do.</summary>
    public TimeSpan ExpectedTime(Tier tier) => TimeSpan.FromSeconds(Load?.Pace is (1, var measured) ? measured : tier switch
    {
        Tier.Fast => 0.5,
        Tier.General => 3,
        _ => 30,
    });

    /// <summary>The requests and tokens that the model and its provider accept per minute; null = nothing has limited them yet.</summary>
    public RateLimit? RateLimit => _rateLimit.IsLimited ? _rateLimit : null;

    /// <inheritdoc cref="RateLimit.Configure"/>
    public void Limit(ModelInfo limited, int generation) => _rateLimit.Configure(limited, generation);

    /// <summary>Prepares a client that was registered as an instance, so that warnings about it are logged when the program starts.</summary>
    public void TakeUp()
    {
        if (registered is not null && Volatile.Read(ref _client) is null)
        {
            CreateClient();
        }
    }

    /// <summary>Disposes the client if the runtime created it; a client that was registered as an instance belongs to the program.</summary>
    public void Dispose()
    {
        IChatClient? own;
        lock (_lock)
        {
            _disposed = true;
            own = ReferenceEquals(_client, registered) ? null : _client;
            _rateLimitFeed?.Remove(_rateLimit.Learn);
        }

        own?.Dispose();
    }

    private IChatClient CreateClient()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                throw Disposed();
            }

            if (_client is null)
            {
                var client = registered ?? Make();
                _classifier = client.TryGetService<IFailureClassifier>();
                _profile = new ClientProfile(model, client);
                RedirectCheck.Report(client, model, logger);
                if (options.LearnRateLimits && client.TryGetService<RateLimitFeed>() is { } feed)
                {
                    _rateLimitFeed = feed;
                    feed.Add(model.Id, _rateLimit.Learn);
                }

                Volatile.Write(ref _client, client);
            }

            return _client;
        }
    }

    /// <summary>Named after what the program disposed.</summary>
    private static ObjectDisposedException Disposed() => new("PromptGen.PromptRuntime");

    private IChatClient Make()
    {
        IChatClient? client;
        try
        {
            client = factory!(model.Id);
        }
        catch (Exception exception)
        {
            throw new PromptException(
                PromptErrorCode.Configuration,
                $"The factory given to AddProvider(\"{model.Provider}\", …) threw {exception.GetType().Name} for model '{model.Id}'.",
                innerException: exception);
        }

        return client ?? throw new PromptException(
            PromptErrorCode.Configuration,
            $"The factory given to AddProvider(\"{model.Provider}\", …) returned null for model '{model.Id}'.");
    }
}
