namespace PromptGen.Generators.Model;

/// <summary>What a prompt has to know of another one that it calls: a judge or a router.</summary>
/// <param name="Route">Its route.</param>
/// <param name="Definition">The field of its definition; null where it cannot be reached from the prompt's class.</param>
/// <param name="IsProtected">Whether it keeps to self-hosted models by itself.</param>
internal sealed record CalledPrompt(RouteDeclaration Route, string? Definition, bool IsProtected);
