namespace PromptGen.Generators.Model.Shapes;

/// <summary>What a template can do with a value.</summary>
internal enum ShapeKind
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>A bool.</summary>
    Bool,

    /// <summary>One of C#'s integer and floating types.</summary>
    Number,

    /// <summary>An enum: written by name.</summary>
    Enum,

    /// <summary>A date, a time, a Guid or another <c>ISpanFormattable</c>: written as text.</summary>
    Formattable,

    /// <summary>A sequence of <see cref="ValueShape.Element"/>.</summary>
    Enumerable,

    /// <summary>Pairs of <see cref="ValueShape.Key"/> and <see cref="ValueShape.Element"/>.</summary>
    Dictionary,

    /// <summary>A type with readable members.</summary>
    Object,

    /// <summary><c>System.Uri</c>: text or media.</summary>
    Uri,

    /// <summary>A byte array or read-only memory of bytes: media with a content type.</summary>
    Bytes,

    /// <summary>Microsoft.Extensions.AI's DataContent or UriContent: media.</summary>
    Content,

    /// <summary>Nothing that a template could write.</summary>
    Other,

    /// <summary>A type that does not exist: the compiler reports it.</summary>
    Unknown,
}
