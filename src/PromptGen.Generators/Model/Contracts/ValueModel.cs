using PromptGen.Generators.Text;

namespace PromptGen.Generators.Model.Contracts;

/// <summary>A value of a contract: its type, whether it may be null, and its constraints.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="TypeName">Its type as generated code writes it, without the annotation for null.</param>
/// <param name="IsNullable">Whether it may be null.</param>
/// <param name="IsValueType">Whether its type is a value type.</param>
/// <param name="Constraints">Its constraints.</param>
/// <param name="Reference">For an object, union or enum its index in the contract, else -1.</param>
/// <param name="Collection">For an array or map what it becomes.</param>
/// <param name="Items">For an array or map the value that its items are, for a map whose keys are no strings also what those are; else empty.</param>
internal sealed record ValueModel(
    ValueKind Kind,
    string TypeName,
    bool IsNullable,
    bool IsValueType,
    ConstraintModel Constraints,
    int Reference,
    CollectionKind Collection,
    EquatableArray<ValueModel> Items)
{
    /// <summary>What the items of an array or map are.</summary>
    public ValueModel Item => Items[0];

    /// <summary>What the keys of a map are; null = strings.</summary>
    public ValueModel? Key => Items.Count > 1 ? Items[1] : null;

    /// <summary>The type with the annotation for null.</summary>
    public string AnnotatedTypeName => IsNullable ? TypeName + "?" : TypeName;
}

/// <summary>The method that returns the items as a collection: for an array one of <c>ContractItems</c>, for a map one of <c>ContractEntries</c>.</summary>
internal enum CollectionKind
{
    None,
    ToArray,
    ToList,
    ToImmutableArray,
    ToHashSet,
    ToSortedSet,
    ToFrozenSet,
    ToImmutableList,
    ToImmutableHashSet,
    ToImmutableSortedSet,
    ToCollection,
    ToReadOnlyCollection,
    ToDictionary,
    ToSortedDictionary,
    ToFrozenDictionary,
    ToImmutableDictionary,
    ToImmutableSortedDictionary,
    ToReadOnlyDictionary,
}
