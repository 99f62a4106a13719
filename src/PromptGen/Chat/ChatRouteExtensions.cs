using Microsoft.Extensions.AI;
using PromptGen.Chat;
using PromptGen.Routing;

namespace PromptGen;

/// <summary>Serves callers that bring their own messages: chats, agents, pipelines.</summary>
public static class ChatRouteExtensions
{
    /// <summary>The key of the routed call's account in <see cref="ChatResponse.AdditionalProperties"/>.</summary>
    internal const string ResultKey = "promptgen.result";

    /// <summary>
    /// A route as an ordinary <see cref="IChatClient"/>: messages and options are the caller's, the choice of the model, retries, fallback, budget,
    /// deadline and ledger are the route's. Generated code calls it for a prompt method that returns <see cref="IChatClient"/>.
    /// </summary>
    /// <remarks>
    /// An answer without a contract cannot break it: whatever a model answers is returned, refusals, tool calls and answers that stopped at
    /// a limit included. A next step is taken where all models of the one before are unavailable. <see cref="ChatOptions.ModelId"/> is the
    /// route's choice. Models that lack what a request needs (tools, vision, audio) are skipped.
    /// </remarks>
    /// <param name="runtime">What the calls run on.</param>
    /// <param name="route">The route and its limits.</param>
    /// <param name="rules">Where a request enters the route. Generated code passes the prompt's <see cref="RouteWhenAttribute"/>. Default: null, at the first step.</param>
    /// <returns>The client; thread-safe. It need not be disposed: the clients of the models are the runtime's.</returns>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: a model of the route is not served.</exception>
    public static IChatClient AsChatClient(this PromptRuntime runtime, PromptDefinition<string> route, ChatRules? rules = null)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentNullException.ThrowIfNull(route);
        runtime.Require(route);
        return new ChatRouteClient(runtime, route, rules);
    }

    /// <summary>The result of a routed answer: the model that answered, every attempt, the cost.</summary>
    /// <param name="response">An answer of a client made by <see cref="AsChatClient"/>, or of a pipeline around one.</param>
    /// <returns>The result, or null if the answer did not come from a route, or came from a cache between caller and route.</returns>
    public static PromptResult<ChatResponse>? GetPromptResult(this ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.AdditionalProperties?.TryGetValue(ResultKey, out var answer) == true ? (answer as RoutedAnswer)?.Result : null;
    }
}
