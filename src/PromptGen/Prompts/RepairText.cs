namespace PromptGen.Prompts;

/// <summary>What a model is told of a rejected answer where no <see cref="RepairTemplateAttribute"/> says otherwise.</summary>
internal static class RepairText
{
    public static void Write(PromptErrorCode outcome, IReadOnlyList<SchemaViolation> violations, PromptWriter prompt)
    {
        prompt.Append(outcome == PromptErrorCode.InvalidJson ? "Your answer is not valid JSON." : "Your answer does not match the schema.");
        foreach (var violation in violations)
        {
            prompt.Append("\n- ");
            prompt.Append(violation.Message);
        }

        prompt.Append("\nAnswer again with the whole JSON value, every point corrected, and nothing else.");
    }
}
