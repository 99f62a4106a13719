namespace PromptGen.Generators.Model.Shapes;

/// <summary>The shape of one value.</summary>
/// <param name="Kind">What can be done with it.</param>
/// <param name="Name">The type's short name, for messages.</param>
/// <param name="IsValueType">Whether it can't be null, <see cref="IsNullable"/> aside.</param>
/// <param name="IsNullable">Whether it is a <c>Nullable&lt;T&gt;</c> of what the other properties describe.</param>
/// <param name="Object">Index of its members in <see cref="TypeShape.Objects"/>; -1 = none.</param>
/// <param name="Element">Element of a sequence, value of a dictionary.</param>
/// <param name="Key">Key of a dictionary.</param>
/// <param name="CountMember">The member that returns the number of elements, where there is one.</param>
internal sealed record ValueShape(
    ShapeKind Kind,
    string Name,
    bool IsValueType,
    bool IsNullable = false,
    int Object = -1,
    ValueShape? Element = null,
    ValueShape? Key = null,
    string? CountMember = null)
{
    public static readonly ValueShape String = new(ShapeKind.Text, "string", IsValueType: false);
    public static readonly ValueShape Boolean = new(ShapeKind.Bool, "bool", IsValueType: true);
    public static readonly ValueShape Int32 = new(ShapeKind.Number, "int", IsValueType: true);
    public static readonly ValueShape Missing = new(ShapeKind.Unknown, "?", IsValueType: false);

    /// <summary>Whether an expression of this type can be null at run time, whatever its annotation promises.</summary>
    public bool CanBeNull => !IsValueType || IsNullable;
}
