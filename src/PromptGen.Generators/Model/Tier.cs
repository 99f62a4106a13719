namespace PromptGen.Generators.Model;

/// <summary>The runtime's <c>PromptGen.Tier</c>, value for value.</summary>
internal enum Tier
{
    Fast,
    General,
    Deep,
    SelfHosted,
}
