using PromptGen.Health;
using PromptGen.Routing;

namespace PromptGen.Execution;

/// <summary>Compares what an answer states of itself, calibrated by its model, with what its prompt accepts.</summary>
internal static class ConfidenceCheck
{
    /// <param name="prompt">The prompt.</param>
    /// <param name="value">The value, which keeps the contract.</param>
    /// <param name="endpoint">The model that gave it.</param>
    /// <param name="read">What the contract and the probabilities say of it.</param>
    public static AnswerVerdict Check<T>(PromptDefinition<T> prompt, T value, ModelEndpoint endpoint, AnswerVerdict read)
    {
        if (prompt.Confidences is not { } confidences || read.Code != PromptErrorCode.None)
        {
            return read;
        }

        try
        {
            foreach (var confidence in confidences)
            {
                if (confidence.Rejection(value, endpoint.Declared.Id) is { } reason)
                {
                    // A name and two decimals are no data of the answer: logs and exceptions show the reason as they do a literal.
                    return read with { Code = PromptErrorCode.NotAccepted, Reason = string.Intern(reason) };
                }
            }

            return read;
        }
        catch (Exception exception)
        {
            // A member may be computed by code of the output type.
            return AcceptanceCheck<T>.Threw(read, exception);
        }
    }
}
