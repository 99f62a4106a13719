using Microsoft.Extensions.AI;
using PromptGen.Catalog;
using PromptGen.Execution;
using PromptGen.Health;
using PromptGen.Telemetry;

namespace PromptGen.Chat;

/// <summary>Asks one model with the caller's own messages.</summary>
/// <param name="request">The messages.</param>
internal class ChatExchange(ChatRequest request) : IExchange
{
    public bool ChecksAsync => false;

    public bool IsJournalled => false;

    /// <summary>The latest answer; null where none came.</summary>
    public ChatResponse? Answer { get; protected set; }

    /// <summary>What is sent.</summary>
    protected ChatRequest Request => request;

    public string? WhyNot(ModelInfo model) => Request.WhyNot(model);

    public ModelRequest Render(ModelEndpoint endpoint, RepairPrompt? repair) => Request.Render(endpoint);

    public async ValueTask<Reception> SendAsync(IChatClient client, ModelRequest request, AttemptTelemetry? telemetry, CancellationToken cancellationToken)
    {
        var reception = await BufferedExchange.SendAsync(client, request, cancellationToken).ConfigureAwait(false);
        Answer = reception.Response;
        return reception.Response is { } response && HoldsAnswer(response) ? reception with { Code = PromptErrorCode.None } : reception;
    }

    public AnswerVerdict Read(in Reception reception, ModelEndpoint endpoint, CallAccount account) => AnswerVerdict.Of(PromptErrorCode.None);

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
