namespace Acme.Patterns.Simulation;

/// <summary>What a request asks a simulated model to do.</summary>
internal enum SimulatedTask
{
    /// <summary>To answer a question.</summary>
    Answer,

    /// <summary>To rate how hard a question is.</summary>
    Rate,

    /// <summary>To grade an answer.</summary>
    Grade,

    /// <summary>To review code.</summary>
    Review,

    /// <summary>To compare reviews.</summary>
    Compare,

    /// <summary>To moderate a comment.</summary>
    Moderate,

    /// <summary>To announce facts.</summary>
    Announce,

    /// <summary>To extract the facts of a claim.</summary>
    Extract,

    /// <summary>To settle a claim.</summary>
    Settle,

    /// <summary>To program a method.</summary>
    Program,
}
