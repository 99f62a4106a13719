using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using PromptGen.Execution;
using PromptGen.Routing;
using PromptGen.Telemetry;

namespace PromptGen.Chat;

/// <summary>A route that is asked like a single model.</summary>
internal sealed class ChatRouteClient(PromptRuntime runtime, PromptDefinition<string> route, ChatRules? rules) : IChatClient
{
    private static readonly ChatClientMetadata Metadata = new("promptgen");

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        using var call = new ChatCall(runtime, route, messages, options, cancellationToken);
        for (var step = call.Enter(rules); step is not null; step = call.After(step))
        {
            if (await call.TryAsync(step).ConfigureAwait(false))
            {
                return call.Response;
            }
        }

        throw call.Exhausted();
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return StreamAsync(new ChatRequest(route, messages, options), cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? Metadata
            : serviceType == typeof(ActivitySource) ? Spans.Source
            : serviceType == typeof(IFailureClassifier) ? ChatRouteFailureClassifier.Instance
            // Its own runtime warns of the clients behind it.
            : serviceType == typeof(RedirectHandling) ? RedirectHandling.NotFollowed
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType.IsInstanceOfType(route) ? route
            : serviceType.IsInstanceOfType(runtime) ? runtime
            : null;
    }

    public void Dispose()
    {
        // The clients of the models belong to the runtime.
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        ChatRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        runtime.ThrowIfDisposed();
        var call = new StreamExchange<ChatResponseUpdate>(runtime, route, new ChatUpdates(), default, request, cancellationToken);
        try
        {
            for (var step = request.Enter(call.Steps, rules); step is not null; step = call.Steps.After(step))
            {
                if (await call.TakeAsync(step).ConfigureAwait(false))
                {
                    while (await call.MoveNextAsync().ConfigureAwait(false))
                    {
                        yield return call.Current;
                    }

                    yield break;
                }
            }

            throw call.Exhausted();
        }
        finally
        {
            await call.DisposeAsync().ConfigureAwait(false);
        }
    }
}
