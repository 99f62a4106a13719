using System.ComponentModel;
using Microsoft.Extensions.AI;
using PromptGen.Routing;

namespace PromptGen.Chat;

/// <summary>The rules of a chat route, over the last message of the user. Written by the generator.</summary>
/// <param name="message">The text of the message; empty where there is none.</param>
/// <param name="media">An image or another file of the message; null where it has none.</param>
/// <param name="entry">Gets the step and the ceiling of each rule that holds.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void ChatRules(string message, AIContent? media, ref RouteEntry entry);
