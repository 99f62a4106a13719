using PromptGen.Generators.Model;
using PromptGen.Generators.Model.Shapes;

namespace PromptGen.Generators.Templates;

/// <summary>What names mean at one place of a template: the parameters, or the element of a loop.</summary>
internal sealed class TemplateScope
{
    /// <summary>The scope around; null = this is the scope of the parameters.</summary>
    public TemplateScope? Outer { get; init; }

    /// <summary>The element, and null where it is not known.</summary>
    public ResolvedPath? Item { get; init; }

    /// <summary>The key of the element, where the loop runs over a dictionary.</summary>
    public ResolvedPath? Key { get; init; }

    /// <summary>The loop's counter.</summary>
    public string Index { get; init; } = "";

    /// <summary>The loop's collection.</summary>
    public string Collection { get; init; } = "";

    /// <summary>The member of the collection that counts.</summary>
    public string CountMember { get; init; } = "";

    public bool UsesIndex { get; set; }

    public bool UsesCount { get; set; }

    public bool IsRoot => Outer is null;

    public TemplateScope Root => Outer?.Root ?? this;
}

/// <summary>A bound path and what is known of its origin.</summary>
/// <param name="Path">The path.</param>
/// <param name="Type">The type that lists the members of its shape.</param>
/// <param name="Parameter">The parameter that the value comes from; null = it is the loop's own, as <c>@index</c>.</param>
internal sealed record ResolvedPath(BoundPath Path, TypeShape Type, ParameterDeclaration? Parameter);
