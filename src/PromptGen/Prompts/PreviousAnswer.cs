using System.ComponentModel;

namespace PromptGen.Prompts;

/// <summary>What <c>{{previous}}</c> means in a template: the last answer of an earlier step of the call, which was rejected. Read by generated code.</summary>
/// <typeparam name="T">The output type of the prompt in its nullable form.</typeparam>
/// <param name="answer">The text of the answer.</param>
/// <param name="reason">Why it was rejected.</param>
/// <param name="value">Its value.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PreviousAnswer<T>(string answer, string reason, T? value)
{
    /// <summary>The text of the answer, as the model wrote it.</summary>
    public string Answer { get; } = answer;

    /// <summary>Why it was rejected, in sentences: every violation of the contract, or the reason of the acceptance check. Violations quote the answer.</summary>
    public string Reason { get; } = reason;

    /// <summary>The value of an answer that kept its contract; null where it did not.</summary>
    public T? Value { get; } = value;
}
