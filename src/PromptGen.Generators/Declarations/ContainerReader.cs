using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Declarations;

/// <summary>Reads the class that contains a prompt, in particular how it gets the runtime.</summary>
internal static class ContainerReader
{
    private const string GeneratedField = "_prompts";

    /// <param name="type">The class.</param>
    /// <param name="free">The names that are free in it.</param>
    /// <param name="isStatic">Whether it is read for a static method, which has no way to an instance's runtime.</param>
    /// <param name="isObsolete">Whether it is read for an obsolete method, which may use what is obsolete.</param>
    public static ContainerDeclaration Read(INamedTypeSymbol type, FreeNames free, bool isStatic, bool isObsolete)
    {
        var types = new List<ContainingType>();
        for (var outer = type; outer is not null; outer = outer.ContainingType)
        {
            types.Insert(0, ReadType(outer));
        }

        var constructors = type.InstanceConstructors.Where(static constructor => !constructor.IsImplicitlyDeclared && !IsGenerated(constructor)).ToArray();
        var (access, name) = isStatic || type.IsStatic ? (RuntimeAccess.None, "") : Access(type, isObsolete, constructors);
        var registered = constructors.OrderByDescending(static constructor => constructor.Parameters.Length)
            .FirstOrDefault(static constructor => constructor.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal && IsUsable(constructor));
        var required = RequiredMembers(type);
        return new ContainerDeclaration(
            type.ContainingNamespace is { IsGlobalNamespace: false } space ? TypeNames.Of(space) : "",
            types.ToEquatableArray(),
            access,
            access == RuntimeAccess.GeneratedConstructor ? free.Of(name) : name,
            free.Of("PromptDefinitions"),
            registered is null ? default : registered.Parameters.Select(static parameter => TypeNames.Of(parameter.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated))).ToEquatableArray(),
            required.Select(static member => new RequiredMember(member.Name, TypeNames.Of(member.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated)))).ToEquatableArray(),
            IsNameable(type) && !type.IsAbstract && !type.IsStatic && !Obsoletion.IsErrorToName(type) && (constructors.Length == 0 || registered is not null)
                && !required.Exists(static member => member.IsError))
        {
            Interfaces = type.AllInterfaces.Where(IsService).Select(static service => TypeNames.Of(service)).ToEquatableArray(),
        };
    }

    /// <summary>Whether a class is looked for by this interface: not by those of the framework, which say how it compares or is disposed of.</summary>
    private static bool IsService(INamedTypeSymbol service)
    {
        var space = service.ContainingNamespace;
        while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
        {
            space = space.ContainingNamespace;
        }

        return space?.Name is not ("System" or "Microsoft") && IsNameable(service) && !Obsoletion.IsErrorToName(service);
    }

    private static bool IsNameable(INamedTypeSymbol type)
    {
        for (var outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (outer.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal))
            {
                return false;
            }
        }

        return true;
    }

    private static (RuntimeAccess Access, string Name) Access(INamedTypeSymbol type, bool isObsolete, IMethodSymbol[] constructors)
    {
        if (OwnMember(type) is { } member)
        {
            return Obsoletion.IsErrorToRead(member) && !isObsolete ? (RuntimeAccess.None, "") : (RuntimeAccess.OwnMember, member.Name);
        }

        foreach (var constructor in constructors)
        {
            foreach (var parameter in constructor.Parameters)
            {
                if (IsRuntime(parameter.Type))
                {
                    var isPrimary = constructor.DeclaringSyntaxReferences.Any(static reference => reference.GetSyntax() is TypeDeclarationSyntax);
                    return !isPrimary ? GeneratedFieldOf(type)
                        : IsHidden(parameter.Name, type) || HasBaseArguments(constructor) ? (RuntimeAccess.HiddenParameter, parameter.Name)
                        : (RuntimeAccess.PrimaryParameter, parameter.Name);
                }
            }
        }

        return constructors.Length == 0 && HasPlainBase(type)
            ? (RuntimeAccess.GeneratedConstructor, GeneratedField)
            : (RuntimeAccess.None, "");
    }

    /// <summary>The field that the class's own constructor assigns by its name, which another member may have.</summary>
    private static (RuntimeAccess Access, string Name) GeneratedFieldOf(INamedTypeSymbol type) =>
        type.Name != GeneratedField && type.GetMembers(GeneratedField).All(IsGenerated) ? (RuntimeAccess.GeneratedField, GeneratedField) : (RuntimeAccess.None, "");

    /// <summary>Whether a primary constructor calls that of a base class. A parameter that goes there must not be captured too, so an initializer reads it (CS9107).</summary>
    private static bool HasBaseArguments(IMethodSymbol constructor) => constructor.DeclaringSyntaxReferences.Any(static reference =>
        reference.GetSyntax() is TypeDeclarationSyntax { BaseList.Types: { Count: > 0 } types } && types[0] is PrimaryConstructorBaseTypeSyntax);

    /// <summary>Whether the class has a member of that name, to which the name refers in its methods.</summary>
    private static bool IsHidden(string name, INamedTypeSymbol type)
    {
        var compilation = (type.ContainingAssembly as ISourceAssemblySymbol)?.Compilation;
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers(name).Any(member => !IsGenerated(member) && compilation?.IsSymbolAccessibleWithin(member, type) == true))
            {
                return true;
            }
        }

        return false;
    }

    private static List<(string Name, ITypeSymbol Type, bool IsError)> RequiredMembers(INamedTypeSymbol type)
    {
        var members = new List<(string Name, ITypeSymbol Type, bool IsError)>();
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                switch (member)
                {
                    case IPropertySymbol { IsRequired: true } property:
                        members.Add((property.Name, property.Type, Obsoletion.IsErrorToSet(property)));
                        break;
                    case IFieldSymbol { IsRequired: true } field:
                        members.Add((field.Name, field.Type, Obsoletion.IsError(field)));
                        break;
                }
            }
        }

        return members;
    }

    private static ISymbol? OwnMember(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                var isReachable = ReferenceEquals(current, type) || member.DeclaredAccessibility is not (Accessibility.Private or Accessibility.NotApplicable);
                if (!member.IsStatic && !member.IsImplicitlyDeclared && isReachable && !IsGenerated(member)
                    && (member is IFieldSymbol field && IsRuntime(field.Type) || member is IPropertySymbol property && IsRuntime(property.Type)))
                {
                    return member;
                }
            }
        }

        return null;
    }

    private static bool HasPlainBase(INamedTypeSymbol type) =>
        type.BaseType is not { } ancestor
        || ancestor.InstanceConstructors.Any(static constructor =>
            constructor.Parameters.Length == 0 && constructor.DeclaredAccessibility is not Accessibility.Private && !Obsoletion.IsError(constructor));

    private static bool IsUsable(IMethodSymbol constructor) =>
        !Obsoletion.IsError(constructor) && !constructor.Parameters.Any(static parameter => Obsoletion.IsErrorToName(parameter.Type));

    private static bool IsRuntime(ITypeSymbol type) =>
        type is { Name: "PromptRuntime", ContainingNamespace: { Name: "PromptGen", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>Whether a symbol is declared in generated code: analyzers see it, but it must not count as the user's.</summary>
    public static bool IsGenerated(ISymbol symbol) =>
        symbol.DeclaringSyntaxReferences.Length > 0
        && symbol.DeclaringSyntaxReferences.All(IsGenerated);

    /// <summary>Whether a declaration is in a generated file.</summary>
    public static bool IsGenerated(SyntaxReference reference) => reference.SyntaxTree.FilePath.EndsWith(".g.cs", System.StringComparison.Ordinal);

    /// <summary>Whether other files can hold parts of a type.</summary>
    public static bool IsPartial(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Any(static reference =>
            reference.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static ContainingType ReadType(INamedTypeSymbol type)
    {
        var keyword = type.TypeKind switch
        {
            TypeKind.Interface => "interface",
            TypeKind.Struct => type.IsRecord ? "record struct" : "struct",
            _ => type.IsRecord ? "record" : "class",
        };
        var parameters = type.TypeParameters.Length == 0
            ? ""
            : "<" + string.Join(", ", type.TypeParameters.Select(static parameter => Variance(parameter) + CSharpName.Escape(parameter.Name))) + ">";
        return new ContainingType(keyword, type.Name, parameters, IsPartial(type), type.IsStatic);
    }

    private static string Variance(ITypeParameterSymbol parameter) => parameter.Variance switch
    {
        VarianceKind.Out => "out ",
        VarianceKind.In => "in ",
        _ => "",
    };
}
