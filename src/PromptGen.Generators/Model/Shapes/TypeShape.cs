using PromptGen.Generators.Text;

namespace PromptGen.Generators.Model.Shapes;

/// <summary>
/// The properties of a parameter's type that a template needs. Object types are stored in a flat table and referenced by index,
/// so that recursive types have a finite description and a type that occurs twice is described once.
/// </summary>
/// <param name="Value">The type itself.</param>
/// <param name="Objects">The object types that can be reached from it.</param>
internal sealed record TypeShape(ValueShape Value, EquatableArray<ObjectShape> Objects)
{
    /// <summary>The shape of a type without members.</summary>
    public TypeShape(ValueShape value)
        : this(value, default)
    {
    }

    /// <summary>The members of a value, or null where it has none that a template can reach.</summary>
    public ObjectShape? MembersOf(ValueShape value) => value.Object >= 0 ? Objects[value.Object] : null;
}
