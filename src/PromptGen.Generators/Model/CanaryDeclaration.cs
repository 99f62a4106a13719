namespace PromptGen.Generators.Model;

/// <summary><c>[Canary]</c>.</summary>
/// <param name="ModelId">The candidate.</param>
/// <param name="Percent">The share of the calls that it gets, in percent.</param>
/// <param name="By">The parameter whose values keep their arm; null = every call is drawn.</param>
internal sealed record CanaryDeclaration(string ModelId, double Percent, string? By);
