namespace PromptGen.Prompts;

/// <summary>Who speaks a message of a prompt.</summary>
public enum PromptRole
{
    /// <summary>Sets the rules for the model.</summary>
    System,

    /// <summary>Asks; also where text stands that no role was opened for.</summary>
    User,

    /// <summary>Answers: an example of an answer, or an earlier one.</summary>
    Assistant,
}
