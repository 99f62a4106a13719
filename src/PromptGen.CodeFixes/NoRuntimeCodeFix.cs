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

/// <summary>PG0102: adds a PromptRuntime to the constructor of the class.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NoRuntimeCodeFix)), Shared]
public sealed class NoRuntimeCodeFix() : PromptCodeFix("PG0102")
{
    private protected override IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || type.Modifiers.Any(SyntaxKind.StaticKeyword))
        {
            yield break;
        }

        var runtime = model.Compilation.GetTypeByMetadataName("PromptGen.PromptRuntime")?.ToMinimalDisplayString(model, type.SpanStart) ?? "PromptGen.PromptRuntime";
        var constructors = type.Members.OfType<ConstructorDeclarationSyntax>().Where(static one => !one.Modifiers.Any(SyntaxKind.StaticKeyword)).ToArray();
        if (type.ParameterList is { } primary && Free(primary) is { } captured)
        {
            yield return new Fix("runtime", "Add a PromptRuntime to the constructor", primary.AddRequired($"{runtime} {captured}"));
        }
        else if (type.ParameterList is null && constructors.Length == 1 && constructors[0] is { Initializer: null, Body: { } body } own && Free(own.ParameterList) is { } given
            && !type.Members.OfType<FieldDeclarationSyntax>().Any(static field => field.Declaration.Variables.Any(static variable => variable.Identifier.ValueText == "_prompts")))
        {
            // PromptGen declares the field.
            var (line, indentation) = own.Layout();
            yield return new Fix(
                "runtime",
                "Add a PromptRuntime to the constructor",
                own.ParameterList.AddRequired($"{runtime} {given}"),
                body.Statements.Count == 0 ? new TextChange(body.Span, $"{{{line}{indentation}    _prompts = {given};{line}{indentation}}}") : Fix.Insert(body.Statements[0].SpanStart, $"_prompts = {given};{line}{indentation}    "));
        }
    }

    private static string? Free(ParameterListSyntax list) => list.Parameters.Any(static parameter => parameter.Identifier.ValueText == "prompts") ? null : "prompts";
}
