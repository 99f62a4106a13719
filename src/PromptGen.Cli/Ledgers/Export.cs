using System.Text.Json;
using System.Text.Json.Nodes;
using PromptGen.Cli.Output;

namespace PromptGen.Cli.Ledgers;

/// <summary>Writes a call as lines of JSONL.</summary>
internal static class Export
{
    /// <returns>One line, or none where the call has nothing to give; a pair for each rejected answer.</returns>
    public static IEnumerable<string> Lines(CallRecord call, ExportForm form) => form switch
    {
        ExportForm.Chat => Accepted(call) is { } accepted ? [Line(new JsonObject { ["messages"] = With(accepted.Messages, accepted.Answer) })] : [],
        ExportForm.Preferences => Accepted(call) is { } chosen ? Rejected(call).Select(answer => Line(Pair(chosen.Messages, chosen.Answer, answer))) : [],
        _ => [JsonSerializer.Serialize(call, ToolContext.JsonLine)],
    };

    /// <summary>The accepted answer, and the messages that were sent first: a repair sends the rejected answer along, which is no part of the example.</summary>
    private static (JsonArray Messages, string Answer)? Accepted(CallRecord call)
    {
        var place = call.Attempts.ToList().FindLastIndex(static attempt => attempt is { Outcome: PromptErrorCode.None, Answer: not null });
        if (place < 0)
        {
            return null;
        }

        var answer = call.Attempts[place].Answer!;
        while (place > 0 && call.Attempts[place].Reason is PromptAttemptReason.Repair or PromptAttemptReason.Retry)
        {
            place--;
        }

        return call.Attempts[place].Request is { } request && JsonNode.Parse(request) is JsonArray messages ? (messages, answer) : null;
    }

    private static IEnumerable<string> Rejected(CallRecord call) => call.Attempts
        .Where(static attempt => attempt is { Outcome: PromptErrorCode.InvalidJson or PromptErrorCode.SchemaMismatch or PromptErrorCode.NotAccepted, Answer.Length: > 0 })
        .Select(static attempt => attempt.Answer!)
        .Distinct();

    private static JsonObject Pair(JsonArray messages, string chosen, string rejected) => new()
    {
        ["input"] = new JsonObject { ["messages"] = messages.DeepClone() },
        ["preferred_output"] = new JsonArray(Message(chosen)),
        ["non_preferred_output"] = new JsonArray(Message(rejected)),
    };

    private static JsonArray With(JsonArray messages, string answer)
    {
        messages.Add(Message(answer));
        return messages;
    }

    private static JsonObject Message(string answer) => new JsonObject { ["role"] = "assistant", ["content"] = answer };

    private static string Line(JsonNode node) => node.ToJsonString(ToolContext.JsonLine);
}
