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
/// <param name="Repairs">What was overlooked, in order: <c>Bom</c>, <c>Fence</c>, <c>Prose</c>, <c>Unwrapped</c>, <c>Case</c>; empty where the answer was strictly valid.</param>
public readonly record struct ContractReading<T>(
    PromptErrorCode Code,
    T? Value,
    IReadOnlyList<SchemaViolation> Violations,
    IReadOnlyList<string> Repairs)
{
    internal static ContractReading<T> Valid(T value) => new(PromptErrorCode.None, value, [], []);

    internal static ContractReading<T> Failed(PromptErrorCode code, IReadOnlyList<SchemaViolation>? violations = null) =>
        new(code, default, violations ?? [], []);

    /// <summary>The output type's own constructor may check more than the contract says.</summary>
    internal static ContractReading<T> Refused(Exception exception) =>
        Failed(PromptErrorCode.SchemaMismatch, [new SchemaViolation("", $"a value that {typeof(T).Name} can be built from", exception.GetType().Name)]);
}
