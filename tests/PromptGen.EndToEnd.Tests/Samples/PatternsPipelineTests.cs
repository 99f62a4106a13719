extern alias patternsSample;

using System.Text.RegularExpressions;
using patternsSample::Acme.Patterns;
using patternsSample::Acme.Patterns.Pipelines;
using patternsSample::Acme.Patterns.Providers;

namespace PromptGen.EndToEnd.Tests.Samples;

/// <summary>The pipelines of the sample: their results, the cost of their stages, and how an interrupted run resumes.</summary>
public sealed class PatternsPipelineTests : IDisposable
{
    // Wide enough that no cell wraps.
    private const int Wide = 250;

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"promptgen-{Guid.NewGuid():N}.db");

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("docs/invoices.md", "none", "no", "Nothing to review.")]
    [InlineData("src/Invoice.cs", "high", "yes", "A double cannot hold every amount: totals will be wrong by a cent. Keep decimal.")]
    [InlineData("src/InvoicePage.cs", "low", "no", "ToUpper() depends on the culture of the server: use ToUpperInvariant().")]
    [InlineData("src/InvoiceStore.cs", "high", "yes", "The invoice is lost where the second statement fails: run both in one transaction.")]
    [InlineData("src/Currency.cs", "low", "no", "Looks right.")]
    [InlineData("tests/InvoiceTests.cs", "none", "no", "Nothing to review.")]
    public async Task Each_changed_file_is_reviewed_as_deeply_as_its_risk_requires(string file, string risk, string blocks, string note)
    {
        var rows = Rows(await RunAsync("pull"));

        Assert.Contains($"{file}|{risk}|{blocks}|{note}", rows);
        Assert.Contains(rows, static row => row.StartsWith("rate|6|0|", StringComparison.Ordinal));
        Assert.Contains(rows, static row => row.StartsWith("review|6|0|", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_the_risky_files_are_read_by_the_strongest_model()
    {
        await using var access = await ModelAccess.OpenAsync(ProviderAccess.All(static _ => null));
        await using var run = access.Prompts.StartPipeline("pull");
        await new PullRequestReview(access.Prompts).RunAsync(run, patternsSample::Acme.Patterns.Questions.PullRequest.Files);

        var accepted = run.Attempts.Where(static attempt => attempt.Outcome == PromptErrorCode.None).GroupBy(static attempt => attempt.Prompt).ToDictionary(static calls => calls.Key, static calls => calls.ToList());
        Assert.Equal((6, 2, 2), (accepted["PullRequestReview.RateAsync"].Count, accepted["PullRequestReview.SkimAsync"].Count, accepted["PullRequestReview.InspectAsync"].Count));
        Assert.All(accepted["PullRequestReview.InspectAsync"], static attempt => Assert.Equal(Tier.Deep, attempt.Tier));
        Assert.All(accepted["PullRequestReview.RateAsync"].Concat(accepted["PullRequestReview.SkimAsync"]), static attempt => Assert.Equal(Tier.Fast, attempt.Tier));
    }

    [Fact]
    public async Task A_claim_that_several_sources_make_is_listed_once_and_the_answer_is_made_of_those()
    {
        var text = await RunAsync("research");
        var rows = Rows(text);

        Assert.Equal(["2|Uploads above 5 GB are sent in parts.", "2|While backups run, the disks are slow.", "2|Setting the time limit of a part to 300 seconds helped."], rows.Where(static row => row.StartsWith("2|", StringComparison.Ordinal)));
        Assert.Equal(3, rows.Count(static row => row.StartsWith("1|", StringComparison.Ordinal)));
        Assert.DoesNotContain("2 euros", text, StringComparison.Ordinal);
        Assert.Contains("Uploads above 5 GB are sent in parts. While backups run, the disks are slow. Setting the time limit of a part to 300 seconds helped.", text, StringComparison.Ordinal);
        Assert.Contains(rows, static row => row.StartsWith("collect|4|0|", StringComparison.Ordinal));
    }

    [Fact]
    public void Statements_that_differ_in_case_and_punctuation_alone_are_the_same() =>
        Assert.Equal(
            [new SupportedClaim("Disks are slow.", 3), new SupportedClaim("Disks are full.", 1)],
            Research.Distinct(["Disks are full.", "Disks are slow.", "disks are slow!", "Disks, are slow"]));

    [Fact]
    public async Task Only_flagged_documents_are_analysed_and_the_summary_names_them()
    {
        var text = await RunAsync("documents");
        var rows = Rows(text);

        Assert.Contains("lease.txt|contract|no", rows);
        Assert.Contains("hosting.txt|contract|yes|Limit the liability to the yearly price. Ask for a notice before it renews.", rows);
        Assert.Contains("cables.txt|invoice|no", rows);
        Assert.Contains("thanks.txt|letter|no", rows);
        Assert.Contains("backup.txt|contract|yes|Ask for a notice before it renews.", rows);
        Assert.Contains(rows, static row => row.StartsWith("analyse|2|0|", StringComparison.Ordinal));
        Assert.Contains("hosting.txt: Limit the liability to the yearly price. Ask for a notice before it renews. backup.txt: Ask for a notice before it renews.", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pull", 2)]
    [InlineData("research", 1)]
    [InlineData("documents", 7)]
    public async Task A_run_that_was_interrupted_goes_on_and_pays_no_answer_again(string name, int answers)
    {
        var workflow = Workflow.All.Single(workflow => workflow.Name == name);
        var whole = await RunAsync(workflow, new InMemoryPromptJournal(), CancellationToken.None);

        using var interruption = new CancellationTokenSource();
        await using (var journal = new SqlitePromptJournal(_file))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(workflow, new InterruptingJournal(journal, interruption, answers), interruption.Token));
        }

        await using var again = new SqlitePromptJournal(_file);
        var resumed = await RunAsync(workflow, again, CancellationToken.None);

        Assert.Equal(whole.Findings.Rows.SelectMany(static row => row), resumed.Findings.Rows.SelectMany(static row => row));
        Assert.Equal(whole.Findings.Conclusion, resumed.Findings.Conclusion);
        Assert.Equal(0, whole.FromJournal);
        Assert.InRange(resumed.FromJournal, answers, (int)resumed.Stages.Sum(static stage => stage.Attempts) - 1);
    }

    [Fact]
    public async Task A_journal_that_is_kept_answers_the_whole_second_run()
    {
        var first = await RunAsync("documents");
        var second = await RunAsync("documents");

        var (before, after) = (All(first), All(second));
        Assert.Contains($"{after[3]} of these requests were made by an earlier run and not again.", second, StringComparison.Ordinal);
        Assert.DoesNotContain("earlier run", first, StringComparison.Ordinal);
        Assert.Equal((before[1], before[2], before[4]), (after[1], after[2], after[4]));
        Assert.Equal(Rows(first).Where(static row => row.Contains(".txt|", StringComparison.Ordinal)), Rows(second).Where(static row => row.Contains(".txt|", StringComparison.Ordinal)));

        static string[] All(string text) => Rows(text).Single(static row => row.StartsWith("all|", StringComparison.Ordinal)).Split('|');
    }

    [Fact]
    public async Task Without_a_file_the_journal_is_removed_once_the_pipelines_are_done()
    {
        await using var output = new StringWriter { NewLine = "\n" };

        Assert.Equal(0, await PatternsApp.RunAsync(["research"], output, static _ => null, CancellationToken.None));

        Assert.False(File.Exists("patterns.db"));
    }

    [Fact]
    public async Task A_journal_needs_a_file_that_can_be_written()
    {
        Assert.Contains("--journal needs a file.", (await PatternsRunTests.RunAsync(Wide, "pull", "--journal")).Text, StringComparison.Ordinal);

        var (code, text) = await PatternsRunTests.RunAsync(Wide, "pull", "--journal", Path.Combine(_file, "none", "journal.db"));

        Assert.Equal(1, code);
        Assert.Contains("journal.db", text, StringComparison.Ordinal);
    }

    private static async Task<WorkflowOutcome> RunAsync(Workflow workflow, IPromptJournal journal, CancellationToken cancellationToken)
    {
        await using var access = await ModelAccess.OpenAsync(ProviderAccess.All(static _ => null));
        return await workflow.RunAsync(access, journal, cancellationToken);
    }

    private async Task<string> RunAsync(string name)
    {
        var (code, text) = await PatternsRunTests.RunAsync(Wide, name, "--journal", _file);
        Assert.Equal(0, code);
        return text;
    }

    /// <summary>The rows of all tables, their cells joined by bars.</summary>
    private static IReadOnlyList<string> Rows(string text) =>
        [.. text.Split('\n').Where(static line => line.StartsWith(' ')).Select(static line => string.Join('|', Regex.Split(line.Trim(), " {2,}")))];

    /// <summary>Cancels the run once so many answers are written.</summary>
    private sealed class InterruptingJournal(IPromptJournal journal, CancellationTokenSource interruption, int answers) : IPromptJournal
    {
        private int _left = answers;

        public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(JournalItem item, CancellationToken cancellationToken = default) => journal.ReadAsync(item, cancellationToken);

        public async ValueTask WriteAsync(JournalItem item, JournalEntry entry, CancellationToken cancellationToken = default)
        {
            await journal.WriteAsync(item, entry, cancellationToken);
            if (entry.State == JournalState.Answered && Interlocked.Decrement(ref _left) == 0)
            {
                await interruption.CancelAsync();
            }
        }
    }
}
