using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PromptGen.CodeFixes;

/// <summary>Offers a cancellation token to a prompt method that takes none.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(AddCancellationTokenRefactoring)), Shared]
public sealed class AddCancellationTokenRefactoring : CodeRefactoringProvider
{
    private const string Title = "Add CancellationToken parameter";

    /// <inheritdoc />
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } syntax
            || model?.GetDeclaredSymbol(syntax, context.CancellationToken) is not { } method
            || model.Compilation.GetTypeByMetadataName("System.Threading.CancellationToken") is not { } token
            || !PromptSymbols.IsPrompt(method)
            || method.Parameters.Any(parameter => SymbolEqualityComparer.Default.Equals(parameter.Type, token)))
        {
            return;
        }

        var type = token.ToMinimalDisplayString(model, syntax.ParameterList.SpanStart);
        var change = syntax.ParameterList.AddOptional(type + " cancellationToken = default");
        context.RegisterRefactoring(CodeAction.Create(
            Title,
            async cancellationToken => context.Document.WithText(
                (await context.Document.GetTextAsync(cancellationToken).ConfigureAwait(false)).WithChanges(change)),
            Title));
    }
}
