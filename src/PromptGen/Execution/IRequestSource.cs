using PromptGen.Catalog;
using PromptGen.Health;

namespace PromptGen.Execution;

/// <summary>What a streamed call asks of its models.</summary>
internal interface IRequestSource
{
    /// <summary>Why this call cannot ask a model; null = it can.</summary>
    string? WhyNot(ModelInfo model);

    /// <summary>Makes the request for a model. Whatever it throws is the fault of the call's arguments.</summary>
    ModelRequest Render(ModelEndpoint endpoint);
}
