using Microsoft.Extensions.AI;
using PromptGen.Catalog;
using PromptGen.Health;
using PromptGen.Telemetry;

namespace PromptGen.Execution;

/// <summary>
/// What the kinds of calls differ in: what is sent to a model, how its answer is received and judged. A <see cref="StepRunner"/> does the
/// rest for all of them, and does not know the output type: code shared by all reference types is markedly slower in generic async
/// methods, and a call spends most of its own time in them.
/// </summary>
internal interface IExchange
{
    /// <summary>Whether <see cref="CheckAsync"/> is to be awaited after an answer that keeps its contract.</summary>
    bool ChecksAsync { get; }

    /// <summary>Whether the answer is streamed: the exchange then keeps its time itself.</summary>
    bool IsStream => false;

    /// <summary>Whether a journal can keep the answer: its text is all that the call reads of it.</summary>
    bool IsJournalled => !IsStream;

    /// <summary>Whether the connection, not the model, ended the latest answer.</summary>
    bool WasCutOff => false;

    /// <summary>What was received of the latest answer that broke off; null where nothing was.</summary>
    ChatResponse? Received => null;

    /// <summary>The text of a streamed answer so far; null where the answer is not streamed.</summary>
    string? ReceivedText => null;

    /// <summary>How long the first part of a streamed answer took, at least 1; 0 = nothing came in parts.</summary>
    int FirstTokenMicroseconds => 0;

    /// <summary>The value that was read last; null where no reading is kept.</summary>
    object? Value => null;

    /// <summary>Why this call cannot ask a model; null = it can.</summary>
    string? WhyNot(ModelInfo model);

    /// <summary>Makes the request for a model. Whatever it throws is the fault of the call's arguments.</summary>
    ModelRequest Render(ModelEndpoint endpoint, RepairPrompt? repair);

    /// <summary>Sends a request and receives its answer. Throws what the client throws.</summary>
    ValueTask<Reception> SendAsync(IChatClient client, ModelRequest request, AttemptTelemetry? telemetry, CancellationToken cancellationToken);

    /// <summary>Reads an answer of a model for as long as the call's deadline and token allow, and checks the value unless <see cref="ChecksAsync"/>.</summary>
    AnswerVerdict Read(in Reception reception, ModelEndpoint endpoint, CallAccount account);

    /// <summary>Checks the value that was read last.</summary>
    ValueTask<AnswerVerdict> CheckAsync(AnswerVerdict read, CallAccount account);
}
