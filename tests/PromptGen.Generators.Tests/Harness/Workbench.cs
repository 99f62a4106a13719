using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.Generators.Tests.Harness;

/// <summary>A project in a workspace, as an editor holds it. The file under the fixes is the first one.</summary>
internal sealed class Workbench : IDisposable
{
    private readonly AdhocWorkspace _workspace = new();
    private readonly DocumentId _document;

    public Workbench(params string[] sources)
    {
        var compilation = Compile.Sources(sources);
        var project = _workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(),
            VersionStamp.Default,
            "Acme",
            "Acme",
            LanguageNames.CSharp,
            compilationOptions: compilation.Options,
            parseOptions: compilation.SyntaxTrees[0].Options,
            metadataReferences: compilation.References));

        // The first tree holds the harness's usings.
        var documents = compilation.SyntaxTrees
            .Select((tree, index) => _workspace.AddDocument(project.Id, $"Source{index}.cs", SourceText.From(tree.ToString(), Encoding.UTF8)).Id)
            .ToArray();
        _document = documents[1];
    }

    /// <summary>Adds an additional file to the project.</summary>
    public Workbench With(string path, string text)
    {
        Assert.True(_workspace.TryApplyChanges(_workspace.CurrentSolution.AddAdditionalDocument(
            DocumentId.CreateNewId(_document.ProjectId), Path.GetFileName(path), SourceText.From(text, Encoding.UTF8), filePath: path)));
        return this;
    }

    /// <summary>What the file holds now.</summary>
    public string Text => Document.GetTextAsync().GetAwaiter().GetResult().ToString();

    /// <summary>What an additional file holds now.</summary>
    public async Task<string> FileAsync(string path) => (await Document.Project.AdditionalDocuments.Single(file => file.FilePath == path).GetTextAsync()).ToString();

    private Document Document => _workspace.CurrentSolution.GetDocument(_document)!;

    /// <summary>The diagnostics of that id in the file, in order.</summary>
    public async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(string id)
    {
        var compilation = await Document.Project.GetCompilationAsync();
        var tree = await Document.GetSyntaxTreeAsync();
        var files = new List<AdditionalText>();
        foreach (var file in Document.Project.AdditionalDocuments)
        {
            files.Add(new PromptFile(file.FilePath!, (await file.GetTextAsync()).ToString()));
        }

        var all = await Analysis.JudgeAsync(compilation!, files);
        Assert.DoesNotContain(all, static diagnostic => diagnostic.Id == "AD0001");
        return [.. all.Where(diagnostic => diagnostic.Id == id && (diagnostic.Location.SourceTree == tree || !diagnostic.Location.IsInSource))];
    }

    /// <summary>The fixes that are offered for the first diagnostic.</summary>
    public async Task<CodeAction[]> OfferedAsync(CodeFixProvider provider)
    {
        var diagnostics = await DiagnosticsAsync(Assert.Single(provider.FixableDiagnosticIds));
        var actions = new List<CodeAction>();
        if (diagnostics.Length > 0)
        {
            TextDocument file = diagnostics[0].Location.IsInSource ? Document : Document.Project.AdditionalDocuments.Single(one => one.FilePath == diagnostics[0].Location.GetLineSpan().Path);
            await provider.RegisterCodeFixesAsync(new CodeFixContext(file, diagnostics[0], (action, _) => actions.Add(action), CancellationToken.None));
        }

        return [.. actions];
    }

    public async Task<CodeAction[]> OfferedAsync(CodeRefactoringProvider provider, string at)
    {
        var actions = new List<CodeAction>();
        var span = new TextSpan(Text.IndexOf(at, StringComparison.Ordinal), 0);
        await provider.ComputeRefactoringsAsync(new CodeRefactoringContext(Document, span, actions.Add, CancellationToken.None));
        return [.. actions];
    }

    public async Task<string> ApplyAsync(CodeAction action)
    {
        var operation = Assert.Single((await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>());
        Assert.True(_workspace.TryApplyChanges(operation.ChangedSolution));
        return Text;
    }

    /// <summary>Applies the fixes of that key for all diagnostics at once: those of the file, or with its additional files those of the project.</summary>
    public async Task<string> ApplyAllAsync(CodeFixProvider provider, string key, FixAllScope scope = FixAllScope.Document)
    {
        var known = new Known(await DiagnosticsAsync(Assert.Single(provider.FixableDiagnosticIds)));
        var context = scope == FixAllScope.Document
            ? new FixAllContext(Document, provider, scope, key, provider.FixableDiagnosticIds, known, CancellationToken.None)
            : new FixAllContext(Document.Project, provider, scope, key, provider.FixableDiagnosticIds, known, CancellationToken.None);
        return await ApplyAsync((await provider.GetFixAllProvider()!.GetFixAsync(context))!);
    }

    public void Dispose() => _workspace.Dispose();

    private sealed class Known(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
