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

/// <summary>PG0408: adds a <c>[RouteCase]</c> for each value without one. All of them enter the route at its first step, where they enter without a case.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RouteCaseCodeFix)), Shared]
public sealed class RouteCaseCodeFix() : PromptCodeFix("PG0408")
{
    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        if (Suggestion(diagnostic) is not { } missing
            || root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method
            || method.FirstArgumentOf("RoutedPrompt") is not { } first
            || method.LastAttribute("RouteCase") is not { Parent: AttributeListSyntax list } last)
        {
            yield break;
        }

        var line = method.SyntaxTree.GetText(cancellationToken).Lines.GetLineFromPosition(list.SpanStart);
        var indentation = line.ToString().Substring(0, list.SpanStart - line.Start);
        var isAlone = string.IsNullOrWhiteSpace(indentation);
        var text = line.Text!.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak));
        var separator = isAlone ? (text.Length == 0 ? "\n" : text) + indentation : " ";
        var cases = missing.Split('\n').Select(value => $"{separator}[{last.Name}({Short(value, model, list.SpanStart)}, {first})]");
        yield return new Fix("cases", "Add the missing cases", Fix.Insert(list.Span.End, string.Concat(cases)));
    }

    /// <summary>The value as it is written at a position, without the namespaces that are in scope there.</summary>
    private static string Short(string value, SemanticModel model, int position)
    {
        var symbol = model.GetSpeculativeSymbolInfo(position, SyntaxFactory.ParseExpression(value), SpeculativeBindingOption.BindAsExpression).Symbol;
        return symbol is IFieldSymbol field ? field.ContainingType.ToMinimalDisplayString(model, position) + value.Substring(value.LastIndexOf('.')) : value;
    }
}
