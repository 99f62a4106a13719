using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PromptGen.Testing.Protocols;

namespace PromptGen.Testing;

/// <summary>
/// A model provider on this machine: real HTTP on a free port of 127.0.0.1, in both OpenAI's and Anthropic's protocol, plain and
/// streamed. It sends the configured replies, faults included, and records every request.
/// </summary>
public sealed class ModelServer : IAsyncDisposable
{
    private readonly object _lock = new();
    private readonly StoredCompletions _stored = new();
    private readonly List<ModelRequest> _requests = [];
    private readonly List<(int Count, TaskCompletionSource<ModelRequest> Arrived)> _waiters = [];
    private readonly Queue<ModelReply> _queue = [];
    private readonly Dictionary<string, Queue<ModelReply>> _queuesByModel = new(StringComparer.Ordinal);
    private readonly Func<ModelRequest, CancellationToken, ValueTask<ModelReply>>? _answer;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ReplyDelivery _delivery;
    private readonly WebApplication _app;
    private TaskCompletionSource? _idle;
    private int _underWay;

    private ModelServer(Func<ModelRequest, CancellationToken, ValueTask<ModelReply>>? answer, TimeProvider timeProvider, X509Certificate2? certificate)
    {
        _answer = answer;
        _delivery = new ReplyDelivery(timeProvider, _stopping.Token);
        _app = Build(certificate);
        _app.Run(ServeAsync);
    }

    /// <summary>The endpoint to give to an OpenAI client: <c>http://127.0.0.1:port/v1</c>.</summary>
    public Uri OpenAIEndpoint { get; private set; } = null!;

    /// <summary>The endpoint to give to an Anthropic client: <c>http://127.0.0.1:port</c>.</summary>
    public Uri AnthropicEndpoint { get; private set; } = null!;

    /// <summary>The endpoint under which the server is one of the families that speak OpenAI's protocol in their own way.</summary>
    /// <param name="family">The family.</param>
    /// <returns>The address to give to its client.</returns>
    public Uri EndpointOf(ModelFamily family) => new(AnthropicEndpoint, FamilyProtocol.PathOf(family));

    /// <summary>The ids that <c>GET /v1/models</c> lists. Default: none.</summary>
    public IReadOnlyList<string> ModelIds { get; set; } = [];

    /// <summary>Every request in order of arrival, those that the client gave up included. A copy.</summary>
    public IReadOnlyList<ModelRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>The number of queued replies that have not been sent.</summary>
    public int QueuedReplies
    {
        get
        {
            lock (_lock)
            {
                return _queue.Count + _queuesByModel.Values.Sum(static queue => queue.Count);
            }
        }
    }

    /// <summary>Starts a server.</summary>
    /// <param name="answer">Answers what no queued reply does; may be called by several threads at once. Null: such requests get status 501.</param>
    /// <param name="timeProvider">The clock of all delays. Default: the system's.</param>
    /// <returns>The running server.</returns>
    public static Task<ModelServer> StartAsync(Func<ModelRequest, ModelReply>? answer = null, TimeProvider? timeProvider = null) =>
        StartCoreAsync(answer is null ? null : (request, _) => ValueTask.FromResult(answer(request)), timeProvider, null);

    /// <summary>Starts a server whose answers take work of their own.</summary>
    /// <param name="answer">Answers what no queued reply does; may be called by several threads at once. Its token is cancelled once the client went away.</param>
    /// <param name="timeProvider">The clock of all delays. Default: the system's.</param>
    /// <returns>The running server.</returns>
    public static Task<ModelServer> StartAsync(Func<ModelRequest, CancellationToken, ValueTask<ModelReply>> answer, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return StartCoreAsync(answer, timeProvider, null);
    }

    /// <summary>Starts a server that speaks TLS with a certificate which it made itself and which no client trusts. Its endpoints begin with <c>https</c>.</summary>
    /// <param name="answer">Answers what no queued reply does. Null: such requests get status 501.</param>
    /// <param name="timeProvider">The clock of all delays. Default: the system's.</param>
    /// <returns>The running server.</returns>
    public static async Task<ModelServer> StartUntrustedAsync(Func<ModelRequest, ModelReply>? answer = null, TimeProvider? timeProvider = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        return await StartCoreAsync(
            answer is null ? null : (request, _) => ValueTask.FromResult(answer(request)),
            timeProvider,
            request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1))).ConfigureAwait(false);
    }

    /// <summary>Appends replies for the next requests, whatever model they ask for.</summary>
    /// <param name="replies">One for each request.</param>
    public void Enqueue(params ModelReply[] replies)
    {
        ArgumentNullException.ThrowIfNull(replies);
        lock (_lock)
        {
            AddTo(_queue, replies);
        }
    }

    /// <summary>Appends replies for the next requests that ask for a model; they come before those for any model.</summary>
    /// <param name="modelId">The model.</param>
    /// <param name="replies">One for each request.</param>
    public void Enqueue(string modelId, params ModelReply[] replies)
    {
        ArgumentNullException.ThrowIfNull(modelId);
        ArgumentNullException.ThrowIfNull(replies);
        lock (_lock)
        {
            if (!_queuesByModel.TryGetValue(modelId, out var queue))
            {
                _queuesByModel.Add(modelId, queue = []);
            }

            AddTo(queue, replies);
        }
    }

    /// <summary>Completes once a number of requests has arrived.</summary>
    /// <param name="count">How many, 1 or more.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The request that made it so many.</returns>
    public Task<ModelRequest> WaitForRequestAsync(int count, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        lock (_lock)
        {
            if (_requests.Count >= count)
            {
                return Task.FromResult(_requests[count - 1]);
            }

            var arrived = new TaskCompletionSource<ModelRequest>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((count, arrived));
            return arrived.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Completes once no request is under way: each was answered, or its client went away.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The wait.</returns>
    public Task WaitForIdleAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return _underWay == 0
                ? Task.CompletedTask
                : (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Stops the server; hanging requests and waits are cancelled.</summary>
    /// <returns>The end of the work.</returns>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        await _app.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        lock (_lock)
        {
            _waiters.ForEach(waiter => waiter.Arrived.TrySetCanceled());
        }

        _stopping.Dispose();
    }

    private static async Task<ModelServer> StartCoreAsync(
        Func<ModelRequest, CancellationToken, ValueTask<ModelReply>>? answer,
        TimeProvider? timeProvider,
        X509Certificate2? certificate)
    {
        var server = new ModelServer(answer, timeProvider ?? TimeProvider.System, certificate);
        await server._app.StartAsync().ConfigureAwait(false);
        var addresses = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        var address = new Uri(addresses.Addresses.Single());
        server.AnthropicEndpoint = address;
        server.OpenAIEndpoint = new Uri(address, "v1");
        return server;
    }

    // An empty builder: neither files nor environment variables of the program under test reach the server, and it logs nothing.
    private static WebApplication Build(X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));

        // A flush completes when the socket has the bytes: otherwise a fault of the connection could occur before they are sent.
        builder.WebHost.UseKestrelCore().UseSockets(static sockets => sockets.MaxWriteBufferSize = 1).UseKestrelHttpsConfiguration().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = null;
            options.Limits.MinRequestBodyDataRate = null;
            options.Limits.MinResponseDataRate = null;
            options.Listen(IPAddress.Loopback, 0, listen =>
            {
                if (certificate is not null)
                {
                    listen.UseHttps(certificate);
                }
            });
        });
        return builder.Build();
    }

    private static void AddTo(Queue<ModelReply> queue, ModelReply[] replies)
    {
        foreach (var reply in replies)
        {
            queue.Enqueue(reply);
        }
    }

    private async Task ServeAsync(HttpContext context)
    {
        switch (context.Request.Method, context.Request.Path.Value)
        {
            case ("POST", "/v1/chat/completions"):
                await AnswerAsync(context, OpenAIProtocol.Instance).ConfigureAwait(false);
                break;
            case ("POST", "/v1/messages"):
                await AnswerAsync(context, AnthropicProtocol.Instance).ConfigureAwait(false);
                break;
            case ("GET", "/v1/chat/completions"):
                context.Response.ContentType = "application/json";
                await context.Response.Body.WriteAsync(_stored.List(context.Request.Query)).ConfigureAwait(false);
                break;
            case ("GET", "/v1/models"):
                context.Response.ContentType = "application/json";
                await context.Response.Body.WriteAsync(ModelListing.Write(ModelIds, context.Request.Headers.ContainsKey("anthropic-version"))).ConfigureAwait(false);
                break;
            case ("POST", var path) when FamilyProtocol.Of(path) is { } family:
                await AnswerAsync(context, family).ConfigureAwait(false);
                break;
            default:
                context.Response.StatusCode = 404;
                break;
        }
    }

    private async Task AnswerAsync(HttpContext context, WireProtocol protocol)
    {
        using var aborted = new CancellationTokenSource();
        var request = await RequestReader.ReadAsync(context, protocol, aborted.Token).ConfigureAwait(false);
        using var watch = context.RequestAborted.UnsafeRegister(_ => Abort(aborted, request), null);
        Record(request);
        try
        {
            var reply = protocol.Reject(request) ?? await ChooseAsync(request).ConfigureAwait(false);
            _stored.Add(request, protocol, reply);
            await _delivery.SendAsync(context, protocol, request, reply).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The same token ended the delivery, perhaps before it called the registration above, which this method removes when it returns.
            Abort(aborted, request);
            context.Abort();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            context.Abort();
        }
        finally
        {
            End();
        }
    }

    private static void Abort(CancellationTokenSource aborted, ModelRequest request)
    {
        try
        {
            aborted.Cancel();
        }
        finally
        {
            request.MarkAborted();
        }
    }

    private void End()
    {
        lock (_lock)
        {
            if (--_underWay == 0)
            {
                _idle?.TrySetResult();
                _idle = null;
            }
        }
    }

    private void Record(ModelRequest request)
    {
        lock (_lock)
        {
            _underWay++;
            _requests.Add(request);
            request.Number = _requests.Count;
            foreach (var waiter in _waiters.Where(waiter => waiter.Count == _requests.Count))
            {
                waiter.Arrived.TrySetResult(request);
            }

            _waiters.RemoveAll(waiter => waiter.Count == _requests.Count);
        }
    }

    private async ValueTask<ModelReply> ChooseAsync(ModelRequest request)
    {
        lock (_lock)
        {
            if ((_queuesByModel.TryGetValue(request.ModelId, out var queue) && queue.TryDequeue(out var reply)) || _queue.TryDequeue(out reply))
            {
                return reply;
            }
        }

        return _answer is null
            ? ModelReply.Error(501, "no_reply", message: $"The test queued no reply for request {request.Number} ({request.ModelId}).")
            : await _answer(request, request.Aborted).ConfigureAwait(false);
    }

    /// <summary>Leaves Ctrl+C to the program: a host's own lifetime would swallow it.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
