using Microsoft.Extensions.AI;

namespace PromptGen.Benchmarks.Replay;

/// <summary>Answers with what a model was recorded to answer. A token is four characters, as in the published costs.</summary>
internal sealed class RecordedChatClient(IReadOnlyDictionary<string, string> outputs, IReadOnlyDictionary<string, string> idOfPrompt) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var prompt = messages.Last().Text;
        var output = idOfPrompt.TryGetValue(prompt, out var id) && outputs.TryGetValue(id, out var text) ? text : "";
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, output))
        {
            FinishReason = ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = prompt.Length / 4, OutputTokenCount = output.Length / 4 },
        });
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
