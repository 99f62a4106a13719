namespace PromptGen.Testing;

/// <summary>A call of a tool in a <see cref="ModelReply"/>.</summary>
/// <param name="Id">The call's id.</param>
/// <param name="Name">The tool's name.</param>
/// <param name="Arguments">The arguments as JSON text; for OpenAI sent as it is, for Anthropic it must be valid unless streamed.</param>
public sealed record ModelToolCall(string Id, string Name, string Arguments);
