namespace PromptGen.Generators.Model;

/// <summary><c>[Cached]</c>.</summary>
/// <param name="Seconds">How long an answer is kept.</param>
/// <param name="PerScope">Whether each scope has answers of its own.</param>
internal sealed record CacheDeclaration(double Seconds, bool PerScope);
