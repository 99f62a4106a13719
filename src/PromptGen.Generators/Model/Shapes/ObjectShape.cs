using PromptGen.Generators.Text;

namespace PromptGen.Generators.Model.Shapes;

/// <summary>An object type with its readable public members, inherited ones included.</summary>
/// <param name="TypeName">Fully qualified, as generated code writes it.</param>
/// <param name="Name">The type's short name.</param>
/// <param name="Members">Its members: its own first, in order of declaration, then inherited ones.</param>
internal sealed record ObjectShape(string TypeName, string Name, EquatableArray<MemberShape> Members)
{
    /// <summary>Whether it is an error to name the type, but in code that is obsolete itself.</summary>
    public bool IsObsolete { get; init; }
}
