using System.Collections.Generic;
using System.Composition;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.CodeFixes;

/// <summary>PG0403: turns an escalation round, or removes one that leads nowhere.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(EscalationCodeFix)), Shared]
public sealed class EscalationCodeFix() : PromptCodeFix("PG0403")
{
    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        var argument = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<AttributeArgumentSyntax>();
        if (argument is not { Parent: AttributeArgumentListSyntax { Parent: AttributeSyntax attribute } list } || !attribute.IsNamed("RoutedPrompt"))
        {
            yield break;
        }

        var first = list.Arguments[0];
        if (argument.NameEquals is null)
        {
            var index = list.Arguments.IndexOf(argument);
            if (index > 0 && argument.Expression.Span == diagnostic.Location.SourceSpan)
            {
                yield return Fix.Swap("Swap the models", list.Arguments[index - 1].Expression, argument.Expression);
            }
        }
        else if (IsSelfHosted(first.Expression) || IsSelfHosted(argument.Expression))
        {
            // Which model is stronger is not known.
        }
        else if (first is { NameEquals: null } && IsTier(first.Expression) && first.Expression.ToString() != argument.Expression.ToString())
        {
            yield return Fix.Swap("Swap the tiers", first.Expression, argument.Expression);
        }
        else
        {
            yield return new Fix("remove", "Remove EscalateTo", new TextChange(list.Arguments.RemovalOf(argument), ""));
        }
    }

    private static bool IsTier(ExpressionSyntax expression) => expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Fast" or "General" or "Deep" };

    private static bool IsSelfHosted(ExpressionSyntax expression) => expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "SelfHosted" };
}
