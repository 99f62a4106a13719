using Microsoft.Extensions.AI;
using PromptGen.Catalog;

namespace PromptGen.Routing;

/// <summary>Asks a model for an answer by a schema, in the strongest way that the model supports.</summary>
/// <param name="schema">The schema as text.</param>
internal sealed class SchemaRequest(string schema)
{
    /// <summary>What a model reads that takes no schema beside the messages. Made once: it is the same in every request, and long.</summary>
    private string Instruction => field ??= "\n\nAnswer with one JSON value that matches this JSON Schema, and nothing else:\n" + schema;

    /// <param name="options">The request's options.</param>
    /// <param name="messages">The request's messages.</param>
    /// <param name="format">The schema in the model's dialect; null where that can't express it.</param>
    /// <param name="model">The model.</param>
    /// <param name="wroteSchema">Whether the messages contain the schema already.</param>
    /// <returns>The input tokens that this takes, estimated.</returns>
    public int AddTo(ChatOptions options, List<ChatMessage> messages, ChatResponseFormat? format, ModelInfo model, bool wroteSchema)
    {
        var isStructured = (model.Features & ModelFeatures.StructuredOutput) != 0 && format is not null;
        options.ResponseFormat = isStructured ? format : (model.Features & ModelFeatures.JsonMode) != 0 ? ChatResponseFormat.Json : null;
        if (!isStructured && !wroteSchema)
        {
            AddInstruction(messages);
        }

        return SchemaTokens.Of(schema.Length, isStructured, wroteSchema);
    }

    private void AddInstruction(List<ChatMessage> messages)
    {
        for (var i = messages.Count - 1; i >= 0; i--)
        {
            if (messages[i].Role == ChatRole.User)
            {
                messages[i].Contents.Add(new TextContent(Instruction));
                return;
            }
        }

        messages.Add(new ChatMessage(ChatRole.User, Instruction.TrimStart()));
    }
}
