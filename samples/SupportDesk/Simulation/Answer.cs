using System.Text.Json.Nodes;

namespace Acme.Support.Simulation;

/// <summary>The text of an answer: the judgement as JSON, spoilt by a habit.</summary>
internal static class Answer
{
    /// <summary>Writes the answer.</summary>
    public static string Write(Judgement judgement, Habit habit) => habit switch
    {
        Habit.Fence => $"```json\n{Json(judgement)}\n```",
        Habit.Prose => $"Sure! Here is the triage of the ticket:\n\n{Json(judgement)}\n\nLet me know if there is anything else that I can do.",
        Habit.UnknownQueue => Json(judgement, queue: Synonym(judgement.Queue)),
        Habit.UrgencyOfTen => Json(judgement, urgency: Math.Max(6, judgement.Urgency * 2)),
        Habit.RawNewline => Json(judgement).Replace("\"summary\":\"", "\"summary\":\"Summary:\n", StringComparison.Ordinal),
        Habit.RunsOn => Json(judgement with { Summary = $"{judgement.Summary} To put this into perspective, let us first consider what the customer may have had in mind. {judgement.Summary}" })[..^40],
        _ => Json(judgement),
    };

    private static string Json(Judgement judgement, string? queue = null, int? urgency = null) =>
        new JsonObject
        {
            ["queue"] = queue ?? judgement.Queue.ToString(),
            ["urgency"] = urgency ?? judgement.Urgency,
            ["summary"] = judgement.Summary,
            ["confidence"] = judgement.Confidence,
        }.ToJsonString();

    private static string Synonym(Queue queue) => queue switch
    {
        Queue.Billing => "Payments",
        Queue.Account => "Login",
        Queue.Technical => "Bug",
        _ => "General",
    };
}
