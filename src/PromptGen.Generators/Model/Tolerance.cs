namespace PromptGen.Generators.Model;

/// <summary>The runtime's <c>PromptGen.Tolerance</c>, value for value.</summary>
internal enum Tolerance
{
    Exact,
    Lenient,
    Salvage,
}
