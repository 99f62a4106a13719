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

    /// <summary>How many violations an answer has at most: with the last one reading stops, and it says so. A model is not helped by more.</summary>
    public const int Violations = 256;

    /// <summary>The longest pointer of a violation, in UTF-16 characters; names are a model's text, and each violation has a pointer.</summary>
    public const int Pointer = 1024;

    /// <summary>The longest text that may be a regular expression, in UTF-16 characters: making one is not linear.</summary>
    public const int Regex = 4096;

    /// <summary>
    /// What all patterns of a contract may take together for one answer. An honest answer needs microseconds, a cold start milliseconds, a model seconds: this is
    /// far above the first two, five times what one match may take, and not noticed beside the last.
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

    /// <summary>What the ladder may take for one answer in all, in lengths of the answer: honest ones take less than ten.</summary>
    public const int LadderPasses = 64;
}
