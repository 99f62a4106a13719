using System.Collections.Generic;
using System.Composition;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PromptGen.CodeFixes;

/// <summary>PG0404: adds a check to a prompt that returns text.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MissingCheckCodeFix)), Shared]
public sealed class MissingCheckCodeFix() : PromptCodeFix("PG0404")
{
    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } syntax
            || syntax.LastAttribute("RoutedPrompt") is not { Parent: AttributeListSyntax list }
            || model.GetDeclaredSymbol(syntax, cancellationToken) is not { } prompt
            || PromptSymbols.Output(prompt) is not { SpecialType: SpecialType.System_String }
            || PromptSymbols.IsHandedOverUnjudged(prompt))
        {
            yield break;
        }

        var name = "Is" + (syntax.Identifier.ValueText is var own && own.EndsWith("Async", System.StringComparison.Ordinal) ? own.Substring(0, own.Length - 5) : own) + "Usable";
        if (prompt.ContainingType.GetMembers(name).Length > 0)
        {
            yield break;
        }

        var (line, indentation) = syntax.Layout();
        yield return new Fix(
            "check",
            "Add a check",
            Fix.Insert(list.Span.End, $"{line}{indentation}[AcceptIf(nameof({name}))]"),
            Fix.Insert(syntax.Span.End, $"{line}{line}{indentation}private static bool {name}(string answer) => !string.IsNullOrWhiteSpace(answer);"));
    }
}
