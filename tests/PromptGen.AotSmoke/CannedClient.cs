using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace PromptGen.AotSmoke;

/// <summary>An in-memory leaf that gives its answers in order.</summary>
internal sealed class CannedClient(params string[] answers) : IChatClient
{
    private int _next;

    /// <summary>The last message of the last request.</summary>
    public string LastText { get; private set; } = "";

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        LastText = messages.Last().Text;
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, answers[_next++]))
        {
            FinishReason = ChatFinishReason.Stop,
            ModelId = options?.ModelId,
            Usage = new UsageDetails { InputTokenCount = 100, OutputTokenCount = 30 },
        });
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (var update in response.ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
