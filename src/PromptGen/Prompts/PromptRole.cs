using System.ComponentModel;

namespace PromptGen.Prompts;

/// <summary>The author of a message.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum PromptRole
{
    /// <summary>The program, about how the model is to behave.</summary>
    System,

    /// <summary>The user, who gets the answer. Text before any role is the user's.</summary>
    User,

    /// <summary>The model: an example of an answer.</summary>
    Assistant,
}
