using System.Linq;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Model.Contracts;

namespace PromptGen.Generators.Declarations.Types;

/// <summary>A collection type in a contract.</summary>
/// <param name="Kind">The kind of collection.</param>
/// <param name="Item">The type of its items, for a dictionary that of its values.</param>
/// <param name="Key">The type of a dictionary's keys; null for any other collection.</param>
internal readonly record struct CollectionType(CollectionKind Kind, ITypeSymbol Item, ITypeSymbol? Key)
{
    /// <summary>Whether its items or keys are kept in order, so that they must have one.</summary>
    public bool IsSorted => Kind is CollectionKind.ToSortedSet or CollectionKind.ToImmutableSortedSet or CollectionKind.ToSortedDictionary or CollectionKind.ToImmutableSortedDictionary;
}

/// <summary>The supported collection types.</summary>
internal static class CollectionTypes
{
    /// <summary>The kind, items and keys of a collection type; null where the type is not a supported collection.</summary>
    public static CollectionType? Of(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol { Rank: 1 } array)
        {
            return new CollectionType(CollectionKind.ToArray, array.ElementType.WithNullableAnnotation(array.ElementNullableAnnotation), null);
        }

        if (type is not INamedTypeSymbol { TypeArguments.Length: 1 or 2 } named || named.ContainingNamespace is not { } space
            || (named.TypeArguments.Length == 1 ? SequenceOf(named.Name) : DictionaryOf(named.Name)) is not var (kind, home)
            || home != space.Name || !KnownTypes.IsIn(space, "System", "Collections"))
        {
            return null;
        }

        return named.TypeArguments.Length == 1
            ? new CollectionType(kind, named.TypeArguments[0], null)
            : new CollectionType(kind, named.TypeArguments[1], named.TypeArguments[0]);
    }

    /// <summary>Whether values of the type have an order.</summary>
    public static bool IsComparable(ITypeSymbol type)
    {
        var value = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;
        return value.AllInterfaces.Any(static item => item.Name == "IComparable" && KnownTypes.IsIn(item, "System"));
    }

    private static (CollectionKind Kind, string Namespace)? SequenceOf(string name) => name switch
    {
        "List" or "IList" or "ICollection" => (CollectionKind.ToList, "Generic"),
        "IReadOnlyList" or "IReadOnlyCollection" or "IEnumerable" => (CollectionKind.ToArray, "Generic"),
        "HashSet" or "ISet" or "IReadOnlySet" => (CollectionKind.ToHashSet, "Generic"),
        "SortedSet" => (CollectionKind.ToSortedSet, "Generic"),
        "ImmutableArray" => (CollectionKind.ToImmutableArray, "Immutable"),
        "ImmutableList" or "IImmutableList" => (CollectionKind.ToImmutableList, "Immutable"),
        "ImmutableHashSet" or "IImmutableSet" => (CollectionKind.ToImmutableHashSet, "Immutable"),
        "ImmutableSortedSet" => (CollectionKind.ToImmutableSortedSet, "Immutable"),
        "FrozenSet" => (CollectionKind.ToFrozenSet, "Frozen"),
        "Collection" => (CollectionKind.ToCollection, "ObjectModel"),
        "ReadOnlyCollection" => (CollectionKind.ToReadOnlyCollection, "ObjectModel"),
        _ => null,
    };

    private static (CollectionKind Kind, string Namespace)? DictionaryOf(string name) => name switch
    {
        "Dictionary" or "IDictionary" or "IReadOnlyDictionary" => (CollectionKind.ToDictionary, "Generic"),
        "SortedDictionary" => (CollectionKind.ToSortedDictionary, "Generic"),
        "ImmutableDictionary" or "IImmutableDictionary" => (CollectionKind.ToImmutableDictionary, "Immutable"),
        "ImmutableSortedDictionary" => (CollectionKind.ToImmutableSortedDictionary, "Immutable"),
        "FrozenDictionary" => (CollectionKind.ToFrozenDictionary, "Frozen"),
        "ReadOnlyDictionary" => (CollectionKind.ToReadOnlyDictionary, "ObjectModel"),
        _ => null,
    };
}
