using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.CodeFixes;

/// <summary>Applies the fixes of one kind to all documents and additional files of a scope: the framework's own provider leaves additional files out.</summary>
internal sealed class FixAll(PromptCodeFix provider) : FixAllProvider
{
    /// <inheritdoc />
    public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
    {
        var solution = context.Solution;
        var projects = context.Scope == FixAllScope.Solution ? solution.Projects : [context.Project];
        foreach (var project in projects)
        {
            solution = await FixAsync(solution, project, context).ConfigureAwait(false);
        }

        return CodeAction.Create($"Fix all {string.Join(", ", context.DiagnosticIds)}", _ => Task.FromResult(solution), context.CodeActionEquivalenceKey);
    }

    private async Task<Solution> FixAsync(Solution solution, Project project, FixAllContext context)
    {
        // A fix in an additional file has no document to be all of: those of the project are meant.
        var diagnostics = context is { Scope: FixAllScope.Document, Document: { } document }
            ? await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)
            : await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
        foreach (var group in diagnostics.GroupBy(diagnostic => FileOf(project, diagnostic)))
        {
            if (group.Key is not { } file)
            {
                continue;
            }

            var text = await file.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
            var changed = text.WithChanges(await ChangesAsync(file, group, context.CodeActionEquivalenceKey, context.CancellationToken).ConfigureAwait(false));
            solution = file is Document ? solution.WithDocumentText(file.Id, changed) : solution.WithAdditionalDocumentText(file.Id, changed);
        }

        return solution;
    }

    /// <summary>The edits in order. Two prompts of one class ask for the same edit of that class; where two ask for different ones of one place, the first is made.</summary>
    private async Task<IEnumerable<TextChange>> ChangesAsync(TextDocument file, IEnumerable<Diagnostic> diagnostics, string? key, CancellationToken cancellationToken)
    {
        var changes = new List<TextChange>();
        foreach (var diagnostic in diagnostics.OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            foreach (var fix in await provider.FindAsync(file, diagnostic, cancellationToken).ConfigureAwait(false))
            {
                var added = fix.Changes.Where(change => !changes.Contains(change)).ToArray();
                if (fix.Key == key && !added.Any(change => changes.Any(other => Collide(change.Span, other.Span))))
                {
                    changes.AddRange(added);
                }
            }
        }

        return changes.OrderBy(static change => change.Span.Start);
    }

    /// <summary>Two insertions at one place do not collide: each is made.</summary>
    private static bool Collide(TextSpan one, TextSpan other) => one.OverlapsWith(other);

    private static TextDocument? FileOf(Project project, Diagnostic diagnostic) => diagnostic.Location switch
    {
        { IsInSource: true } location => project.GetDocument(location.SourceTree),
        { Kind: LocationKind.ExternalFile } location => project.AdditionalDocuments.FirstOrDefault(file => file.FilePath == location.GetLineSpan().Path),
        _ => null,
    };
}
