using Microsoft.Extensions.AI;
using PromptGen.Execution;
using PromptGen.Routing;

namespace PromptGen.Chat;

/// <summary>One call through a route with the caller's own messages. There is no contract: what a model answers is the answer.</summary>
internal sealed class ChatCall : ChatExchange, ICallExchange, IDisposable
{
    private readonly StepRunner _steps;

    public ChatCall(PromptRuntime runtime, PromptDefinition<string> route, IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
        : base(new ChatRequest(route, messages, options))
    {
        runtime.ThrowIfDisposed();
        _steps = new StepRunner(runtime, route, this, cancellationToken);
    }

    /// <summary>The answer, with the call's account among its properties.</summary>
    public ChatResponse Response
    {
        get
        {
            var (response, model) = (Answer!, _steps.AnsweredBy!);
            (response.AdditionalProperties ??= [])[ChatRouteExtensions.ResultKey] = new RoutedAnswer(_steps.CreateResult(response, model.Id, model.Tier));
            return response;
        }
    }

    public PromptStep? Enter(ChatRules? rules) => Request.Enter(_steps, rules);

    public PromptStep? After(PromptStep step) => _steps.After(step);

    public ValueTask<bool> TryAsync(PromptStep step) => _steps.TakeAsync(step);

    public PromptException Exhausted() => _steps.Exhausted();

    public void Dispose() => _steps.End();

    IExchange ICallExchange.Fork(bool isLast) => new ChatExchange(Request);

    ValueTask ICallExchange.JoinAsync(IExchange fork, bool isAccepted)
    {
        Answer = isAccepted ? ((ChatExchange)fork).Answer : Answer;
        return ValueTask.CompletedTask;
    }
}
