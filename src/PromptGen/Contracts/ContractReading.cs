namespace PromptGen.Contracts;

/// <summary>The outcome of reading an answer against its contract.</summary>
/// <typeparam name="T">The output type.</typeparam>
/// <param name="Code">
/// <see cref="PromptErrorCode.None"/>, <see cref="PromptErrorCode.EmptyOutput"/>, <see cref="PromptErrorCode.InvalidJson"/>,
/// <see cref="PromptErrorCode.Truncated"/> (the JSON ends early) or <see cref="PromptErrorCode.SchemaMismatch"/>.
/// </param>
/// <param name="Value">The value where <paramref name="Code"/> is <see cref="PromptErrorCode.None"/>.</param>
/// <param name="Violations">Every breach; empty where there is none.</param>
/// <param name="Repairs">What was overlooked, in order: <c>Fence</c>, <c>Prose</c>, <c>Bom</c>, <c>Unwrapped</c>; empty where the answer was strictly valid.</param>
public readonly record struct ContractReading<T>(
    PromptErrorCode Code,
    T? Value,
    IReadOnlyList<SchemaViolation> Violations,
    IReadOnlyList<string> Repairs);
