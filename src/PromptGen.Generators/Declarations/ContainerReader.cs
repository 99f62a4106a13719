using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PromptGen.Generators.Declarations;

/// <summary>Reads the class that a prompt stands in, above all how it comes to the runtime.</summary>
internal static class ContainerReader
{
    private const string GeneratedField = "_prompts";

    public static ContainerDeclaration Read(IMethodSymbol method, CancellationToken cancellationToken)
    {
        var type = method.ContainingType;
        var types = new List<ContainingType>();
        var isNameable = true;
        for (var outer = type; outer is not null; outer = outer.ContainingType)
        {
            types.Insert(0, ReadType(outer, cancellationToken));
            isNameable &= outer.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;
        }

        var constructors = type.InstanceConstructors.Where(static constructor => !constructor.IsImplicitlyDeclared && !IsGenerated(constructor)).ToArray();
        var (access, name) = method.IsStatic || type.IsStatic ? (RuntimeAccess.None, "") : Access(type, constructors, cancellationToken);
        var registered = constructors.OrderByDescending(static constructor => constructor.Parameters.Length)
            .FirstOrDefault(static constructor => constructor.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal);
        return new ContainerDeclaration(
            type.ContainingNamespace is { IsGlobalNamespace: false } space ? TypeNames.Of(space) : "",
            types.ToEquatableArray(),
            access,
            name,
            registered is null ? default : registered.Parameters.Select(static parameter => TypeNames.Of(parameter.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated))).ToEquatableArray(),
            RequiredMembers(type),
            isNameable && !type.IsAbstract && !type.IsStatic && (constructors.Length == 0 || registered is not null));
    }

    private static (RuntimeAccess Access, string Name) Access(INamedTypeSymbol type, IMethodSymbol[] constructors, CancellationToken cancellationToken)
    {
        if (OwnMember(type) is { } member)
        {
            return (RuntimeAccess.OwnMember, member);
        }

        foreach (var constructor in constructors)
        {
            foreach (var parameter in constructor.Parameters)
            {
                if (IsRuntime(parameter.Type))
                {
                    var isPrimary = constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax);
                    return isPrimary ? (RuntimeAccess.OwnMember, parameter.Name) : (RuntimeAccess.GeneratedField, GeneratedField);
                }
            }
        }

        return constructors.Length == 0 && HasPlainBase(type)
            ? (RuntimeAccess.GeneratedConstructor, GeneratedField)
            : (RuntimeAccess.None, "");
    }

    private static EquatableArray<RequiredMember> RequiredMembers(INamedTypeSymbol type)
    {
        var members = new List<RequiredMember>();
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                switch (member)
                {
                    case IPropertySymbol { IsRequired: true } property:
                        members.Add(new RequiredMember(property.Name, TypeNames.Of(property.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated))));
                        break;
                    case IFieldSymbol { IsRequired: true } field:
                        members.Add(new RequiredMember(field.Name, TypeNames.Of(field.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated))));
                        break;
                }
            }
        }

        return members.ToEquatableArray();
    }

    private static string? OwnMember(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                var isReachable = ReferenceEquals(current, type) || member.DeclaredAccessibility is not (Accessibility.Private or Accessibility.NotApplicable);
                if (!member.IsStatic && !member.IsImplicitlyDeclared && isReachable && !IsGenerated(member)
                    && (member is IFieldSymbol field && IsRuntime(field.Type) || member is IPropertySymbol property && IsRuntime(property.Type)))
                {
                    return member.Name;
                }
            }
        }

        return null;
    }

    private static bool HasPlainBase(INamedTypeSymbol type) =>
        type.BaseType is not { } ancestor
        || ancestor.InstanceConstructors.Any(static constructor =>
            constructor.Parameters.Length == 0 && constructor.DeclaredAccessibility is not Accessibility.Private);

    private static bool IsRuntime(ITypeSymbol type) =>
        type is { Name: "PromptRuntime", ContainingNamespace: { Name: "PromptGen", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>Whether a symbol is the generator's own: where an analyzer looks it is there already, and must not count as the user's.</summary>
    public static bool IsGenerated(ISymbol symbol) =>
        symbol.DeclaringSyntaxReferences.Length > 0
        && symbol.DeclaringSyntaxReferences.All(static reference => reference.SyntaxTree.FilePath.EndsWith(".g.cs", System.StringComparison.Ordinal));

    private static ContainingType ReadType(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var keyword = type.TypeKind switch
        {
            TypeKind.Interface => "interface",
            TypeKind.Struct => type.IsRecord ? "record struct" : "struct",
            _ => type.IsRecord ? "record" : "class",
        };
        var parameters = type.TypeParameters.Length == 0
            ? ""
            : "<" + string.Join(", ", type.TypeParameters.Select(static parameter => parameter.Name)) + ">";
        var isPartial = type.DeclaringSyntaxReferences.Any(reference =>
            reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));
        return new ContainingType(keyword, type.Name, parameters, isPartial, type.IsStatic);
    }
}
