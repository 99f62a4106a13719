using System.Text;
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
        template.RenderRepair(outcome, WellFormed(answer), violations, writer);
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

    /// <summary>A model may answer with half of a surrogate pair, which a template refuses as a mistake of the caller's.</summary>
    private static string WellFormed(string text) =>
        text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;
}
