using System.Text;

namespace PromptGen.Prompts;

/// <summary>An answer that was rejected, for the templates of the steps that follow.</summary>
/// <param name="Answer">Its text: well-formed, though a model may answer with half of a surrogate pair, which a template refuses as a mistake of the caller's.</param>
/// <param name="Reason">Why it was rejected, in sentences.</param>
/// <param name="Value">Its value; null where it broke its contract.</param>
internal sealed record RejectedAnswer(string Answer, string Reason, object? Value)
{
    /// <summary>An answer of an ensemble whose votes gave no winner.</summary>
    public static RejectedAnswer Undecided(string answer, object? value) => new(WellFormed(answer), "Other models gave different answers, and none had enough votes.", value);

    /// <summary>An answer that was rejected for itself.</summary>
    /// <param name="answer">Its text.</param>
    /// <param name="outcome"><see cref="PromptErrorCode.InvalidJson"/>, <see cref="PromptErrorCode.SchemaMismatch"/> or <see cref="PromptErrorCode.NotAccepted"/>.</param>
    /// <param name="violations">Every violation in it.</param>
    /// <param name="reason">Why an acceptance check rejected it; null where none did, or it gave no reason.</param>
    /// <param name="value">Its value; it counts only where the contract was kept.</param>
    public static RejectedAnswer Of(string answer, PromptErrorCode outcome, IReadOnlyList<SchemaViolation> violations, string? reason, object? value) => outcome == PromptErrorCode.NotAccepted
        ? new RejectedAnswer(WellFormed(answer), reason ?? "The answer is valid, but was checked and rejected.", value)
        : new RejectedAnswer(WellFormed(answer), WellFormed(RepairText.Describe(outcome, violations)), null);

    /// <summary>Text in which halves of surrogate pairs are replaced.</summary>
    public static string WellFormed(string text) =>
        text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;
}
