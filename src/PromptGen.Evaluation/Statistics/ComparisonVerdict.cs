namespace PromptGen.Evaluation;

/// <summary>What a comparison shows of the candidate.</summary>
public enum ComparisonVerdict
{
    /// <summary>The data do not decide: neither a difference nor its absence is shown.</summary>
    Undecided,

    /// <summary>It is significantly better than its base.</summary>
    Better,

    /// <summary>It is significantly worse than its base.</summary>
    Worse,

    /// <summary>Whatever the difference is, it is smaller than the margin.</summary>
    Equal,
}
