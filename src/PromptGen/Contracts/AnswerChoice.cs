using PromptGen.Contracts.Repair;

namespace PromptGen.Contracts;

/// <summary>
/// Decides which of two complete answers counts if they differ and words separate them. No criterion is certain: "correction:" replaces the first one,
/// "or" and "not" do not. Therefore neither counts, unless the answer is to be salvaged and the end of a sentence is between the two.
/// </summary>
internal static class AnswerChoice
{
    /// <summary>The later answer, or that there are two.</summary>
    /// <param name="between">The text between the two.</param>
    /// <param name="second">The text of the later one.</param>
    /// <param name="later">The reading of the later one.</param>
    /// <param name="tolerance">What may be overlooked.</param>
    /// <param name="guard">Bounds the work.</param>
    public static ContractReading<T> Later<T>(ReadOnlySpan<byte> between, ReadOnlySpan<byte> second, ContractReading<T> later, Tolerance tolerance, ReadingGuard guard) =>
        tolerance == Tolerance.Salvage && AnswerText.LeadsOver(between, guard)
            ? Revised(later)
            : ContractReading<T>.Failed(PromptErrorCode.SchemaMismatch, [new SchemaViolation("", "one JSON object, without a different one behind it", ContractReader.Snippet(second))]);

    /// <summary>Records that the answer took the place of an earlier one.</summary>
    private static ContractReading<T> Revised<T>(ContractReading<T> reading)
    {
        var around = reading.Rungs.TakeWhile(static rung => rung is nameof(Rungs.Fence) or nameof(Rungs.Prose)).Count();
        return reading with { Rungs = [.. reading.Rungs.Take(around), nameof(Rungs.Revised), .. reading.Rungs.Skip(around)] };
    }
}
