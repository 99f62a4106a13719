namespace PromptGen.Prompts;

/// <summary>Who says a message.</summary>
public enum PromptRole
{
    /// <summary>The program, about how the model is to behave.</summary>
    System,

    /// <summary>Whom the model answers. Text before any role is the user's.</summary>
    User,

    /// <summary>The model: an example of an answer.</summary>
    Assistant,
}
