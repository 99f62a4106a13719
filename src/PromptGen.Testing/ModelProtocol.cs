namespace PromptGen.Testing;

/// <summary>Which of the two protocols a request speaks.</summary>
public enum ModelProtocol
{
    /// <summary>OpenAI chat completions: <c>POST /v1/chat/completions</c>.</summary>
    OpenAI,

    /// <summary>Anthropic messages: <c>POST /v1/messages</c>.</summary>
    Anthropic,
}
