namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Through which official SDK the model at fault is asked.</summary>
public enum Via
{
    OpenAI,
    Anthropic,
}
