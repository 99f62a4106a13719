using System.Linq;
using Microsoft.CodeAnalysis;

namespace PromptGen.Generators.Declarations.Symbols;

/// <summary>Whether symbols are <c>[Obsolete]</c>. Code that is obsolete itself may use obsolete symbols.</summary>
internal static class Obsoletion
{
    /// <summary>Whether the symbol itself is obsolete.</summary>
    public static bool IsObsolete(ISymbol symbol) => Find(symbol) is not null;

    /// <summary>Whether code of a member may use what is obsolete, as it or a type around it is obsolete itself.</summary>
    public static bool IsIn(ISymbol member) => IsObsolete(member) || (member.ContainingType is { } type && IsIn(type));

    /// <summary>Whether it is an error to use the symbol.</summary>
    public static bool IsError(ISymbol? symbol) => symbol is not null
        && (Find(symbol) is { ConstructorArguments: { Length: 2 } arguments } && arguments[1].Value is true);

    /// <summary>Whether it is an error to read a property, by itself or its accessor.</summary>
    public static bool IsErrorToRead(ISymbol? member) => IsError(member) || IsError((member as IPropertySymbol)?.GetMethod);

    /// <summary>Whether it is an error to set a property, by itself or its accessor.</summary>
    public static bool IsErrorToSet(ISymbol? member) => IsError(member) || IsError((member as IPropertySymbol)?.SetMethod);

    /// <summary>Whether it is an error to write the type: for itself, a type around it or an argument.</summary>
    public static bool IsErrorToName(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => IsErrorToName(array.ElementType),
        INamedTypeSymbol named => IsError(named) || named.TypeArguments.Any(IsErrorToName) || (named.ContainingType is { } outer && IsErrorToName(outer)),
        _ => false,
    };

    private static AttributeData? Find(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "ObsoleteAttribute" } type && KnownTypes.IsIn(type, "System"))
            {
                return attribute;
            }
        }

        return null;
    }
}
