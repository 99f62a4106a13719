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

/// <summary>PG0101: makes a prompt method and the classes around it partial, in one step.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialCodeFix)), Shared]
public sealed class MakePartialCodeFix() : PromptCodeFix("PG0101")
{
    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        var method = root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>();
        if (method is not { Body: null, ExpressionBody: null })
        {
            yield break;
        }

        // 'partial' is the last modifier.
        var changes = new List<TextChange>();
        foreach (var type in method.Ancestors().OfType<TypeDeclarationSyntax>().Where(static type => !IsPartial(type.Modifiers)))
        {
            changes.Add(Fix.Insert(type.Keyword.SpanStart, "partial "));
        }

        if (!IsPartial(method.Modifiers))
        {
            // A partial method that returns something says who may call it.
            changes.Add(Fix.Insert(method.ReturnType.SpanStart, method.Modifiers.Any(IsAccessibility) ? "partial " : "private partial "));
        }

        if (changes.Count > 0)
        {
            yield return new Fix("partial", "Make partial", [.. changes]);
        }
    }

    private static bool IsAccessibility(SyntaxToken modifier) => modifier.Kind()
        is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword or SyntaxKind.PrivateKeyword;

    private static bool IsPartial(SyntaxTokenList modifiers) => modifiers.Any(SyntaxKind.PartialKeyword);
}
