using Microsoft.CodeAnalysis;
using PromptGen.Generators.Model.Contracts;

namespace PromptGen.Generators.Declarations.Symbols;

/// <summary>The types that have a JSON form of their own.</summary>
internal static class KnownTypes
{
    /// <summary>The kind of a scalar or enum; null where the type is neither.</summary>
    public static ValueKind? KindOf(ITypeSymbol type)
    {
        switch (type.SpecialType)
        {
            case SpecialType.System_String: return ValueKind.String;
            case SpecialType.System_Char: return ValueKind.Char;
            case SpecialType.System_Boolean: return ValueKind.Boolean;
            case SpecialType.System_SByte: return ValueKind.SByte;
            case SpecialType.System_Byte: return ValueKind.Byte;
            case SpecialType.System_Int16: return ValueKind.Int16;
            case SpecialType.System_UInt16: return ValueKind.UInt16;
            case SpecialType.System_Int32: return ValueKind.Int32;
            case SpecialType.System_UInt32: return ValueKind.UInt32;
            case SpecialType.System_Int64: return ValueKind.Int64;
            case SpecialType.System_UInt64: return ValueKind.UInt64;
            case SpecialType.System_Single: return ValueKind.Single;
            case SpecialType.System_Double: return ValueKind.Double;
            case SpecialType.System_Decimal: return ValueKind.Decimal;
            case SpecialType.System_DateTime: return ValueKind.DateTime;
            case SpecialType.System_Object: return ValueKind.AnyValue;
        }

        if (type.TypeKind == TypeKind.Enum)
        {
            return ValueKind.Enum;
        }

        if (type is IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte })
        {
            return ValueKind.Bytes;
        }

        switch (type.Name)
        {
            case "BigInteger": return IsIn(type, "System", "Numerics") ? ValueKind.BigInteger : null;
            case "JsonElement": return IsIn(type, "System", "Text", "Json") ? ValueKind.JsonElement : null;
            case "JsonNode": return IsIn(type, "System", "Text", "Json", "Nodes") ? ValueKind.JsonNode : null;
            case "JsonObject": return IsIn(type, "System", "Text", "Json", "Nodes") ? ValueKind.JsonObject : null;
            case "JsonArray": return IsIn(type, "System", "Text", "Json", "Nodes") ? ValueKind.JsonArray : null;
        }

        return !IsIn(type, "System") ? null : type.Name switch
        {
            "DateTimeOffset" => ValueKind.DateTimeOffset,
            "DateOnly" => ValueKind.DateOnly,
            "TimeOnly" => ValueKind.TimeOnly,
            "TimeSpan" => ValueKind.TimeSpan,
            "Guid" => ValueKind.Guid,
            "Uri" => ValueKind.Uri,
            "Half" => ValueKind.Half,
            "Int128" => ValueKind.Int128,
            "UInt128" => ValueKind.UInt128,
            _ => null,
        };
    }

    /// <summary>Why a type can't be read as an object; null where it can, as far as its kind goes.</summary>
    /// <param name="type">The type.</param>
    /// <param name="assembly">The prompt's assembly, whose code is to name it.</param>
    public static string? WhyUnsupported(ITypeSymbol type, IAssemblySymbol assembly)
    {
        switch (type)
        {
            case { TypeKind: TypeKind.Error }:
                return "it is not defined; declare it, or add the reference or using that it needs";
            case { TypeKind: TypeKind.Dynamic }:
                return "dynamic is bound at run time; object or JsonElement takes any JSON";
            case { TypeKind: TypeKind.TypeParameter } or INamedTypeSymbol { IsUnboundGenericType: true }:
                return "an open generic type has no contract; name its type arguments";
            case { TypeKind: TypeKind.Delegate or TypeKind.Pointer or TypeKind.FunctionPointer } or { IsRefLikeType: true }:
                return $"{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)} can't be written as JSON; use text, a number, a record or a list";
            case IArrayTypeSymbol:
                return "arrays of more than one dimension are not supported; use an array of arrays";
            case INamedTypeSymbol { IsTupleType: true } tuple:
                return tuple.TupleElements.Length < 2 ? "a tuple of one is not supported; use the element's type" : null;
            case INamedTypeSymbol { Name: "PromptResult", TypeArguments.Length: 1 } result when IsIn(result, "PromptGen"):
                return $"PromptResult can't be streamed or be part of an answer: return IAsyncEnumerable<{result.TypeArguments[0].ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}>, or name that type";
            case { TypeKind: TypeKind.Interface, Name: "IChatClient" } when IsIn(type, "Microsoft", "Extensions", "AI"):
                return "return IChatClient itself, not a task";
            case { TypeKind: TypeKind.Interface } when !UnionTypes.IsTagged(type):
                return $"the interface {type.Name} can't be built; use a record, a list or a dictionary";
        }

        if (RootNamespace(type) == "System" && !IsPair(type))
        {
            return $"{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)} has no JSON form; use a type of your own with the members that are needed";
        }

        return WhyUnreachable(type, assembly);
    }

    /// <summary>Why code of the prompt's assembly can't name a type; null where it can.</summary>
    public static string? WhyUnreachable(ITypeSymbol type, IAssemblySymbol assembly) => IsReachable(type, assembly) ? null : $"{type.Name} is not accessible to generated code; make it internal or public";

    /// <summary>Whether the type is the one that cancels a call: it is no data of the prompt.</summary>
    public static bool IsCancellationToken(ITypeSymbol type) => type.Name == "CancellationToken" && IsIn(type, "System", "Threading");

    /// <summary>Whether the type holds what one call asks for: it is no data of the prompt.</summary>
    public static bool IsOptions(ITypeSymbol type) => type.Name == "PromptOptions" && IsIn(type, "PromptGen");

    /// <summary>Whether a symbol is directly in this namespace.</summary>
    public static bool IsIn(ISymbol symbol, params string[] names)
    {
        var current = symbol.ContainingNamespace;
        for (var i = names.Length - 1; i >= 0; i--)
        {
            if (current is null || current.Name != names[i])
            {
                return false;
            }

            current = current.ContainingNamespace;
        }

        return current is { IsGlobalNamespace: true };
    }

    /// <summary>Whether generated code in the prompt's assembly can name it: it is public, or internal to that assembly or to one that grants it access.</summary>
    public static bool IsReachable(ISymbol symbol, IAssemblySymbol assembly)
    {
        for (var current = symbol; current is not null and not INamespaceSymbol; current = current.ContainingSymbol)
        {
            var isVisible = current.DeclaredAccessibility == Accessibility.Public
                || (current.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedOrInternal && ShowsInternals(current.ContainingAssembly, assembly));
            if (!isVisible || current is INamedTypeSymbol { IsFileLocal: true })
            {
                return false;
            }
        }

        return true;
    }

    private static bool ShowsInternals(IAssemblySymbol owner, IAssemblySymbol assembly) =>
        SymbolEqualityComparer.Default.Equals(owner, assembly) || owner.GivesAccessTo(assembly);

    /// <summary>The types of the framework that are objects like any other.</summary>
    private static bool IsPair(ITypeSymbol type) =>
        (type is INamedTypeSymbol { Name: "Tuple", TypeArguments.Length: > 1 and < 8 } && IsIn(type, "System"))
        || (type.Name == "KeyValuePair" && IsIn(type, "System", "Collections", "Generic"));

    private static string RootNamespace(ITypeSymbol type)
    {
        var name = "";
        for (var current = type.ContainingNamespace; current is { IsGlobalNamespace: false }; current = current.ContainingNamespace)
        {
            name = current.Name;
        }

        return name;
    }
}
