using Microsoft.Extensions.AI;
using PromptGen.Catalog;
using PromptGen.Telemetry;

namespace PromptGen.Execution;

/// <summary>What all calls share that ask one model of one provider: its client, its pipeline and its health. Outlives reloads of the configuration.</summary>
internal sealed class ModelConnection(ModelInfo model, Func<string, IChatClient>? factory, IChatClient? registered, ResilienceOptions options, TimeProvider timeProvider)
    : IDisposable
{
    private readonly object _lock = new();
    private IChatClient? _client;
    private IFailureClassifier? _classifier;
    private ClientProfile? _profile;
    private bool _disposed;
    private long _restsUntil = long.MinValue;

    public ModelPipeline Pipeline { get; } = new(options, timeProvider);

    /// <summary>The classifier that the client brought along; known once there is a client.</summary>
    public IFailureClassifier? Classifier => _classifier;

    /// <summary>What telemetry says of model and client; known once there is a client.</summary>
    public ClientProfile Profile => _profile!;

    public string ModelId => model.Id;

    /// <summary>The client; made at first use, once.</summary>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: the factory threw or gave nothing.</exception>
    public IChatClient Client => Volatile.Read(ref _client) ?? CreateClient();

    /// <summary>How long the model is left alone because its provider asked for it; zero = it may be asked.</summary>
    public TimeSpan Rest
    {
        get
        {
            var until = Volatile.Read(ref _restsUntil);
            if (until == long.MinValue)
            {
                return TimeSpan.Zero;
            }

            var now = timeProvider.GetTimestamp();
            return until > now ? timeProvider.GetElapsedTime(now, until) : TimeSpan.Zero;
        }
    }

    /// <summary>Leaves the model alone for a while, or longer where it rests already.</summary>
    public void RestFor(TimeSpan time)
    {
        var until = timeProvider.GetTimestamp() + (long)(time.TotalSeconds * timeProvider.TimestampFrequency);
        var current = Volatile.Read(ref _restsUntil);
        while (until > current)
        {
            var seen = Interlocked.CompareExchange(ref _restsUntil, until, current);
            if (seen == current)
            {
                return;
            }

            current = seen;
        }
    }

    /// <summary>Disposes the client where the runtime made it; a client that was handed in belongs to who did.</summary>
    public void Dispose()
    {
        IChatClient? own;
        lock (_lock)
        {
            _disposed = true;
            own = ReferenceEquals(_client, registered) ? null : _client;
        }

        own?.Dispose();
    }

    private IChatClient CreateClient()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(PromptRuntime));
            if (_client is null)
            {
                var client = registered ?? Make();
                _classifier = ClassifierOf(client);
                _profile = new ClientProfile(model, client);
                Volatile.Write(ref _client, client);
            }

            return _client;
        }
    }

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

    private static IFailureClassifier? ClassifierOf(IChatClient client)
    {
        try
        {
            return client.GetService(typeof(IFailureClassifier)) as IFailureClassifier;
        }
        catch (Exception)
        {
            // A client that cannot be asked for services can still answer.
            return null;
        }
    }
}
