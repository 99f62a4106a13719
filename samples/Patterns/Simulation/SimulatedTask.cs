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

    /// <summary>To rate the risk of a change.</summary>
    Triage,

    /// <summary>To review a change of low risk.</summary>
    Skim,

    /// <summary>To review a change of high risk.</summary>
    Inspect,

    /// <summary>To plan a search.</summary>
    Plan,

    /// <summary>To collect what a source says.</summary>
    Collect,

    /// <summary>To answer from statements.</summary>
    Synthesise,

    /// <summary>To read the facts of a document.</summary>
    Read,

    /// <summary>To classify a document.</summary>
    Classify,

    /// <summary>To analyse a document.</summary>
    Analyse,

    /// <summary>To summarise findings.</summary>
    Summarise,
}
