namespace PromptGen.Contracts;

/// <summary>Bounds that keep a hostile or broken answer from costing more than an honest one.</summary>
internal static class ContractLimits
{
    /// <summary>The longest answer that is read, in UTF-16 characters.</summary>
    public const int AnswerLength = 16 * 1024 * 1024;

    /// <summary>The longest answer that is repaired where strict reading fails, in bytes; no model writes more than a part of it in one go.</summary>
    public const int RepairLength = 1024 * 1024;

    /// <summary>How deep objects and arrays may nest.</summary>
    public const int Depth = 64;

    /// <summary>How many digits an integer may have: reading one takes time with the square of them.</summary>
    public const int Digits = 1000;

    /// <summary>The most violations of one answer. Reading stops at this number, and the last violation reports that.</summary>
    public const int Violations = 256;

    /// <summary>The longest pointer of a violation, in UTF-16 characters; names are a model's text, and each violation has a pointer.</summary>
    public const int Pointer = 1024;

    /// <summary>The longest text that may be a regular expression, in UTF-16 characters: building one takes more than linear time.</summary>
    public const int Regex = 4096;

    /// <summary>
    /// The time limit of all pattern matches of one answer together, five times that of a single match. A typical answer needs microseconds, a cold start
    /// milliseconds; a model call takes seconds.
    /// </summary>
    public static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(250);

    /// <summary>How many pieces of one answer are looked at in search of its JSON.</summary>
    public const int Candidates = 32;

    /// <summary>The longest snippet of an answer in a violation, in UTF-16 characters.</summary>
    public const int Snippet = 64;

    /// <summary>How many bytes schemas may look at again, for any answer.</summary>
    public const long SchemaWork = 16 * 1024 * 1024;

    /// <summary>How often, on average, schemas may look at one byte again.</summary>
    public const long SchemaWorkPerByte = 128;

    /// <summary>The most work of the ladder for one answer, as a multiple of the answer's length. Typical answers need less than ten.</summary>
    public const int LadderPasses = 64;
}
