using Microsoft.Extensions.AI;
using PromptGen.Catalog;
using PromptGen.Execution;
using PromptGen.Health;
using PromptGen.Routing;
using PromptGen.Telemetry;

namespace PromptGen.Chat;

/// <summary>One call through a route with the caller's own messages. There is no contract: what a model answers is the answer.</summary>
internal sealed class ChatCall : IExchange, IDisposable
{
    private readonly ChatRequest _request;
    private readonly StepRunner _steps;
    private ChatResponse? _response;

    public ChatCall(PromptRuntime runtime, PromptDefinition<string> route, IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        runtime.ThrowIfDisposed();
        _request = new ChatRequest(route, messages, options);
        _steps = new StepRunner(runtime, route, this, cancellationToken);
    }

    public bool ChecksAsync => false;

    /// <summary>The answer, with the call's account among its properties.</summary>
    public ChatResponse Response
    {
        get
        {
            var (response, model) = (_response!, _steps.AnsweredBy!);
            (response.AdditionalProperties ??= [])[ChatRouteExtensions.ResultKey] = new RoutedAnswer(_steps.CreateResult(response, model.Id, model.Tier));
            return response;
        }
    }

    public PromptStep? Enter(ChatRules? rules) => _request.Enter(_steps, rules);

    public PromptStep? After(PromptStep step) => _steps.After(step);

    public ValueTask<bool> TryAsync(PromptStep step) => _steps.TakeAsync(step);

    public PromptException Exhausted() => _steps.Exhausted();

    public void Dispose() => _steps.End();

    public string? WhyNot(ModelInfo model) => _request.WhyNot(model);

    public ModelRequest Render(ModelEndpoint endpoint, RepairPrompt? repair) => _request.Render(endpoint);

    public async ValueTask<Reception> SendAsync(IChatClient client, ModelRequest request, AttemptTelemetry? telemetry, CancellationToken cancellationToken)
    {
        var reception = await BufferedExchange.SendAsync(client, request, cancellationToken).ConfigureAwait(false);
        _response = reception.Response;
        return reception.Response is { } response && HoldsAnswer(response) ? reception with { Code = PromptErrorCode.None } : reception;
    }

    public AnswerVerdict Read(in Reception reception, CallAccount account) => AnswerVerdict.Of(PromptErrorCode.None);

    public ValueTask<AnswerVerdict> CheckAsync(AnswerVerdict read, CallAccount account) => new(read);

    private static bool HoldsAnswer(ChatResponse response)
    {
        foreach (var message in response.Messages)
        {
            if (ChatAnswer.Holds(message.Contents))
            {
                return true;
            }
        }

        return response.FinishReason == ChatFinishReason.ContentFilter;
    }
}
