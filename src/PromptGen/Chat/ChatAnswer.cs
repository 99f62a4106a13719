using Microsoft.Extensions.AI;
using PromptGen.Providers;

namespace PromptGen.Chat;

/// <summary>Determines whether contents hold an answer.</summary>
internal static class ChatAnswer
{
    /// <summary>Anything that a caller can act on: text, calls of tools, a refusal, media. Thoughts and numbers alone are no answer.</summary>
    public static bool Holds(IList<AIContent> contents)
    {
        foreach (var content in contents)
        {
            if (content is TextContent { Text.Length: > 0 } or FunctionCallContent or DataContent or UriContent or ErrorContent { ErrorCode: ErrorCodes.Refusal })
            {
                return true;
            }
        }

        return false;
    }
}
