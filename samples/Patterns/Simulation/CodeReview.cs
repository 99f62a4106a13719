using System.Text.RegularExpressions;

namespace Acme.Patterns.Simulation;

/// <summary>How a simulated model reviews code: by the clues that it knows. The more skill a clue takes, the more it is worth; the others mislead where it is overlooked.</summary>
internal static partial class CodeReview
{
    private static readonly (int Skill, Regex Code, Finding Finding)[] Clues =
    [
        (3, ConcurrentIndexer(), new("Each access is safe, but the check and the update are two.", Verdict.Unsafe)),
        (2, VolatileUpdate(), new("A volatile field does not make an update one step.", Verdict.Unsafe)),
        (1, Volatile(), new("The field is volatile.", Verdict.Safe)),
        (1, Record(), new("The type is immutable.", Verdict.Safe)),
        (0, Synchronized(), new("The code is synchronized.", Verdict.Safe)),
    ];

    /// <summary>What a model finds.</summary>
    public static Finding Of(string code, SimulatedModel model) =>
        Clues.Where(clue => clue.Skill <= model.Threading && clue.Code.IsMatch(code)).Select(static clue => clue.Finding).FirstOrDefault()
        ?? new Finding("Nothing synchronizes the threads.", Verdict.Unsafe);

    [GeneratedRegex(@"ConcurrentDictionary[\s\S]*if \([\s\S]*\]--;")]
    private static partial Regex ConcurrentIndexer();

    [GeneratedRegex(@"\bvolatile [\s\S]*(\+\+|\+=)")]
    private static partial Regex VolatileUpdate();

    [GeneratedRegex(@"\bvolatile ")]
    private static partial Regex Volatile();

    [GeneratedRegex(@"\brecord ")]
    private static partial Regex Record();

    [GeneratedRegex(@"\block \(|\bInterlocked\b|\bConcurrent")]
    private static partial Regex Synchronized();
}
