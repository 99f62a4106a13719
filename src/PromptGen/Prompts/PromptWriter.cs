using System.Text;
using Microsoft.Extensions.AI;

namespace PromptGen.Prompts;

/// <summary>Collects the messages that a template renders.</summary>
public sealed class PromptWriter
{
    private readonly string _schemaText;
    private readonly List<ChatMessage> _messages = [];
    private readonly StringBuilder _text = new();
    private ChatRole _role = ChatRole.User;

    internal PromptWriter(string schemaText) => _schemaText = schemaText;

    internal bool WroteSchema { get; private set; }

    internal int EstimatedTokens { get; private set; }

    /// <summary>Opens a message.</summary>
    /// <param name="role">Who speaks.</param>
    public void Role(PromptRole role)
    {
        Flush();
        _role = role switch { PromptRole.System => ChatRole.System, PromptRole.Assistant => ChatRole.Assistant, _ => ChatRole.User };
    }

    /// <summary>Appends text.</summary>
    /// <param name="text">The text; null = none.</param>
    public void Append(string? text) => _text.Append(text);

    /// <summary>Appends the contract's schema.</summary>
    public void Schema()
    {
        WroteSchema = true;
        _text.Append(_schemaText);
    }

    internal List<ChatMessage> Build()
    {
        Flush();
        return _messages;
    }

    private void Flush()
    {
        if (_text.Length > 0)
        {
            EstimatedTokens += (_text.Length + 3) / 4;
            _messages.Add(new ChatMessage(_role, _text.ToString()));
            _text.Clear();
        }
    }
}
