using Microsoft.Extensions.AI;

namespace PromptGen.Providers;

/// <summary>
/// Marks updates that bring nothing yet and still show that the model is at work, for example on the arguments of a tool. Without content and
/// without the mark an update does not end the wait for the next one. For packages that connect a provider.
/// </summary>
public static class UpdateProgress
{
    private const string Key = "promptgen.progress";

    /// <summary>Marks an update.</summary>
    /// <param name="update">The update.</param>
    /// <returns>The same update.</returns>
    public static ChatResponseUpdate Mark(ChatResponseUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        (update.AdditionalProperties ??= [])[Key] = true;
        return update;
    }

    internal static bool IsMarked(ChatResponseUpdate update) => update.AdditionalProperties?.ContainsKey(Key) is true;
}
