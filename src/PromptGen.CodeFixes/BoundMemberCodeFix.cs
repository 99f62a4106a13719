using System.Collections.Generic;
using System.Composition;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.CodeFixes;

/// <summary>PG0412: names the member that was probably meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BoundMemberCodeFix)), Shared]
public sealed class BoundMemberCodeFix() : PromptCodeFix("PG0412")
{
    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        var argument = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (Suggestion(diagnostic) is not { } meant)
        {
            yield break;
        }

        var name = (argument as InvocationExpressionSyntax)?.ArgumentList.Arguments.FirstOrDefault()?.Expression.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().LastOrDefault();
        if (name is not null)
        {
            yield return new Fix("member", $"Change to '{meant}'", new TextChange(name.Span, meant));
        }
        else if (argument is LiteralExpressionSyntax literal)
        {
            yield return new Fix("member", $"Change to '{meant}'", Literals.Replace(literal, meant));
        }
    }
}
