using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.CodeFixes;

/// <summary>What all fixes share: a diagnostic gives edits of one document, alone or with all others of its kind.</summary>
public abstract class PromptCodeFix : CodeFixProvider
{
    /// <summary>The key under which a diagnostic carries what was probably meant; the analyzers write it.</summary>
    private const string SuggestionKey = "Fix";

    private protected PromptCodeFix(string id) => FixableDiagnosticIds = ImmutableArray.Create(id);

    /// <inheritdoc />
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <inheritdoc />
    public sealed override FixAllProvider GetFixAllProvider() => new FixAll(this);

    /// <inheritdoc />
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (context.TextDocument is AdditionalDocument file)
        {
            await RegisterInFileAsync(context, file).ConfigureAwait(false);
            return;
        }

        foreach (var diagnostic in context.Diagnostics)
        {
            foreach (var fix in await FindAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(fix.Title, cancellationToken => ApplyAsync(context.Document, fix.Changes, cancellationToken), fix.Key),
                    diagnostic);
            }
        }
    }

    /// <summary>The fixes of a diagnostic in a document or an additional file; none where it is in neither of them.</summary>
    internal async Task<IReadOnlyList<Fix>> FindAsync(TextDocument file, Diagnostic diagnostic, CancellationToken cancellationToken) => file is Document document
        ? await FindAsync(document, diagnostic, cancellationToken).ConfigureAwait(false)
        : FindIn(diagnostic, await file.GetTextAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>The fixes of a diagnostic; none where it is not as it was when it was reported.</summary>
    private protected abstract IEnumerable<Fix> Find(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellationToken);

    /// <summary>The fixes of a diagnostic in one of the project's additional files.</summary>
    private protected virtual IEnumerable<Fix> FindInFile(Diagnostic diagnostic, SourceText text) => [];

    private protected static string? Suggestion(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(SuggestionKey, out var suggestion) && !string.IsNullOrEmpty(suggestion) ? suggestion : null;

    private async Task RegisterInFileAsync(CodeFixContext context, AdditionalDocument file)
    {
        var text = await file.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            foreach (var fix in FindIn(diagnostic, text))
            {
                var changed = text.WithChanges(fix.Changes.OrderBy(static change => change.Span.Start));
                context.RegisterCodeFix(CodeAction.Create(fix.Title, _ => Task.FromResult(file.Project.Solution.WithAdditionalDocumentText(file.Id, changed)), fix.Key), diagnostic);
            }
        }
    }

    private IReadOnlyList<Fix> FindIn(Diagnostic diagnostic, SourceText text) => diagnostic.Location.SourceSpan.End <= text.Length ? [.. FindInFile(diagnostic, text)] : [];

    private async Task<IReadOnlyList<Fix>> FindAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        return root is null || model is null || !diagnostic.Location.IsInSource || diagnostic.Location.SourceSpan.End > root.FullSpan.End
            ? []
            : [.. Find(diagnostic, root, model, cancellationToken)];
    }

    private static async Task<Document> ApplyAsync(Document document, IEnumerable<TextChange> changes, CancellationToken cancellationToken)
    {
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        return document.WithText(text.WithChanges(changes.OrderBy(static change => change.Span.Start)));
    }
}
