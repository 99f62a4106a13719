namespace PromptGen.Generators.Model.Contracts;

/// <summary>A value that a declaration names.</summary>
/// <param name="Json">The value in JSON.</param>
/// <param name="CSharp">The same in C#.</param>
internal sealed record ConstantModel(string Json, string CSharp);
