using System.Collections.Generic;
using System.Composition;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.CodeFixes;

/// <summary>PG0403: turns an escalation round, removes one that leads nowhere, or brings a clause and the end of its route together.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(EscalationCodeFix)), Shared]
public sealed class EscalationCodeFix() : PromptCodeFix("PG0403")
{
    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        var argument = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<AttributeArgumentSyntax>();
        if (argument is not { Parent: AttributeArgumentListSyntax { Parent: AttributeSyntax attribute } list })
        {
            yield break;
        }

        if (!attribute.IsNamed("RoutedPrompt"))
        {
            foreach (var fix in OfClause(diagnostic, argument))
            {
                yield return fix;
            }

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

    /// <summary>A clause that is above the end of the route, which its prompt's attribute or its own argument changes.</summary>
    private static IEnumerable<Fix> OfClause(Diagnostic diagnostic, AttributeArgumentSyntax argument)
    {
        if (Suggestion(diagnostic)?.Split(' ') is not { Length: 2 } tiers)
        {
            yield break;
        }

        var (tier, top) = (tiers[0], tiers[1]);

        if (argument.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.LastAttribute("RoutedPrompt") is { ArgumentList.Arguments: { Count: > 0 } route } prompt
            && route[0] is { NameEquals: null, Expression: MemberAccessExpressionSyntax start } && IsTier(start))
        {
            yield return new Fix("raise", $"Set EscalateTo = Tier.{tier} on [RoutedPrompt]", prompt.Set("EscalateTo", $"{start.Expression}.{tier}"));
        }

        if (argument.Expression is MemberAccessExpressionSyntax own && IsTier(own))
        {
            yield return new Fix("lower", $"Change to Tier.{top}", new TextChange(own.Name.Span, top));
        }
    }

    private static bool IsTier(ExpressionSyntax expression) => expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Fast" or "General" or "Deep" };

    private static bool IsSelfHosted(ExpressionSyntax expression) => expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "SelfHosted" };
}
