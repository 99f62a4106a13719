using System.Text;
using Microsoft.Extensions.AI;

namespace PromptGen.Execution;

/// <summary>Asks a model again: its answer, and every violation in it.</summary>
internal sealed class RepairPrompt
{
    private readonly string _answer;
    private readonly string _violations;

    public RepairPrompt(string answer, PromptErrorCode code, IReadOnlyList<SchemaViolation> violations)
    {
        _answer = answer;
        _violations = Describe(code, violations);
    }

    public int EstimatedTokens => TokenEstimator.Estimate(_answer) + TokenEstimator.Estimate(_violations);

    public void AppendTo(List<ChatMessage> messages)
    {
        messages.Add(new ChatMessage(ChatRole.Assistant, _answer));
        messages.Add(new ChatMessage(ChatRole.User, _violations));
    }

    private static string Describe(PromptErrorCode code, IReadOnlyList<SchemaViolation> violations)
    {
        var text = new StringBuilder(code == PromptErrorCode.InvalidJson
            ? "Your answer is not valid JSON."
            : "Your answer does not match the schema.");
        foreach (var violation in violations)
        {
            text.Append("\n- ").Append(violation).Append(", but got ").Append(violation.Actual);
        }

        return text.Append("\nAnswer again with the whole JSON value, every point corrected, and nothing else.").ToString();
    }
}
