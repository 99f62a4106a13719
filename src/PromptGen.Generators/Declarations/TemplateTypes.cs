using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Model.Shapes;

namespace PromptGen.Generators.Declarations;

/// <summary>Facts about types of the framework that matter to templates.</summary>
internal static class TemplateTypes
{
    private static readonly ValueShape Long = new(ShapeKind.Number, "long", IsValueType: true);
    private static readonly ValueShape Double = new(ShapeKind.Number, "double", IsValueType: true);
    private static readonly ValueShape Decimal = new(ShapeKind.Number, "decimal", IsValueType: true);
    private static readonly ValueShape OtherNumber = new(ShapeKind.Number, "number", IsValueType: true);
    private static readonly ValueShape Char = new(ShapeKind.Formattable, "char", IsValueType: true);
    private static readonly ValueShape DateTime = new(ShapeKind.Formattable, "DateTime", IsValueType: true);
    private static readonly ValueShape Uri = new(ShapeKind.Uri, "Uri", IsValueType: false);
    private static readonly ValueShape Memory = new(ShapeKind.Bytes, "ReadOnlyMemory<byte>", IsValueType: true);

    /// <summary>The shape of a type that needs no looking into; null = look into it.</summary>
    public static ValueShape? Simple(ITypeSymbol type)
    {
        switch (type.SpecialType)
        {
            case SpecialType.System_String: return ValueShape.String;
            case SpecialType.System_Boolean: return ValueShape.Boolean;
            case SpecialType.System_Int32: return ValueShape.Int32;
            case SpecialType.System_Int64: return Long;
            case SpecialType.System_Double: return Double;
            case SpecialType.System_Decimal: return Decimal;
            case SpecialType.System_SByte:
            case SpecialType.System_Byte:
            case SpecialType.System_Int16:
            case SpecialType.System_UInt16:
            case SpecialType.System_UInt32:
            case SpecialType.System_UInt64:
            case SpecialType.System_Single: return OtherNumber;
            case SpecialType.System_Char: return Char;
            case SpecialType.System_DateTime: return DateTime;
        }

        return type.Name switch
        {
            "Uri" when KnownTypes.IsIn(type, "System") => Uri,
            "ReadOnlyMemory" when KnownTypes.IsIn(type, "System") && IsOfBytes(type) => Memory,
            "DataContent" or "UriContent" when KnownTypes.IsIn(type, "Microsoft", "Extensions", "AI") => new ValueShape(ShapeKind.Content, type.Name, IsValueType: false),
            _ => null,
        };
    }

    /// <summary>
    /// Determines whether a type is a collection, and of what. Collections of the framework are recognized by name: their interfaces would have to be
    /// constructed for every constructed type in every compilation, which costs as much as everything else.
    /// </summary>
    public static bool TryReadCollection(INamedTypeSymbol type, out ITypeSymbol element, out ITypeSymbol? key, out string? count)
    {
        count = type.Name switch
        {
            "List" or "IReadOnlyList" or "IList" or "IReadOnlyCollection" or "ICollection" or "HashSet" or "ImmutableList"
                or "Dictionary" or "IReadOnlyDictionary" or "IDictionary" or "ImmutableDictionary" or "SortedDictionary" => "Count",
            "ImmutableArray" => "Length",
            _ => null,
        };
        var isKnown = (count is not null || type.Name == "IEnumerable")
            && type.TypeArguments.Length > 0
            && (KnownTypes.IsIn(type, "System", "Collections", "Generic") || KnownTypes.IsIn(type, "System", "Collections", "Immutable"));
        if (isKnown)
        {
            var arguments = type.TypeArguments;
            element = arguments[arguments.Length - 1];
            key = arguments.Length == 2 ? arguments[0] : null;
        }
        else
        {
            element = ElementOf(type)!;
            key = null;
            if (element is null)
            {
                return false;
            }

            count = CountMemberOf(type);
        }

        if (key is null && element is INamedTypeSymbol { Name: "KeyValuePair", TypeArguments.Length: 2 } pair && KnownTypes.IsIn(pair, "System", "Collections", "Generic"))
        {
            key = pair.TypeArguments[0];
            element = pair.TypeArguments[1];
        }

        return true;
    }

    /// <summary>What <c>foreach</c> yields; null where the type is no sequence, or one of several kinds.</summary>
    private static ITypeSymbol? ElementOf(INamedTypeSymbol type)
    {
        if (type.ConstructedFrom.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)
        {
            return type.TypeArguments[0];
        }

        ITypeSymbol? element = null;
        foreach (var implemented in type.AllInterfaces)
        {
            if (implemented.ConstructedFrom.SpecialType != SpecialType.System_Collections_Generic_IEnumerable_T)
            {
                continue;
            }

            if (element is not null)
            {
                return null;
            }

            element = implemented.TypeArguments[0];
        }

        return element;
    }

    /// <summary>The public property that returns the number of elements without enumerating them.</summary>
    private static string? CountMemberOf(INamedTypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (HasNumber(current, "Count"))
            {
                return "Count";
            }

            if (HasNumber(current, "Length"))
            {
                return "Length";
            }
        }

        return type.TypeKind == TypeKind.Interface && InheritsOneCount(type) ? "Count" : null;
    }

    public static bool IsSpanFormattable(INamedTypeSymbol type)
    {
        foreach (var implemented in type.AllInterfaces)
        {
            if (implemented.Name == "ISpanFormattable" && KnownTypes.IsIn(implemented, "System"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the type belongs to the framework: its members are not what a prompt is about. Pairs and tuples are.</summary>
    public static bool IsFrameworkType(ITypeSymbol type)
    {
        if (type.IsTupleType || type.Name == "KeyValuePair")
        {
            return false;
        }

        var space = type.ContainingNamespace;
        if (space is null || space.IsGlobalNamespace)
        {
            return false;
        }

        while (!space.ContainingNamespace.IsGlobalNamespace)
        {
            space = space.ContainingNamespace;
        }

        return space.Name is "System" or "Microsoft";
    }

    /// <summary>Whether exactly one inherited interface declares <c>Count</c>: with two, the name would be ambiguous in C#.</summary>
    private static bool InheritsOneCount(INamedTypeSymbol type)
    {
        var counts = 0;
        foreach (var inherited in type.AllInterfaces)
        {
            counts += HasNumber(inherited, "Count") ? 1 : 0;
        }

        return counts == 1;
    }

    private static bool IsOfBytes(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeArguments.Length: 1 } named && named.TypeArguments[0].SpecialType == SpecialType.System_Byte;

    private static bool HasNumber(ITypeSymbol type, string name)
    {
        foreach (var member in type.GetMembers(name))
        {
            if (member is IPropertySymbol { DeclaredAccessibility: Accessibility.Public, IsStatic: false, GetMethod.DeclaredAccessibility: Accessibility.Public, Type.SpecialType: SpecialType.System_Int32 } && !Obsoletion.IsErrorToRead(member))
            {
                return true;
            }
        }

        return false;
    }
}
