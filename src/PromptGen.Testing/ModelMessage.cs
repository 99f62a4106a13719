namespace PromptGen.Testing;

/// <summary>One message of a <see cref="ModelRequest"/>.</summary>
/// <param name="Role"><c>system</c>, <c>developer</c>, <c>user</c>, <c>assistant</c> or <c>tool</c>.</param>
/// <param name="Text">The text of all its text parts, joined.</param>
public sealed record ModelMessage(string Role, string Text);
