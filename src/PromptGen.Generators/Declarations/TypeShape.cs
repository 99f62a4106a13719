
namespace PromptGen.Generators.Declarations;

/// <summary>What a template needs to know of a parameter's type.</summary>
internal sealed record TypeShape(string Name);
