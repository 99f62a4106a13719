namespace Acme.Patterns.Simulation;

/// <summary>How a simulated model announces facts: a weak one keeps the first three, a strong one all, or those that a draft lacks.</summary>
internal static class Announcer
{
    private const int Kept = 3;

    /// <summary>What a model writes.</summary>
    /// <param name="facts">The facts, one per line.</param>
    /// <param name="draft">The text of the draft in the request; empty = there is none.</param>
    /// <param name="rejected">Why it was rejected.</param>
    /// <param name="model">The model.</param>
    public static Announcement Of(string facts, string draft, string rejected, SimulatedModel model)
    {
        var lines = facts.Split('\n');
        var written = draft.Length > 0 ? lines.Where(line => draft.Contains(line, StringComparison.Ordinal) || rejected.Contains(line, StringComparison.Ordinal))
            : model.IsWeak ? lines.Take(Kept)
            : lines;

        return new("News from Harbor", string.Join(' ', written));
    }
}
