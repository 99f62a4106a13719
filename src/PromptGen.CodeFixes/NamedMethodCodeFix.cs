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

/// <summary>PG0413: writes the method that <c>[AcceptIf]</c>, <c>[Fallback]</c>, <c>[RouteWhen]</c> or <c>[ContractCheck]</c> names, in the shape that it needs, behind the prompt or in the output type.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NamedMethodCodeFix)), Shared]
public sealed class NamedMethodCodeFix() : PromptCodeFix("PG0413")
{
    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        var argument = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (argument.FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute
            || Name(argument, model, cancellationToken) is not { } name
            || !SyntaxFacts.IsValidIdentifier(name))
        {
            yield break;
        }

        if (attribute.IsNamed("ContractCheck") && attribute.Parent?.Parent is TypeDeclarationSyntax type)
        {
            if (ContractCheck(type, name, model, cancellationToken) is { } check)
            {
                yield return check;
            }

            yield break;
        }

        if (attribute.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } syntax
            || model.GetDeclaredSymbol(syntax, cancellationToken) is not { } prompt
            || PromptSymbols.Output(prompt) is not { } output)
        {
            yield break;
        }

        var isFallback = attribute.IsNamed("Fallback");
        var isPredicate = attribute.IsNamed("RouteWhen");
        if (attribute.IsNamed("RouteBy"))
        {
            // What it gives is not known.
            yield break;
        }

        if (!isFallback && !isPredicate && PromptSymbols.IsHandedOverUnjudged(prompt))
        {
            yield break;
        }

        var parameters = isFallback || isPredicate ? prompt.Parameters.Select(static parameter => parameter.Type).ToArray() : [output];
        if (IsTaken(prompt.ContainingType, name, parameters))
        {
            yield break;
        }

        var position = syntax.SpanStart;
        var signature = isFallback
            ? $"private {StandInType(prompt, output).ToMinimalDisplayString(model, position)} {name}({Parameters(prompt, model, position)})"
            : isPredicate ? $"private static bool {name}({Parameters(prompt, model, position)})"
            : $"private static {((attribute.Named("AtLeast") ?? attribute.Named("AtMost")) is null ? "bool" : "double")} {name}({output.ToMinimalDisplayString(model, position)} value)";
        var exception = Exception(model, position);
        var (line, indentation) = syntax.Layout();
        yield return new Fix(
            "method", $"Generate method '{name}'", Fix.Insert(syntax.Span.End, $"{line}{line}{indentation}{signature} => throw new {exception}();"));
    }

    /// <summary>The check of an output type: it gives what is wrong with a value.</summary>
    private static Fix? ContractCheck(TypeDeclarationSyntax type, string name, SemanticModel model, CancellationToken cancellationToken)
    {
        if (model.GetDeclaredSymbol(type, cancellationToken) is not { } symbol || symbol.GetMembers(name).Length > 0)
        {
            return null;
        }

        var (line, indentation) = type.Layout();
        var nullable = (model.GetNullableContext(type.SpanStart) & NullableContext.AnnotationsEnabled) != 0 ? "?" : "";
        var method = $"{line}{indentation}    internal static string{nullable} {name}({symbol.ToMinimalDisplayString(model, type.SpanStart)} value) => throw new {Exception(model, type.SpanStart)}();{line}{indentation}";
        var change = type.SemicolonToken.IsKind(SyntaxKind.SemicolonToken) && type.OpenBraceToken.IsKind(SyntaxKind.None)
            ? new TextChange(type.SemicolonToken.Span, $"{line}{indentation}{{{method}}}")
            : Fix.Insert(type.CloseBraceToken.SpanStart, (type.Members.Count > 0 ? line : "") + method.Substring(line.Length));
        return new Fix("method", $"Generate method '{name}'", change);
    }

    private static string Exception(SemanticModel model, int position) =>
        model.Compilation.GetTypeByMetadataName("System.NotImplementedException")?.ToMinimalDisplayString(model, position) ?? "System.NotImplementedException";

    /// <summary>The name as a constant, or the argument of a <c>nameof</c> that does not bind yet.</summary>
    private static string? Name(SyntaxNode argument, SemanticModel model, CancellationToken cancellationToken) =>
        argument is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" }, ArgumentList.Arguments: { Count: 1 } arguments }
        && arguments[0].Expression is IdentifierNameSyntax written
            ? written.Identifier.ValueText
            : model.GetConstantValue(argument, cancellationToken).Value as string;

    /// <summary>A task of the value: the runtime makes a result of it where the prompt gives one.</summary>
    private static ITypeSymbol StandInType(IMethodSymbol prompt, ITypeSymbol output) =>
        prompt.ReturnType is INamedTypeSymbol { OriginalDefinition.TypeParameters.Length: 1 } task ? task.OriginalDefinition.Construct(output) : output;

    private static string Parameters(IMethodSymbol prompt, SemanticModel model, int position) => string.Join(", ", prompt.Parameters.Select(parameter =>
        $"{parameter.Type.ToMinimalDisplayString(model, position)} {(SyntaxFacts.GetKeywordKind(parameter.Name) == SyntaxKind.None ? "" : "@")}{parameter.Name}"));

    /// <summary>A method that differs in its result alone cannot be overloaded: it has to be fixed by hand.</summary>
    private static bool IsTaken(INamedTypeSymbol type, string name, ITypeSymbol[] parameters) => type.GetMembers(name).Any(member =>
        member is not IMethodSymbol method
        || method.Parameters.Select(static parameter => parameter.Type).SequenceEqual(parameters, SymbolEqualityComparer.Default));
}
