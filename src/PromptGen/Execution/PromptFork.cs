using Microsoft.Extensions.AI;
using PromptGen.Catalog;
using PromptGen.Health;
using PromptGen.Prompts;
using PromptGen.Telemetry;

namespace PromptGen.Execution;

/// <summary>A model that is asked beside another one of the same call.</summary>
/// <typeparam name="T">The output type of the prompt.</typeparam>
/// <param name="call">The call.</param>
/// <param name="template">The prompt's templates with the arguments of the call.</param>
internal sealed class PromptFork<T>(PromptCall<T> call, IPromptTemplate template) : IExchange
{
    private T? _value;

    /// <summary>The value that was read last.</summary>
    public T? Value => _value;

    object? IExchange.Value => _value;

    bool IExchange.ChecksAsync => ((IExchange)call).ChecksAsync;

    string? IExchange.WhyNot(ModelInfo model) => null;

    ModelRequest IExchange.Render(ModelEndpoint endpoint, RepairPrompt? repair) =>
        ModelRequest.Create(call.Prompt, endpoint, template, repair, call.Steps.Account.Previous);

    ValueTask<Reception> IExchange.SendAsync(IChatClient client, ModelRequest request, AttemptTelemetry? telemetry, CancellationToken cancellationToken) =>
        BufferedExchange.SendAsync(client, request, cancellationToken);

    AnswerVerdict IExchange.Read(in Reception reception, ModelEndpoint endpoint, CallAccount account) => call.Read(reception, endpoint, account, ref _value);

    ValueTask<AnswerVerdict> IExchange.CheckAsync(AnswerVerdict read, CallAccount account) => call.CheckAsync(_value!, read, account);
}
