using System.Collections.Generic;
using System.Composition;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.CodeFixes;

/// <summary>PG0701: writes the successor's id into the catalog's constant, and removes the retirement of the old one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RetiredModelCodeFix)), Shared]
public sealed class RetiredModelCodeFix() : PromptCodeFix("PG0701")
{
    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        var declarator = root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<VariableDeclaratorSyntax>();
        if (Suggestion(diagnostic) is not { } successor
            || declarator?.Initializer?.Value is not { } value
            || declarator.FirstAncestorOrSelf<FieldDeclarationSyntax>() is not { } field
            || PromptSymbols.CatalogConstant(model.Compilation, successor) is not null)
        {
            // A successor that the catalog has already makes the old constant one to remove, which concerns whoever uses it.
            yield break;
        }

        var changes = new List<TextChange> { Literals.Replace(value, successor) };
        foreach (var arguments in field.AttributeLists.SelectMany(static list => list.Attributes).Select(static attribute => attribute.ArgumentList).OfType<AttributeArgumentListSyntax>())
        {
            changes.AddRange(arguments.Arguments
                .Where(static argument => argument.NameEquals?.Name.Identifier.ValueText is "Retires" or "ReplacedBy")
                .Select(argument => new TextChange(arguments.Arguments.RemovalOf(argument), "")));
        }

        yield return new Fix("successor", $"Replace by '{successor}'", [.. changes]);
    }
}
