using Microsoft.Extensions.AI;

namespace PromptGen.Testing;

/// <summary>A request that a <see cref="ScriptedChatClient"/> received, copied when it came so that nothing changes it later.</summary>
public sealed class ScriptedRequest
{
    internal ScriptedRequest(IEnumerable<ChatMessage> messages, ChatOptions? options, bool isStreaming, CancellationToken cancellationToken)
    {
        Messages = [.. messages.Select(static message => new ChatMessage(message.Role, [.. message.Contents]))];
        Options = options?.Clone() ?? new ChatOptions();
        IsStreaming = isStreaming;
        CancellationToken = cancellationToken;
    }

    /// <summary>The messages in order.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; }

    /// <summary>The options; empty where the request came without.</summary>
    public ChatOptions Options { get; }

    /// <summary>Whether a stream was asked for.</summary>
    public bool IsStreaming { get; }

    /// <summary>The token that the request came with.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The text of all messages, one line <c>role: text</c> for each.</summary>
    public string Text => string.Join('\n', Messages.Select(static message => $"{message.Role}: {message.Text}"));
}
