using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PromptGen.Generators.Declarations.Symbols;

/// <summary>A case of a union as it is declared.</summary>
/// <param name="Type">The type.</param>
/// <param name="Tag">What <c>[JsonDerivedType]</c> calls it, a string or an int; null where there is no attribute, or it says nothing.</param>
internal readonly record struct UnionCase(INamedTypeSymbol Type, object? Tag);

/// <summary>Types that are one of several others: by <c>[JsonDerivedType]</c>, or abstract with all that derives from them in this compilation.</summary>
internal static class UnionTypes
{
    private const string DefaultTag = "$type";

    private static readonly ConditionalWeakTable<Compilation, Dictionary<string, List<TypeDeclarationSyntax>>> Derivations = new();

    /// <summary>Whether attributes name the cases.</summary>
    public static bool IsTagged(ITypeSymbol type) => type.GetAttributes().Any(static attribute => IsJson(attribute, "JsonDerivedTypeAttribute") || IsJson(attribute, "JsonPolymorphicAttribute"));

    /// <summary>The member that says which case it is.</summary>
    public static string TagOf(INamedTypeSymbol type) =>
        type.GetAttributes().FirstOrDefault(static attribute => IsJson(attribute, "JsonPolymorphicAttribute"))?.NamedArguments
            .FirstOrDefault(static argument => argument.Key == "TypeDiscriminatorPropertyName").Value is { Kind: TypedConstantKind.Primitive, Value: string { Length: > 0 } name }
            ? name
            : DefaultTag;

    /// <summary>The cases that attributes name.</summary>
    public static List<UnionCase> Tagged(INamedTypeSymbol type)
    {
        var cases = new List<UnionCase>();
        foreach (var attribute in type.GetAttributes())
        {
            var arguments = attribute.ConstructorArguments;
            if (IsJson(attribute, "JsonDerivedTypeAttribute") && arguments.FirstOrDefault() is { Kind: TypedConstantKind.Type, Value: INamedTypeSymbol derived })
            {
                cases.Add(new UnionCase(derived, arguments.Length > 1 && arguments[1].Kind == TypedConstantKind.Primitive ? arguments[1].Value : null));
            }
        }

        return cases;
    }

    /// <summary>What derives from an abstract type: types nested in it, and those of its compilation.</summary>
    public static List<UnionCase> Derived(INamedTypeSymbol type)
    {
        var cases = new List<UnionCase>();
        var known = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        Collect(type, cases, known);
        return cases;
    }

    /// <summary>Whether a value of the one type is a value of the other.</summary>
    public static bool IsA(INamedTypeSymbol type, INamedTypeSymbol other)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, other))
            {
                return true;
            }
        }

        return other.TypeKind == TypeKind.Interface && type.AllInterfaces.Any(item => SymbolEqualityComparer.Default.Equals(item, other));
    }

    private static void Collect(INamedTypeSymbol type, List<UnionCase> cases, HashSet<ISymbol> known)
    {
        var derived = type.GetTypeMembers().Where(nested => SymbolEqualityComparer.Default.Equals(nested.BaseType, type)).ToList();
        if (type is { IsGenericType: false, ContainingAssembly: ISourceAssemblySymbol { Compilation: var compilation } })
        {
            derived.AddRange(Declared(type, compilation));
        }

        foreach (var item in derived)
        {
            if (known.Add(item))
            {
                if (!item.IsAbstract)
                {
                    cases.Add(new UnionCase(item, null));
                }

                if (!item.IsSealed)
                {
                    Collect(item, cases, known);
                }
            }
        }
    }

    private static IEnumerable<INamedTypeSymbol> Declared(INamedTypeSymbol type, Compilation compilation)
    {
        if (!Derivations.GetValue(compilation, static key => ByBase(key)).TryGetValue(type.Name, out var declarations))
        {
            yield break;
        }

        foreach (var declaration in declarations)
        {
            if (compilation.GetSemanticModel(declaration.SyntaxTree).GetDeclaredSymbol(declaration) is INamedTypeSymbol symbol
                && SymbolEqualityComparer.Default.Equals(symbol.BaseType, type))
            {
                yield return symbol;
            }
        }
    }

    /// <summary>All that derive from something, by the simple names that they write: one look at the project, however many unions it has.</summary>
    private static Dictionary<string, List<TypeDeclarationSyntax>> ByBase(Compilation compilation)
    {
        var byBase = new Dictionary<string, List<TypeDeclarationSyntax>>(System.StringComparer.Ordinal);
        var open = new Stack<MemberDeclarationSyntax>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            Push(((CompilationUnitSyntax)tree.GetRoot()).Members);
            while (open.Count > 0)
            {
                switch (open.Pop())
                {
                    case BaseNamespaceDeclarationSyntax space:
                        Push(space.Members);
                        break;
                    case TypeDeclarationSyntax type:
                        Push(type.Members);
                        foreach (var name in (type.BaseList?.Types ?? default).Select(static item => Name(item.Type)).Distinct())
                        {
                            Add(name, type);
                        }

                        break;
                }
            }
        }

        return byBase;

        void Push(SyntaxList<MemberDeclarationSyntax> members)
        {
            for (var i = members.Count - 1; i >= 0; i--)
            {
                open.Push(members[i]);
            }
        }

        void Add(string? name, TypeDeclarationSyntax type)
        {
            if (name is not null)
            {
                if (!byBase.TryGetValue(name, out var types))
                {
                    byBase.Add(name, types = []);
                }

                types.Add(type);
            }
        }
    }

    /// <summary>The simple name of a type as it is written.</summary>
    public static string? Name(TypeSyntax type) => type switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        _ => null,
    };

    private static bool IsJson(AttributeData attribute, string name) =>
        attribute.AttributeClass is { } type && type.Name == name && KnownTypes.IsIn(type, "System", "Text", "Json", "Serialization");
}
