using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.CodeFixes;

/// <summary>What fixes of limits share: they write the number that the analyzer says is enough.</summary>
public abstract class LimitCodeFix : PromptCodeFix
{
    private protected LimitCodeFix(string id)
        : base(id)
    {
    }

    private protected abstract string Title(string number);

    private protected sealed override IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        if (Suggestion(diagnostic) is { } number && root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is ExpressionSyntax)
        {
            yield return new Fix("raise", Title(number), new TextChange(diagnostic.Location.SourceSpan, number));
        }
    }
}
