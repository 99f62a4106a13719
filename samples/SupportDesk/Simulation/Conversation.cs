namespace Acme.Support.Simulation;

/// <summary>What a simulated model takes from the messages of one request.</summary>
/// <param name="Ticket">The text between the first opening and the last closing ticket tag; the first user message where there is none.</param>
/// <param name="IsAskedAgain">Whether the conversation contains an earlier answer and its violations.</param>
internal sealed record Conversation(string Ticket, bool IsAskedAgain)
{
    private const string Opening = "<ticket>";
    private const string Closing = "</ticket>";

    /// <summary>Reads the messages, as pairs of role and text.</summary>
    public static Conversation Of(IEnumerable<(string Role, string Text)> messages)
    {
        var turns = messages.ToList();
        var question = turns.Find(turn => turn.Role == "user").Text ?? "";
        var start = question.IndexOf(Opening, StringComparison.Ordinal);
        var end = question.LastIndexOf(Closing, StringComparison.Ordinal);
        var ticket = start >= 0 && end > start ? question[(start + Opening.Length)..end] : question;

        return new Conversation(ticket.Trim(), turns.Exists(turn => turn.Role == "assistant"));
    }
}
