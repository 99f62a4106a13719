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

/// <summary>PG0202: renames a placeholder to what was probably meant, or adds the parameter that it names.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PlaceholderCodeFix), DocumentKinds = [nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument)]), Shared]
public sealed class PlaceholderCodeFix() : TemplateCodeFix("PG0202")
{
    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, TemplateText template)
    {
        if (Suggestion(diagnostic) is { } meant)
        {
            yield return new Fix("rename", $"Change to '{meant}'", new TextChange(diagnostic.Location.SourceSpan, meant));
        }
    }

    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        foreach (var fix in base.Find(diagnostic, root, model, cancellationToken))
        {
            yield return fix;
        }

        var span = diagnostic.Location.SourceSpan;
        if (LiteralAround(root, span) is not { } literal)
        {
            yield break;
        }

        var name = literal.Text.Substring(span.Start - literal.SpanStart, span.Length);
        if (IsFirstOfPath(literal, span)
            && SyntaxFacts.IsValidIdentifier(name)
            && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None
            && literal.Parent!.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method
            && method.ParameterList.Parameters.All(parameter => parameter.Identifier.ValueText != name))
        {
            yield return new Fix("parameter", $"Add parameter 'string {name}'", method.ParameterList.AddRequired("string " + name));
        }
    }

    private static bool IsFirstOfPath(SyntaxToken literal, TextSpan span) => literal.Text[span.Start - literal.SpanStart - 1] is not ('.' or '/' or '@');
}
