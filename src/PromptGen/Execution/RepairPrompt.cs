using Microsoft.Extensions.AI;
using PromptGen.Prompts;

namespace PromptGen.Execution;

/// <summary>Asks a model again: its answer, and what the prompt says of every violation in it.</summary>
internal sealed class RepairPrompt(string answer, PromptErrorCode outcome, IReadOnlyList<SchemaViolation> violations)
{
    /// <summary>Adds the messages to those that were sent before.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="template">The prompt's templates.</param>
    /// <param name="schema">The schema, for a template that writes it.</param>
    /// <returns>The tokens that they take, estimated.</returns>
    public int AppendTo(List<ChatMessage> messages, IPromptTemplate template, string schema)
    {
        messages.Add(new ChatMessage(ChatRole.Assistant, answer));
        var writer = new PromptWriter(schema);
        template.RenderRepair(outcome, RejectedAnswer.WellFormed(answer), violations, writer);
        var said = writer.Build();
        if (said.Count == 0)
        {
            // A repair without any text is a mistake of the template.
            writer = new PromptWriter(schema);
            RepairText.Write(outcome, violations, writer);
            said = writer.Build();
        }

        messages.AddRange(said);
        return TokenEstimator.Estimate(answer) + said.Sum(static message => TokenEstimator.Estimate(message.Text));
    }
}
