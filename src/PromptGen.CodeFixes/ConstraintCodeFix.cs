using System.Collections.Generic;
using System.Composition;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PromptGen.CodeFixes;

/// <summary>PG0302: swaps bounds that are crossed.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ConstraintCodeFix)), Shared]
public sealed class ConstraintCodeFix() : PromptCodeFix("PG0302")
{
    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        var member = root.FindNode(diagnostic.Location.SourceSpan);
        var attributes = (member.FirstAncestorOrSelf<ParameterSyntax>()?.AttributeLists ?? member.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.AttributeLists ?? default)
            .SelectMany(static list => list.Attributes)
            .ToArray();
        foreach (var attribute in attributes)
        {
            if ((attribute.IsNamed("Range") || attribute.IsNamed("Length")) && Positional(attribute) is { Count: >= 2 } bounds && IsCrossed(bounds[bounds.Count - 2], bounds[bounds.Count - 1], model, cancellationToken))
            {
                yield return Swap(bounds[bounds.Count - 2], bounds[bounds.Count - 1]);
            }
            else if (attribute.IsNamed("StringLength") && Positional(attribute) is { Count: 1 } length && attribute.Named("MinimumLength")?.Expression is { } minimum && IsCrossed(minimum, length[0], model, cancellationToken))
            {
                yield return Swap(minimum, length[0]);
            }
        }

        if (Only(attributes, "MinLength") is { } least && Only(attributes, "MaxLength") is { } most && IsCrossed(least, most, model, cancellationToken))
        {
            yield return Swap(least, most);
        }
    }

    private static ExpressionSyntax? Only(IEnumerable<AttributeSyntax> attributes, string name) =>
        attributes.FirstOrDefault(attribute => attribute.IsNamed(name)) is { } found && Positional(found) is { Count: 1 } arguments ? arguments[0] : null;

    private static List<ExpressionSyntax> Positional(AttributeSyntax attribute) =>
        [.. (attribute.ArgumentList?.Arguments ?? default).Where(static argument => argument.NameEquals is null).Select(static argument => argument.Expression)];

    private static bool IsCrossed(ExpressionSyntax least, ExpressionSyntax most, SemanticModel model, CancellationToken cancellationToken) =>
        Number(model.GetConstantValue(least, cancellationToken).Value) > Number(model.GetConstantValue(most, cancellationToken).Value);

    private static double Number(object? value) => value switch
    {
        int number => number,
        double number => number,
        string text when double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) => number,
        _ => double.NaN,
    };

    private static Fix Swap(ExpressionSyntax one, ExpressionSyntax other) => Fix.Swap("Swap the bounds", one, other);
}
