using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PromptGen.Generators.Declarations.Types;

/// <summary>
/// Finds public properties and fields that were probably meant as members of a contract, but that neither generated code nor the type itself sets. One that the type computes,
/// initializes or assigns is what it should be.
/// </summary>
internal static class UnsetMembers
{
    /// <summary>The names of those.</summary>
    /// <param name="type">The output type.</param>
    /// <param name="slots">What generated code cannot set, of the type and its bases.</param>
    public static IEnumerable<string> Of(INamedTypeSymbol type, IEnumerable<ISymbol> slots)
    {
        HashSet<string>? assigned = null;
        foreach (var slot in slots)
        {
            var attributes = new MemberAttributes(slot.GetAttributes());
            if (!attributes.Has(KnownAttribute.JsonIgnore)
                && (attributes.Has(KnownAttribute.JsonInclude) || (IsUnset(slot) && !(assigned ??= Assigned(type)).Contains(slot.Name))))
            {
                yield return slot.Name;
            }
        }
    }

    private static bool IsUnset(ISymbol slot) => slot.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
    {
        PropertyDeclarationSyntax property => IsAutomatic(property) && (slot is IPropertySymbol { SetMethod: not null } || property.Initializer?.Value is not { } value || IsToBeReplaced(value, slot)),
        VariableDeclaratorSyntax field => field.Initializer?.Value is not { } value || IsToBeReplaced(value, slot),

        // Of a type of another assembly only the signature is known: a setter is there for something to be set.
        null => slot is IPropertySymbol { SetMethod: not null },
        _ => false,
    };

    private static bool IsAutomatic(PropertyDeclarationSyntax property) =>
        property.ExpressionBody is null
        && !property.Modifiers.Any(SyntaxKind.AbstractKeyword)
        && property.AccessorList?.Accessors.All(static accessor => accessor.Body is null && accessor.ExpressionBody is null) == true;

    /// <summary>Whether an initial value only keeps the compiler silent until there is one: an empty text or collection, a default. A collection that the type's own code names may be filled there.</summary>
    private static bool IsToBeReplaced(ExpressionSyntax value, ISymbol slot) => value switch
    {
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } => true,
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.NullLiteralExpression) || literal.IsKind(SyntaxKind.DefaultLiteralExpression) || literal.Token.ValueText.Length == 0,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Empty", Expression: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.StringKeyword } } => true,
        CollectionExpressionSyntax { Elements.Count: 0 } or BaseObjectCreationExpressionSyntax { Initializer: null, ArgumentList: null or { Arguments.Count: 0 } } => IsCollection(slot) && !IsNamed(slot),
        _ => false,
    };

    private static bool IsCollection(ISymbol slot) =>
        (slot is IPropertySymbol property ? property.Type : ((IFieldSymbol)slot).Type).AllInterfaces.Any(static one => one.SpecialType == SpecialType.System_Collections_IEnumerable);

    private static bool IsNamed(ISymbol slot) => slot.ContainingType.DeclaringSyntaxReferences
        .SelectMany(static reference => reference.GetSyntax().DescendantNodes())
        .Any(node => node is IdentifierNameSyntax name && name.Identifier.ValueText == slot.Name);

    /// <summary>Every name that the code of a type and its bases assigns, whatever it means.</summary>
    private static HashSet<string> Assigned(INamedTypeSymbol type)
    {
        var names = new HashSet<string>();
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var node in current.DeclaringSyntaxReferences.SelectMany(static reference => reference.GetSyntax().DescendantNodes()))
            {
                if (Target(node) is { } target)
                {
                    names.UnionWith(target.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(static name => name.Identifier.ValueText));
                }
            }
        }

        return names;
    }

    /// <summary>What a node assigns; null where it assigns nothing.</summary>
    private static ExpressionSyntax? Target(SyntaxNode node) => node switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } prefix => prefix.Operand,
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } postfix => postfix.Operand,
        ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword or (int)SyntaxKind.OutKeyword } argument => argument.Expression,
        _ => null,
    };
}
