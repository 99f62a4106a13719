namespace PromptGen.Generators.Model.Shapes;

/// <summary>A public property or field.</summary>
/// <param name="Name">Its name in C#.</param>
/// <param name="JsonName">Its name in JSON; null = it is not written.</param>
/// <param name="Value">The shape of its type.</param>
internal sealed record MemberShape(string Name, string? JsonName, ValueShape Value);
