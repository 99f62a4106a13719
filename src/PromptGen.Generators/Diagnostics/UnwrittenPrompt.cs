using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using PromptGen.Generators.Declarations;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Diagnostics;

/// <summary>
/// A method of which no other file can hold the other part, not even a stub, for example one of a <c>file</c> class. The compiler stops at it (CS8795) before an analyzer runs, so
/// the generator reports why. Compares by content, like all that the generator keeps.
/// </summary>
/// <param name="Path">The file.</param>
/// <param name="Span">The method's name in it.</param>
/// <param name="Lines">The same as lines.</param>
/// <param name="Id">The diagnostic.</param>
/// <param name="Arguments">The arguments of its message.</param>
internal sealed record UnwrittenPrompt(string Path, TextSpan Span, LinePositionSpan Lines, string Id, EquatableArray<string> Arguments)
{
    /// <summary>Whether the syntax of a method looks like one: a prompt in a <c>file</c> class, in a file with an <c>extern alias</c>, or in an early version of the language.</summary>
    public static bool MayBe(SyntaxNode node) =>
        node is MethodDeclarationSyntax { AttributeLists.Count: > 0, Body: null, ExpressionBody: null } method
        && method.Modifiers.Any(SyntaxKind.PartialKeyword)
        && (!LanguageSupport.IsEnough(node.SyntaxTree) || node.Ancestors().Any(static outer =>
            outer is TypeDeclarationSyntax { Modifiers: var modifiers } && modifiers.Any(SyntaxKind.FileKeyword) || outer is CompilationUnitSyntax { Externs.Count: > 0 }));

    /// <summary>The method's diagnostic; null where it is no prompt, or can be written.</summary>
    public static UnwrittenPrompt? Of(GeneratorSyntaxContext candidate, CancellationToken cancellationToken)
    {
        if (candidate.SemanticModel.GetDeclaredSymbol(candidate.Node, cancellationToken) is not IMethodSymbol { PartialImplementationPart: null } method
            || PromptReader.Read(method, cancellationToken) is not { CanImplement: false, Container.AllPartial: true } declaration
            || DeclarationAnalyzer.Flaw(declaration) is not { } finding)
        {
            return null;
        }

        var name = ((MethodDeclarationSyntax)candidate.Node).Identifier.GetLocation();
        return new UnwrittenPrompt(candidate.Node.SyntaxTree.FilePath, name.SourceSpan, name.GetLineSpan().Span, finding.Id, finding.Arguments);
    }

    public Diagnostic ToDiagnostic() => Diagnostic.Create(
        Descriptors.All.First(descriptor => descriptor.Id == Id), Location.Create(Path, Span, Lines), Arguments.ToArray<object>());
}
