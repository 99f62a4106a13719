using System.Runtime.CompilerServices;
using Anthropic;
using Microsoft.Extensions.AI;
using PromptGen.Anthropic;
using PromptGen.Providers;

namespace PromptGen;

/// <summary>Makes Anthropic's SDK usable as a leaf of a prompt's route.</summary>
public static class AnthropicPromptClientExtensions
{
    // Every Claude model can answer with so much; the SDK's own 1,024 cut answers off in silence.
    private const int DefaultMaxOutputTokens = 4096;

    // The handlers of a client can be attached once only.
    private static readonly ConditionalWeakTable<IAnthropicClient, IAnthropicClient> SingleAttemptClients = [];

    /// <summary>
    /// Same as <see cref="AsPromptClient"/>. It comes before the SDK's method of this name wherever this namespace is used: that one retries by
    /// itself and hides how long the provider asked to wait.
    /// </summary>
    /// <param name="client">The SDK's client. Its retries and its time-out do not apply.</param>
    /// <param name="modelId">The model to call if a request names none.</param>
    /// <returns>The chat client.</returns>
    public static IChatClient AsIChatClient(this AnthropicClient client, string modelId) => client.AsPromptClient(modelId);

    /// <summary>
    /// The SDK's chat client, adapted to a route. One call is one request: retries and time-out of the SDK are off whatever its options,
    /// so the caller's token or the prompt's route ends a request. Failures are <see cref="ProviderRequestException"/>s. Temperature, top_p
    /// and top_k are sent, which the SDK's adapter leaves out; models that no longer take them answer with status 400. Seed and penalties, which
    /// Anthropic's protocol has no name for, are not sent. Redirects are turned off at the SDK client's <see cref="HttpClient"/>, unless that has sent a
    /// request before: then a redirect is followed without the prompt, and its answer is not used.
    /// </summary>
    /// <param name="client">The SDK's client; it stays the caller's. Handlers of its own must not have sent a request yet.</param>
    /// <param name="modelId">The model, unless the options name one. Default: null, they must.</param>
    /// <param name="maxOutputTokens">The tokens that an answer may take, unless the options say. Default: 4096.</param>
    /// <returns>The chat client; safe for concurrent use.</returns>
    public static IChatClient AsPromptClient(this IAnthropicClient client, string? modelId = null, int maxOutputTokens = DefaultMaxOutputTokens)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxOutputTokens, 1);
        var single = SingleAttemptClients.GetValue(client, static original => original.WithOptions(static options => options with
        {
            MaxRetries = 0,
            Timeout = Timeout.InfiniteTimeSpan,
            Handlers = [.. options.Handlers ?? [], new AnthropicResponseHandler()],
        }));
        return new AnthropicPromptClient(single.AsIChatClient(modelId, maxOutputTokens), modelId, maxOutputTokens, HttpRedirects.TurnOff(client.HttpClient));
    }
}
