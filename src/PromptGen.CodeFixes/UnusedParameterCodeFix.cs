using System.Collections.Generic;
using System.Composition;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.CodeFixes;

/// <summary>PG0203: writes a parameter at the end of the template, or removes it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnusedParameterCodeFix)), Shared]
public sealed class UnusedParameterCodeFix() : PromptCodeFix("PG0203")
{
    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<ParameterSyntax>() is not { Parent: ParameterListSyntax list } parameter
            || list.Parent is not MethodDeclarationSyntax method)
        {
            yield break;
        }

        var name = parameter.Identifier.ValueText;
        var templates = method.AttributeLists.SelectMany(static lists => lists.Attributes).Where(static attribute => attribute.IsNamed("PromptTemplate")).ToArray();
        if (templates.Length == 1
            && templates[0].ArgumentList?.Arguments.FirstOrDefault() is { NameEquals: null, Expression: LiteralExpressionSyntax { Token: var token } }
            && TemplateText.Of(token) is { } template)
        {
            yield return new Fix("write", $"Write {{{{{name}}}}} at the end of the template", Fix.Insert(template.End, (template.Line.Length > 0 ? template.Line : " ") + $"{{{{{name}}}}}"));
        }

        yield return new Fix("remove", $"Remove parameter '{name}'", new TextChange(list.Parameters.RemovalOf(parameter), ""));
    }
}
