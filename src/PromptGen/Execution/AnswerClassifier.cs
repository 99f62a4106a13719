using Microsoft.Extensions.AI;
using PromptGen.Providers;

namespace PromptGen.Execution;

/// <summary>Determines from an answer's finish reason and contents whether its text may be read at all.</summary>
internal static class AnswerClassifier
{
    /// <returns>
    /// <see cref="PromptErrorCode.None"/> = read the text. A finish reason that is missing or unknown is no verdict: whether the text keeps
    /// the contract decides.
    /// </returns>
    public static PromptErrorCode Classify(ChatResponse? response, out string text)
    {
        text = "";
        if (response is null)
        {
            return PromptErrorCode.ProtocolError;
        }

        var error = FindError(response);
        if (error?.ErrorCode == ErrorCodes.Refusal)
        {
            return PromptErrorCode.Refused;
        }

        if (response.FinishReason == ChatFinishReason.Length)
        {
            // A model that spent its whole output on reasoning began no answer: a stronger one would reason as long.
            return string.IsNullOrWhiteSpace(response.Text) ? PromptErrorCode.EmptyOutput : PromptErrorCode.Truncated;
        }

        if (response.FinishReason == ChatFinishReason.ContentFilter)
        {
            return PromptErrorCode.ContentFiltered;
        }

        text = response.Text;
        return !string.IsNullOrWhiteSpace(text) ? PromptErrorCode.None
            : error is not null ? HttpFailure.Classify(0, error.ErrorCode)
            : PromptErrorCode.EmptyOutput;
    }

    private static ErrorContent? FindError(ChatResponse response)
    {
        var messages = response.Messages;
        for (var i = 0; i < messages.Count; i++)
        {
            var contents = messages[i].Contents;
            for (var j = 0; j < contents.Count; j++)
            {
                if (contents[j] is ErrorContent error)
                {
                    return error;
                }
            }
        }

        return null;
    }
}
