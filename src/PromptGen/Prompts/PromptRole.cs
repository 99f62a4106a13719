namespace PromptGen.Prompts;

<<<<<<< HEAD
/// <summary>Who says a message.</summary>
public enum PromptRole
{
    /// <summary>The program, about how the model is to behave.</summary>
    System,

    /// <summary>Whom the model answers. Text before any role is the user's.</summary>
    User,

    /// <summary>The model: an example of an answer.</summary>
=======
/// <summary>Who speaks a message of a prompt.</summary>
public enum PromptRole
{
    /// <summary>Sets the rules for the model.</summary>
    System,

    /// <summary>Asks; also where text stands that no role was opened for.</summary>
    User,

    /// <summary>Answers: an example of an answer, or an earlier one.</summary>
>>>>>>> runtime
    Assistant,
}
