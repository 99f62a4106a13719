using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PromptGen.Generators.Declarations;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;

namespace PromptGen.Generators.Diagnostics;

/// <summary>Whether each constructor of a prompt class sets the runtime. A field or property that other code can set is not judged, so that every report is certain.</summary>
internal static class RuntimeAssignment
{
    private static readonly ConditionalWeakTable<ContainerDeclaration, Finding[]> Known = new();

    /// <summary>The constructors that leave the runtime unset, or the member that no constructor could set. Judged once for all prompts of a class, which share its declaration.</summary>
    public static IReadOnlyList<Finding> Judge(INamedTypeSymbol type, ContainerDeclaration container, CancellationToken cancellationToken) =>
        Known.GetValue(container, key => [.. Unset(type, key, cancellationToken)]);

    private static IEnumerable<Finding> Unset(INamedTypeSymbol type, ContainerDeclaration container, CancellationToken cancellationToken)
    {
        var name = container.RuntimeName;
        if (!IsSetByConstructors(type, container, cancellationToken))
        {
            yield break;
        }

        var constructors = type.InstanceConstructors.Where(static one => !one.IsImplicitlyDeclared && !ContainerReader.IsGenerated(one)).ToArray();
        foreach (var constructor in constructors)
        {
            if (constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is ConstructorDeclarationSyntax syntax && !Sets(syntax, name))
            {
                yield return At(
                    new Place.Constructor(type.InstanceConstructors.IndexOf(constructor)),
                    $"This constructor leaves '{name}' unset, so the prompts of what it creates fail: assign a PromptRuntime to it, or call another constructor with ': this(…)'");
            }
        }

        if (constructors.Length == 0)
        {
            yield return At(new Place.Member(TypeNames.Metadata(type), name), $"Nothing sets '{name}', so every prompt of '{type.Name}' fails: assign a PromptRuntime to it in a constructor, or remove it, so that PromptGen writes both");
        }
    }

    /// <summary>Whether nothing but a constructor sets the runtime: it is the generated field, or one of the class's own that has no initializer and is assigned nowhere else.</summary>
    private static bool IsSetByConstructors(INamedTypeSymbol type, ContainerDeclaration container, CancellationToken cancellationToken)
    {
        if (container.Access == RuntimeAccess.GeneratedField)
        {
            return true;
        }

        return container.Access == RuntimeAccess.OwnMember
            && type.GetMembers(container.RuntimeName).FirstOrDefault() is { IsStatic: false } member
            && member.GetAttributes().IsEmpty
            && member switch
            {
                IFieldSymbol { IsRequired: false } field => (field.IsReadOnly || field.DeclaredAccessibility == Accessibility.Private) && HasNoInitializer(field, cancellationToken) && (field.IsReadOnly || !IsAssignedElsewhere(type, field.Name, cancellationToken)),
                IPropertySymbol { IsRequired: false, SetMethod: null } property => IsPlainAuto(property, cancellationToken),
                _ => false,
            };
    }

    private static bool HasNoInitializer(IFieldSymbol field, CancellationToken cancellationToken) =>
        field.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer: null };

    private static bool IsPlainAuto(IPropertySymbol property, CancellationToken cancellationToken) =>
        property is { IsVirtual: false, IsAbstract: false, IsOverride: false }
        && property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is PropertyDeclarationSyntax { Initializer: null, ExpressionBody: null, AccessorList.Accessors: { Count: 1 } accessors }
        && accessors[0] is { Body: null, ExpressionBody: null };

    private static bool IsAssignedElsewhere(INamedTypeSymbol type, string name, CancellationToken cancellationToken) => type.DeclaringSyntaxReferences
        .Select(reference => reference.GetSyntax(cancellationToken))
        .OfType<TypeDeclarationSyntax>()
        .SelectMany(static declaration => declaration.Members)
        .Any(member => member is not ConstructorDeclarationSyntax && Assigns(member, name));

    private static bool Sets(ConstructorDeclarationSyntax constructor, string name) =>
        constructor.Initializer.IsKind(SyntaxKind.ThisConstructorInitializer)
        || constructor.Modifiers.Any(SyntaxKind.ExternKeyword)
        || constructor.Body?.Statements.LastOrDefault() is ThrowStatementSyntax
        || constructor.ExpressionBody?.Expression is ThrowExpressionSyntax
        || Assigns(constructor, name);

    private static bool Assigns(SyntaxNode node, string name) => node.DescendantNodes().Any(inner => inner switch
    {
        AssignmentExpressionSyntax assignment => IsOrHolds(assignment.Left, name),
        ArgumentSyntax { RefKindKeyword.RawKind: not 0 } argument => IsOrHolds(argument.Expression, name),
        _ => false,
    });

    private static bool IsOrHolds(ExpressionSyntax target, string name) => target switch
    {
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText == name,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText == name,
        TupleExpressionSyntax tuple => tuple.Arguments.Any(argument => IsOrHolds(argument.Expression, name)),
        _ => false,
    };

    private static Finding At(Place place, string message) => Finding.At(place, "PG0103", message) with { Severity = DiagnosticSeverity.Warning };
}
