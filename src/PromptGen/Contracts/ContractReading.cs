using System.ComponentModel;

namespace PromptGen.Contracts;

/// <summary>The outcome of reading an answer against its contract.</summary>
/// <typeparam name="T">The output type.</typeparam>
/// <param name="Code">
/// <see cref="PromptErrorCode.None"/>, <see cref="PromptErrorCode.EmptyOutput"/>, <see cref="PromptErrorCode.InvalidJson"/>,
/// <see cref="PromptErrorCode.Truncated"/> (the JSON ends early), <see cref="PromptErrorCode.SchemaMismatch"/> or
/// <see cref="PromptErrorCode.OutputTooLarge"/>.
/// </param>
/// <param name="Value">The value where <paramref name="Code"/> is <see cref="PromptErrorCode.None"/>.</param>
/// <param name="Violations">Every breach, up to 256, in the order of the answer; empty where there is none.</param>
/// <param name="Rungs">
/// What was overlooked, each rung of the ladder once and in its order; empty where the answer was strictly valid. Around the JSON: <c>Bom</c>,
/// <c>Thinking</c>, <c>Fence</c>, <c>Prose</c>, <c>Joined</c>, <c>Revised</c>, <c>Unwrapped</c>. Its syntax: <c>Whitespace</c>, <c>Comment</c>, <c>TrailingComma</c>,
/// <c>ExtraComma</c>, <c>MissingComma</c>, <c>StrayCloser</c>, <c>Quotes</c>, <c>TripleQuotes</c>, <c>InnerQuotes</c>, <c>MissingQuote</c>, <c>Concatenation</c>,
/// <c>Escape</c>, <c>ControlCharacter</c>, <c>Constant</c>, <c>Unquoted</c>, <c>RepeatedName</c>, <c>Stringified</c>. Its shape and values: <c>Wrapper</c>, <c>ImpliedKey</c>, <c>SingleToList</c>,
/// <c>ListToSingle</c>, <c>Key</c>, <c>ExtraMember</c>, <c>Duplicate</c>, <c>Case</c>, <c>Name</c>, <c>NumberText</c>, <c>BooleanText</c>, <c>FormatText</c>,
/// <c>Text</c>. With <see cref="Tolerance.Salvage"/> only: <c>Rounded</c>, <c>Percent</c>, <c>Fraction</c>, <c>Currency</c>, <c>FromProse</c>, <c>RawText</c>,
/// <c>LastDuplicate</c>, <c>ByName</c>.
/// </param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ContractReading<T>(
    PromptErrorCode Code,
    T? Value,
    IReadOnlyList<SchemaViolation> Violations,
    IReadOnlyList<string> Rungs)
{
    /// <summary>What a check of the output type threw; null = none threw.</summary>
    internal Exception? Exception { get; private init; }

    internal static ContractReading<T> Valid(T value) => new(PromptErrorCode.None, value, [], []);

    internal static ContractReading<T> Failed(PromptErrorCode code, IReadOnlyList<SchemaViolation>? violations = null) =>
        new(code, default, violations ?? [], []);

    /// <summary>The outcome where an exception ended the reading.</summary>
    internal static ContractReading<T> Ended(Exception exception, ReadingGuard guard) => exception switch
    {
        ReadingEndedException ended => Failed(ended.Code),
        PromptException error => CheckThrew(error, guard),
        _ => Refused(exception),
    };

    /// <summary>A check of the output type threw: a bug, unless the caller cancelled meanwhile.</summary>
    private static ContractReading<T> CheckThrew(PromptException error, ReadingGuard guard) =>
        guard.IsCancelled ? Failed(PromptErrorCode.Cancelled) : Failed(error.Code) with { Exception = error.InnerException };

    /// <summary>The output type's own constructor may check more than the contract says.</summary>
    private static ContractReading<T> Refused(Exception exception) =>
        Failed(PromptErrorCode.SchemaMismatch, [new SchemaViolation("", $"a value that {typeof(T).Name} can be built from", exception.GetType().Name)]);
}
