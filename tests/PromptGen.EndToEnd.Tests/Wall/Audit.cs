namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>An output type with a bug in its check.</summary>
[ContractCheck(nameof(Check))]
public sealed record Audit(int Number)
{
    internal static string? Check(Audit value) => throw new InvalidTimeZoneException($"{value.Number}");
}
