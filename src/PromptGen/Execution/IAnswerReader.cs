namespace PromptGen.Execution;

/// <summary>
/// Reads and checks answers for a <see cref="StepRunner"/>, which does not know the output type: code shared by all reference types is
/// markedly slower in generic async methods, and a call spends most of its own time in them.
/// </summary>
internal interface IAnswerReader
{
    /// <summary>Whether <see cref="CheckAsync"/> is to be awaited after an answer that keeps its contract.</summary>
    bool ChecksAsync { get; }

    /// <summary>Reads an answer, and checks the value unless <see cref="ChecksAsync"/>.</summary>
    AnswerVerdict Read(string answer, CancellationToken cancellationToken);

    /// <summary>Checks the value that was read last.</summary>
    ValueTask<AnswerVerdict> CheckAsync(AnswerVerdict read, CallClock clock, CancellationToken cancellationToken);
}
