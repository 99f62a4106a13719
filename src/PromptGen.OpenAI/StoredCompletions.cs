using System.ClientModel.Primitives;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using PromptGen.OpenAI.Requests;
using PromptGen.OpenAI.Responses;
using PromptGen.Providers;

namespace PromptGen.OpenAI;

/// <summary>Chat completions that the provider stores (<c>store: true</c>), found by their metadata.</summary>
/// <param name="client">The SDK's client.</param>
/// <param name="modelId">Its model.</param>
/// <param name="api">What the server takes.</param>
internal sealed class StoredCompletions(ChatClient client, string modelId, CompatibleApi api) : IStoredAnswers
{
    /// <summary>The name of the handle in the metadata.</summary>
    private const string Name = "promptgen_request";

    private static readonly byte[] s_name = Encoding.UTF8.GetBytes(Name);

    public void Store(ChatOptions options, string handle)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var metadata = JsonDocument.Parse($$"""{"{{Name}}":"{{handle}}"}""");
        var members = options.AdditionalProperties ??= [];
        members["store"] = true;
        members["metadata"] = metadata.RootElement.Clone();
    }

    public async Task<ChatResponse?> FindAsync(string handle, ChatOptions options, CancellationToken cancellationToken)
    {
        var request = new RequestOptions { CancellationToken = cancellationToken };
        request.AddPolicy(SingleAttemptPolicy.Instance, PipelinePosition.PerCall);
#pragma warning disable OPENAI001 // Stored completions are for evaluation only.
        var pages = client.GetChatCompletionsAsync(after: null, limit: 1, order: "desc", new Dictionary<string, string> { [Name] = handle }, model: null, request);
#pragma warning restore OPENAI001
        await foreach (var page in pages.GetRawPagesAsync().WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            using var list = JsonDocument.Parse(page.GetRawResponse().Content.ToMemory());

            // A server that does not know the filter lists other answers, too.
            return list.RootElement.Member("data"u8) is { ValueKind: JsonValueKind.Array } data
                && data.EnumerateArray().FirstOrDefault(answer => answer.Member("metadata"u8)?.Text(s_name) == handle) is { ValueKind: JsonValueKind.Object } answer
                ? ChatResponseReader.Read(answer, ChatRequestWriter.ModelOf(options, modelId), api)
                : null;
        }

        return null;
    }
}
