using PromptGen.Catalog;
using PromptGen.Health;
using PromptGen.Streaming;

namespace PromptGen.Execution;

/// <summary>What a streamed call asks of its models.</summary>
internal interface IRequestSource
{
    /// <summary>Why this call cannot ask a model; null = it can.</summary>
    string? WhyNot(ModelInfo model);

    /// <summary>Makes the request for a model. Whatever it throws is the fault of the call's arguments.</summary>
    /// <param name="endpoint">The model.</param>
    /// <param name="continuation">Asks for what follows the items that were handed over; null = the answer begins anew.</param>
    ModelRequest Render(ModelEndpoint endpoint, Continuation? continuation);
}
