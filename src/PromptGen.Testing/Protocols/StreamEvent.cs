namespace PromptGen.Testing.Protocols;

/// <summary>One server-sent event.</summary>
/// <param name="Text">The event as it goes over the wire, the blank line at its end included.</param>
/// <param name="IsContent">Whether it carries a piece of the answer.</param>
internal readonly record struct StreamEvent(string Text, bool IsContent = false);
