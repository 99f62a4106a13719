using System.Collections.Generic;
using System.Composition;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.CodeFixes;

/// <summary>PG0405: removes a model that the route has already.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DuplicateModelCodeFix)), Shared]
public sealed class DuplicateModelCodeFix() : PromptCodeFix("PG0405")
{
    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (node.FirstAncestorOrSelf<CollectionElementSyntax>() is { Parent: CollectionExpressionSyntax { Elements: { } elements } collection } element)
        {
            yield return elements.Count == 1 && collection.Parent is AttributeArgumentSyntax { Parent: AttributeArgumentListSyntax whole } only
                ? Remove(whole.Arguments.RemovalOf(only))
                : Remove(elements.RemovalOf(element));
        }
        else if (node is ExpressionSyntax { Parent: InitializerExpressionSyntax { Expressions: { Count: > 1 } expressions } } item)
        {
            yield return Remove(expressions.RemovalOf(item));
        }
        else if (node.FirstAncestorOrSelf<AttributeArgumentSyntax>() is { NameEquals: null, Parent: AttributeArgumentListSyntax list } argument && argument.Expression.Span == diagnostic.Location.SourceSpan)
        {
            yield return Remove(list.Arguments.RemovalOf(argument));
        }
    }

    private static Fix Remove(TextSpan span) => new("remove", "Remove the model", new TextChange(span, ""));
}
