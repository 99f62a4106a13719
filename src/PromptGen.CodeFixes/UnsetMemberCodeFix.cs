using System.Collections.Generic;
using System.Composition;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.CodeFixes;

/// <summary>PG0308: lets answers set a property.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnsetMemberCodeFix)), Shared]
public sealed class UnsetMemberCodeFix() : PromptCodeFix("PG0308")
{
    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<PropertyDeclarationSyntax>() is not { AccessorList.Accessors: { Count: > 0 } accessors } property)
        {
            yield break;
        }

        var setter = accessors.FirstOrDefault(static accessor => accessor.IsKind(SyntaxKind.SetAccessorDeclaration) || accessor.IsKind(SyntaxKind.InitAccessorDeclaration));
        if (setter is null)
        {
            yield return new Fix("init", $"Add 'init' to '{property.Identifier.ValueText}'", Fix.Insert(accessors.Last().Span.End, " init;"));
        }
        else if (setter.Modifiers.Count > 0)
        {
            yield return new Fix("public", $"Make '{setter.Keyword.ValueText}' of '{property.Identifier.ValueText}' public", new TextChange(TextSpan.FromBounds(setter.Modifiers[0].SpanStart, setter.Keyword.SpanStart), ""));
        }
    }
}
