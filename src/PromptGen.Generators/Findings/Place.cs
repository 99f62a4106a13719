using Microsoft.CodeAnalysis.Text;

namespace PromptGen.Generators.Findings;

/// <summary>
/// Where a finding is, in terms of the declaration rather than of the source text: it compares by value and stays the same when the file
/// around it changes. The analyzer host turns it into a source location when it is reported.
/// </summary>
internal abstract record Place
{
    /// <summary>The name of the prompt method.</summary>
    public sealed record Method : Place;

    /// <summary>The return type of the prompt method.</summary>
    public sealed record ReturnType : Place;

    /// <summary>The name of a constructor of the prompt's class.</summary>
    /// <param name="Index">Which one, among those for instances.</param>
    public sealed record Constructor(int Index) : Place;

    /// <summary>A parameter's name.</summary>
    public sealed record Parameter(int Index) : Place;

    /// <summary>
    /// An attribute of the method, or one argument of it: <paramref name="Argument"/> is a named argument's name,
    /// <c>#0</c>, <c>#1</c>… a positional one, or null for the whole attribute.
    /// </summary>
    /// <param name="Name">Metadata name without namespace and suffix, for example <c>RoutedPrompt</c>.</param>
    /// <param name="Index">Which one, among the method's attributes of that name.</param>
    /// <param name="Argument">The argument.</param>
    public sealed record Attribute(string Name, int Index = 0, string? Argument = null) : Place
    {
        /// <summary>A stretch of the argument's string; null for the whole argument.</summary>
        public TextSpan? Within { get; init; }
    }

    /// <summary>A stretch of the text of a template: of the attribute's string where it is inline, of the file where it is not.</summary>
    /// <param name="Index">Which <c>PromptTemplate</c> attribute.</param>
    /// <param name="Span">Offsets in the template's text.</param>
    public sealed record Template(int Index, TextSpan Span) : Place;

    /// <summary>A stretch of one of the project's additional files.</summary>
    /// <param name="Path">The file's path.</param>
    /// <param name="Span">Offsets in its text.</param>
    public sealed record File(string Path, TextSpan Span) : Place;

    /// <summary>The first argument of an attribute of a type.</summary>
    /// <param name="Type">The type's metadata name.</param>
    /// <param name="Name">Metadata name of the attribute without namespace and suffix.</param>
    /// <param name="Index">Which one, among the type's attributes of that name.</param>
    public sealed record TypeAttribute(string Type, string Name, int Index) : Place;

    /// <summary>A named argument of an attribute of a type's member, for example of <c>[Model]</c>.</summary>
    /// <param name="Type">The type's name with namespace and outer classes, parted by dots.</param>
    /// <param name="Name">The member's name.</param>
    /// <param name="AttributeName">Metadata name of the attribute without namespace and suffix.</param>
    /// <param name="Argument">The argument's name.</param>
    public sealed record MemberAttribute(string Type, string Name, string AttributeName, string Argument) : Place;

    /// <summary>A member of a type, for example one of the output type.</summary>
    /// <param name="Type">The type's metadata name; a nested type's may have dots throughout.</param>
    /// <param name="Name">The member's name.</param>
    public sealed record Member(string Type, string Name) : Place;
}
