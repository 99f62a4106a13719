using Microsoft.Extensions.AI;
using PromptGen.Caching;
using PromptGen.Providers;

namespace PromptGen.Journaling;

/// <summary>The digest of a request of a prompt: of what decides its answer, in one form for equal requests.</summary>
internal static class RequestDigest
{
    /// <param name="prompt">The name of the prompt.</param>
    /// <param name="version">Its full version, which covers what is done with the answer.</param>
    /// <param name="messages">The messages.</param>
    /// <param name="options">The options.</param>
    public static string Of(string prompt, string version, IReadOnlyList<ChatMessage> messages, ChatOptions options)
    {
        var writer = CacheKeyWriter.Rent();
        writer.Text(version);
        writer.Text(options.ModelId);
        writer.Value(options.Temperature);
        writer.Value(options.MaxOutputTokens);
        writer.Boolean(LogProbabilities.AreAsked(options));
        writer.Text(options.ResponseFormat switch
        {
            null => null,
            ChatResponseFormatJson { Schema: { } schema } => schema.GetRawText(),
            var format => format.GetType().Name,
        });
        foreach (var message in messages)
        {
            writer.StartObject();
            writer.Text(message.Role.Value);
            foreach (var content in message.Contents)
            {
                Write(writer, content);
            }

            writer.EndObject();
        }

        return writer.Finish(prompt);
    }

    private static void Write(CacheKeyWriter writer, AIContent content)
    {
        writer.Name(content.GetType().Name);
        switch (content)
        {
            case DataContent data:
                writer.Content(data);
                break;
            case UriContent uri:
                writer.Content(uri);
                break;
            default:
                writer.Text(content.ToString());
                break;
        }
    }
}
