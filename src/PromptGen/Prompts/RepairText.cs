namespace PromptGen.Prompts;

/// <summary>What is sent to a model about a rejected answer where no <see cref="RepairTemplateAttribute"/> says otherwise.</summary>
internal static class RepairText
{
    /// <summary>The most violations that are listed. Each costs tokens, and so many usually have one cause.</summary>
    private const int MostViolations = 64;

    /// <summary>What is wrong with an answer that broke its contract, in sentences on one line.</summary>
    public static string Describe(PromptErrorCode outcome, IReadOnlyList<SchemaViolation> violations) =>
        string.Join(' ', violations.Take(MostViolations).Select(static violation => violation.Message).Prepend(Finding("The answer", outcome)));

    public static void Write(PromptErrorCode outcome, IReadOnlyList<SchemaViolation> violations, PromptWriter prompt)
    {
        prompt.Append(Finding("Your answer", outcome));
        foreach (var violation in violations.Take(MostViolations))
        {
            prompt.Append("\n- ");
            prompt.Append(violation.Message);
        }

        if (violations.Count > MostViolations)
        {
            prompt.Append("\n- There are more violations than are listed here.");
        }

        prompt.Append(outcome == PromptErrorCode.NotAccepted
            ? "\nAnswer again, complete, with every point corrected, and nothing else."
            : "\nAnswer again with the whole JSON value, every point corrected, and nothing else.");
    }

    private static string Finding(string subject, PromptErrorCode outcome) => subject + outcome switch
    {
        PromptErrorCode.InvalidJson => " is not valid JSON.",
        PromptErrorCode.NotAccepted => " is valid, but was checked and rejected.",
        _ => " does not match the schema.",
    };
}
