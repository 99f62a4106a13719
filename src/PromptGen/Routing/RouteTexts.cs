using System.ComponentModel;
using PromptGen.Prompts;

namespace PromptGen.Routing;

/// <summary>The conditions of rules on texts. None of them allocates. Generated code calls them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RouteTexts
{
    /// <summary>The tokens that a text is estimated to take; 0 for null.</summary>
    /// <param name="text">The text.</param>
    public static int Tokens(string? text) => text is null ? 0 : PromptSize.Of(text);

    /// <summary>Whether a text holds code: a fence of three backticks or tildes at the start of a line, or at least two lines that look like code in a common language.</summary>
    /// <param name="text">The text.</param>
    public static bool ContainsCode(string? text) => CodeLines.Any(text);
}
