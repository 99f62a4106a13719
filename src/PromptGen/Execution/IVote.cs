namespace PromptGen.Execution;

/// <summary>A vote that has ended. What is reported of it is made when it is asked for: most calls ask for the answer alone.</summary>
internal interface IVote
{
    /// <summary>What the asked members voted.</summary>
    IReadOnlyList<PromptVote> Votes { get; }

    /// <summary>The share of the counted weight behind the winner; null = there is no winner.</summary>
    double? Agreement { get; }

    /// <summary>How often answers with this agreement were right; null where that is not known.</summary>
    double? Probability { get; }

    /// <summary>The answer of the first model behind the winner; null = there is none.</summary>
    string? Text { get; }
}
