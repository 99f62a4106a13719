using System.Globalization;
using Acme.Patterns.Providers;
using Acme.Patterns.Questions;
using PromptGen;

namespace Acme.Patterns.Pipelines;

/// <summary>Several prompts over many items: a pipeline that the program runs.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Title">What it is, in a few words.</param>
/// <param name="FindAsync">Runs its stages and returns their result.</param>
internal sealed record Workflow(string Name, string Title, Func<PromptRuntime, PipelineRun, Task<Findings>> FindAsync)
{
    /// <summary>The pipelines, in the order in which they run.</summary>
    public static IReadOnlyList<Workflow> All { get; } =
    [
        new("pull", "Pull-request review: what is risky gets the strongest model, what changes nothing gets none", PullAsync),
        new("research", "Research: queries, claims of each source, each claim once, an answer", ResearchAsync),
        new("documents", "Documents: read, classified, the flagged ones analysed, summarised", DocumentsAsync),
    ];

    /// <summary>Runs the pipeline. With a journal that has requests of a run that was interrupted, it goes on.</summary>
    public async Task<WorkflowOutcome> RunAsync(ModelAccess access, IPromptJournal journal, CancellationToken cancellationToken)
    {
        var options = new PipelineOptions { MaxUsd = 0.50m, Deadline = TimeSpan.FromMinutes(5), Concurrency = access.Concurrency, Journal = journal };
        await using var run = access.Prompts.StartPipeline(Name, options, cancellationToken);
        var findings = await FindAsync(access.Prompts, run);

        return new WorkflowOutcome(findings, run.Stages, run.Cost, run.Attempts.Count(static attempt => attempt.FromJournal));
    }

    private static async Task<Findings> PullAsync(PromptRuntime prompts, PipelineRun run)
    {
        var files = await new PullRequestReview(prompts).RunAsync(run, PullRequest.Files);

        return new(
            ["file", "risk", "blocks", "note"],
            [.. files.Select(static one => (string[])[one.File.Path, Lower(one.Risk), one.Review.Error is null ? YesNo(one.Review.Value.Blocks) : "–", one.Review.Error?.Message ?? one.Review.Value.Note])]);
    }

    private static async Task<Findings> ResearchAsync(PromptRuntime prompts, PipelineRun run)
    {
        var (answer, claims) = await new Research(prompts).RunAsync(run, Library.Question, Library.Search);

        return new(["sources", "claim"], [.. claims.Select(static claim => (string[])[claim.Sources.ToString(CultureInfo.InvariantCulture), claim.Statement])], answer.Text);
    }

    private static async Task<Findings> DocumentsAsync(PromptRuntime prompts, PipelineRun run)
    {
        var (summary, documents) = await new DocumentReview(prompts).RunAsync(run, Archive.Documents);

        return new(
            ["document", "kind", "flagged", "advice"],
            [.. documents.Select(static one => (string[])[one.Document.Name, one.Class.Error is null ? Lower(one.Class.Value.Kind) : "–", YesNo(one.Class.Error is not null || one.Class.Value.IsFlagged), one.Analysis?.Advice ?? ""])],
            summary.Text);
    }

    private static string YesNo(bool value) => value ? "yes" : "no";

    private static string Lower<T>(T value)
        where T : Enum => value.ToString().ToLowerInvariant();
}
