using System.ComponentModel;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using PromptGen.OpenAI;

namespace PromptGen;

/// <summary>Makes OpenAI's SDK usable as a leaf of a prompt's route.</summary>
public static class OpenAIChatClientExtensions
{
    /// <summary>
    /// A chat client over the SDK's client, for OpenAI and any server that speaks its chat completions protocol. One call is one request:
    /// retries and network time-out of the SDK are off whatever its options, so the caller's token or the prompt's route ends a request.
    /// Failures are <see cref="ProviderRequestException"/>s. What <see cref="ChatOptions"/> has no name for is sent through its
    /// <see cref="ChatOptions.AdditionalProperties"/>, for example <c>service_tier</c>, or <c>max_tokens</c> for servers that do not know <c>max_completion_tokens</c>.
    /// Redirects are turned off at an <see cref="HttpClient"/> that the SDK's client was given, unless that has sent a request before: then a redirect is
    /// followed without the prompt. The SDK's own transport follows none.
    /// </summary>
    /// <param name="client">The SDK's client; it stays the caller's.</param>
    /// <returns>The chat client; safe for concurrent use.</returns>
    public static IChatClient AsPromptClient(this ChatClient client) => new OpenAIChatClient(client);

    /// <summary>
    /// Same as <see cref="AsPromptClient"/>, under the name that Microsoft.Extensions.AI.OpenAI uses. Where that package's method is imported too, the compiler
    /// takes that one, which retries by itself.
    /// </summary>
    /// <typeparam name="TClient">The SDK's client.</typeparam>
    /// <param name="client">The SDK's client; it stays the caller's.</param>
    /// <returns>The chat client; safe for concurrent use.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static IChatClient AsIChatClient<TClient>(this TClient client)
        where TClient : ChatClient => client.AsPromptClient();
}
