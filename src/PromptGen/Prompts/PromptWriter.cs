namespace PromptGen.Prompts;

/// <summary>Collects the messages that a template renders.</summary>
public sealed class PromptWriter
{
}
