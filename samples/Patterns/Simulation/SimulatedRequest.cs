using PromptGen.Testing;

namespace Acme.Patterns.Simulation;

/// <summary>A request as a simulated model reads it.</summary>
/// <param name="Model">The model.</param>
/// <param name="Task">What it is asked to do.</param>
/// <param name="Text">All messages.</param>
internal sealed record SimulatedRequest(string Model, SimulatedTask Task, string Text)
{
    // What the system message says, and the tag around what the task is about.
    private static readonly (string Words, SimulatedTask Task, string Subject)[] Tasks =
    [
        ("You rate", SimulatedTask.Rate, "question"),
        ("You grade", SimulatedTask.Grade, "question"),
        ("You review", SimulatedTask.Review, "code"),
        ("You compare", SimulatedTask.Compare, "code"),
        ("You moderate", SimulatedTask.Moderate, "comment"),
        ("You announce", SimulatedTask.Announce, "facts"),
        ("You extract", SimulatedTask.Extract, "claim"),
        ("You settle", SimulatedTask.Settle, "claim"),
        ("You program", SimulatedTask.Program, "task"),
        ("You triage", SimulatedTask.Triage, "diff"),
        ("You skim", SimulatedTask.Skim, "diff"),
        ("You inspect", SimulatedTask.Inspect, "diff"),
        ("You plan", SimulatedTask.Plan, "question"),
        ("You collect", SimulatedTask.Collect, "source"),
        ("You synthesise", SimulatedTask.Synthesise, "question"),
        ("You read", SimulatedTask.Read, "document"),
        ("You classify", SimulatedTask.Classify, "facts"),
        ("You analyse", SimulatedTask.Analyse, "document"),
        ("You summarise", SimulatedTask.Summarise, "findings"),
        ("", SimulatedTask.Answer, "question"),
    ];

    /// <summary>What decides how the request fails: the same for every request about the same subject.</summary>
    public string Key => $"{Model}\n{Task}\n{Between(Tasks.First(task => task.Task == Task).Subject)}";

    /// <summary>Reads a request.</summary>
    public static SimulatedRequest Of(ModelRequest request)
    {
        var text = string.Join('\n', request.Messages.Select(static message => message.Text));

        return new(request.ModelId, Tasks.First(task => text.Contains(task.Words, StringComparison.Ordinal)).Task, text);
    }

    /// <summary>The text between a tag and its end; empty = there is none.</summary>
    public string Between(string tag)
    {
        var start = Text.IndexOf($"<{tag}>", StringComparison.Ordinal);
        var end = start < 0 ? -1 : Text.IndexOf($"</{tag}>", start, StringComparison.Ordinal);

        return end < 0 ? "" : Text[(start + tag.Length + 2)..end].Trim();
    }
}
