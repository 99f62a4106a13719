extern alias patternsSample;

using System.Text.RegularExpressions;
using patternsSample::Acme.Patterns;
using patternsSample::Acme.Patterns.Questions;

namespace PromptGen.EndToEnd.Tests.Samples;

/// <summary>The patterns as a newcomer runs them: no key, everything over HTTP.</summary>
public class PatternsRunTests
{
    // Wide enough that no cell wraps.
    private const int Wide = 250;

    // All patterns, once for all tests that look at them.
    private static readonly Lazy<Task<(int Code, string Text)>> Patterns = new(() => RunAsync(Wide));

    [Fact]
    public async Task Without_keys_it_runs_every_pattern_and_says_that_the_models_are_simulated()
    {
        var (code, text) = await Patterns.Value;

        Assert.Equal(0, code);
        Assert.Equal(2, text.Split("SIMULATED: openai, anthropic").Length - 1);
        Assert.DoesNotContain("REAL:", text, StringComparison.Ordinal);
        Assert.All(Question.All, question => Assert.Equal(5, Regex.Count(text, $"(?m)^ {question.Id} ")));
    }

    [Theory]
    [InlineData("rules", "Q01", "first step", "haiku-4-5", "yes", "gpt-5.6-luna ✗ 503 → retry ✗ 503 → retry ✗ 503 → haiku-4-5 ✓")]
    [InlineData("rules", "Q02", "first step", "gpt-5.6-luna", "yes", "gpt-5.6-luna ✓")]
    [InlineData("rules", "Q07", "code", "gpt-5.6-terra", "yes", "gpt-5.6-terra ✓")]
    [InlineData("rules", "Q08", "at least 40 tokens", "gpt-5.6-terra", "yes", "gpt-5.6-terra ✓")]
    [InlineData("rules", "Q10", "one of 3 phrases", "gpt-5.6-sol", "yes", "gpt-5.6-sol ✓")]
    [InlineData("llm", "Q02", "RateAsync = Easy", "gpt-5.6-luna", "yes", "router gpt-5.6-luna ✓ → gpt-5.6-luna ✓")]
    [InlineData("llm", "Q07", "otherwise", "gpt-5.6-sol", "yes", "router gpt-5.6-luna ✗ not JSON → gpt-5.6-sol ✓")]
    [InlineData("llm", "Q08", "RateAsync = Easy", "gpt-5.6-luna", "no", "router gpt-5.6-luna ✓ → gpt-5.6-luna ✓")]
    [InlineData("llm", "Q10", "RateAsync = Hard", "gpt-5.6-sol", "yes", "router gpt-5.6-luna ✓ → gpt-5.6-sol ✓")]
    [InlineData("learned", "Q02", "questions.router ≥ 0.1879", "gpt-5.6-luna", "yes", "gpt-5.6-luna ✓")]
    [InlineData("learned", "Q07", "code", "gpt-5.6-sol", "yes", "gpt-5.6-sol ✓")]
    [InlineData("learned", "Q10", "questions.router < 0.1879", "gpt-5.6-sol", "yes", "gpt-5.6-sol ✓")]
    [InlineData("plan", "Q06", "plan = Enterprise", "gpt-5.6-sol", "yes", "gpt-5.6-sol ✓")]
    [InlineData("plan", "Q07", "plan = Team", "gpt-5.6-luna", "no", "gpt-5.6-luna ✓")]
    [InlineData("plan", "Q08", "plan = Team", "gpt-5.6-terra", "yes", "gpt-5.6-luna ✗ rejected → gpt-5.6-terra ✓")]
    [InlineData("plan", "Q09", "plan = Free", "a person", "–", "gpt-5.6-luna ✗ 500 → retry ✗ rejected → a person")]
    [InlineData("judge", "Q02", "first step", "gpt-5.6-luna", "yes", "gpt-5.6-luna ✓ → judge haiku-4-5 ✓")]
    [InlineData("judge", "Q06", "first step", "gpt-5.6-luna", "yes", "gpt-5.6-luna ✓ → judge haiku-4-5 ✗ not JSON → repair ✓")]
    [InlineData("judge", "Q07", "first step", "gpt-5.6-terra", "yes", "gpt-5.6-luna ✗ rejected → judge haiku-4-5 ✓ → gpt-5.6-terra ✓ → judge haiku-4-5 ✓")]
    [InlineData("code", "G01", "first step", "gpt-5.6-luna", "yes", "gpt-5.6-luna ✓")]
    [InlineData("code", "G03", "first step", "gpt-5.6-luna", "yes", "gpt-5.6-luna ✗ rejected → repair ✓")]
    [InlineData("code", "G04", "first step", "gpt-5.6-luna", "yes", "gpt-5.6-luna ✗ rejected → repair ✓")]
    [InlineData("code", "G05", "first step", "gpt-5.6-terra", "yes", "gpt-5.6-luna ✗ rejected → gpt-5.6-terra ✓")]
    [InlineData("code", "G06", "first step", "gpt-5.6-terra", "yes", "gpt-5.6-luna ✗ not JSON → repair ✗ rejected → gpt-5.6-terra ✓")]
    [InlineData("moderate", "M02", "first step", "gpt-5.6-luna", "yes", "gpt-5.6-luna ✓")]
    [InlineData("moderate", "M09", "first step", "gpt-5.6-sol", "yes", "gpt-5.6-luna ✗ 503 → retry ✗ 503 → retry ✗ 503 → gpt-5.6-sol ✓")]
    [InlineData("moderate", "M10", "first step", "gpt-5.6-sol", "yes", "gpt-5.6-luna ✗ rejected → gpt-5.6-sol ✗ 500 → retry ✓")]
    [InlineData("polish", "N02", "first step", "gpt-5.6-luna", "yes", "gpt-5.6-luna ✓")]
    [InlineData("polish", "N06", "first step", "gpt-5.6-sol", "yes", "gpt-5.6-luna ✗ rejected → gpt-5.6-sol ✓")]
    [InlineData("extract", "K01", "first step", "gpt-5.6-sol", "yes", "extract gpt-5.6-luna ✓ → decide gpt-5.6-sol ✓")]
    [InlineData("extract", "K04", "first step", "gpt-5.6-sol", "no", "extract haiku-4-5 ✓ → decide gpt-5.6-sol ✓")]
    public async Task The_table_shows_what_decided_and_who_answered_after_which_attempts(string pattern, string question, string routedBy, string model, string right, string attempts)
    {
        var row = Table((await Patterns.Value).Text, pattern).Single(row => row[0] == question);

        Assert.Equal((routedBy, model, right, attempts), (row[1], row[2], row[3], row[6]));
        Assert.Matches(@"^\$0\.\d{6}$", row[4]);
        Assert.Matches(@"^\$0\.\d{6}$", row[5]);
    }

    [Theory]
    [InlineData("vote", "C01", "100 %", "gpt-5.6-luna", "yes", "gpt-5.6-luna ✗ 429 → retry ✓ Unsafe → haiku-4-5 ✓ Unsafe")]
    [InlineData("vote", "C02", "100 %", "gpt-5.6-luna", "yes", "gpt-5.6-luna ✓ Safe → haiku-4-5 ✗ not JSON → repair ✓ Safe")]
    [InlineData("vote", "C03", "100 %", "gpt-5.6-luna", "yes", "gpt-5.6-luna ✓ Unsafe → haiku-4-5 ✓ Unsafe")]
    [InlineData("vote", "C04", "67 %", "haiku-4-5", "yes", "gpt-5.6-luna ✗ 500 → retry ✓ Unsafe → haiku-4-5 ✓ Safe → gpt-5.6-terra ✓ Safe")]
    [InlineData("vote", "C06", "67 %", "gpt-5.6-luna", "yes", "gpt-5.6-luna ✓ Unsafe → haiku-4-5 ✓ Safe → gpt-5.6-terra ✓ Unsafe")]
    [InlineData("vote", "C07", "100 %", "gpt-5.6-luna", "no", "gpt-5.6-luna ✓ Safe → haiku-4-5 ✓ Safe")]
    [InlineData("vote", "C08", "no quorum", "gpt-5.6-sol", "yes", "gpt-5.6-luna ✗ 503 → retry ✗ 503 → retry ✗ 503 → haiku-4-5 ✗ not JSON → repair ✓ Safe → gpt-5.6-terra ✓ Unsafe → gpt-5.6-sol ✓")]
    [InlineData("weights", "C03", "100 %", "gpt-5.6-terra", "yes", "gpt-5.6-terra ✓ Unsafe → gpt-5.6-luna ✓ Unsafe")]
    [InlineData("weights", "C04", "69 %", "gpt-5.6-terra", "yes", "gpt-5.6-terra ✓ Safe → gpt-5.6-luna ✗ 500 → retry ✓ Unsafe → haiku-4-5 ✓ Safe")]
    [InlineData("weights", "C08", "no quorum", "gpt-5.6-sol", "yes", "gpt-5.6-terra ✓ Unsafe → gpt-5.6-luna ✗ 503 → retry ✗ 503 → retry ✗ 503 → haiku-4-5 ✗ not JSON → repair ✓ Safe → gpt-5.6-sol ✓")]
    [InlineData("jury", "C03", "100 %", "haiku-4-5", "yes", "haiku-4-5 ✓ Unsafe → sonnet-5 ✓ Unsafe")]
    [InlineData("jury", "C06", "50 %", "sonnet-5", "yes", "haiku-4-5 ✓ Safe → sonnet-5 ✓ Unsafe → judge gpt-5.6-terra ✓ → judge gpt-5.6-terra ✓")]
    public async Task The_table_of_an_ensemble_shows_who_voted_what_and_how_far_they_agree(string pattern, string code, string agreement, string model, string right, string attempts)
    {
        var row = Table((await Patterns.Value).Text, pattern).Single(row => row[0] == code);

        Assert.Equal((agreement, model, right, attempts), (row[1], row[2], row[3], row[6]));
    }

    [Fact]
    public async Task Models_that_are_asked_side_by_side_are_printed_in_the_same_order_in_every_run()
    {
        var (_, text) = await Patterns.Value;

        for (var run = 0; run < 3; run++)
        {
            Assert.Equal(Rows(text), Rows((await RunAsync(Wide, "vote")).Text));
        }

        static IEnumerable<string> Rows(string text) => Table(text, "vote").Select(static row => string.Join('|', row));
    }

    [Fact]
    public async Task The_ceiling_of_the_free_plan_holds_in_every_row()
    {
        var free = Table((await Patterns.Value).Text, "plan").Where(static row => row[1] == "plan = Free").ToList();

        Assert.Equal(Question.All.Count(static question => question.Plan == Plan.Free), free.Count);
        Assert.All(free, static row => Assert.DoesNotMatch("terra|sonnet|sol|opus", row[6]));
    }

    [Fact]
    public async Task The_totals_are_the_sums_of_the_rows_and_each_pattern_costs_less_than_the_strongest_model()
    {
        var (_, text) = await Patterns.Value;

        foreach (var pattern in Pattern.All.Select(static pattern => pattern.Name))
        {
            var rows = Table(text, pattern).ToList();
            var alone = rows.Sum(static row => Usd(row[5]));
            var cost = rows.Sum(static row => Usd(row[4]));
            var total = Regex.Split(Assert.Single(text.Split('\n'), line => Regex.IsMatch(line, $@"^ {pattern} +\d")).Trim(), " {2,}");

            Assert.Equal(rows.Count(static row => row[3] == "yes"), int.Parse(total[1]));
            Assert.Equal(rows.Count(static row => row[3] == "no"), int.Parse(total[2]));
            Assert.Equal(rows.Count(static row => row[3] == "–"), int.Parse(total[3]));
            Assert.Equal(rows.Sum(static row => Regex.Count(row[6], "[✓✗]")), int.Parse(total[4]));
            Assert.InRange(cost, Usd(total[5]) - 0.00001m, Usd(total[5]) + 0.00001m); // the rows are rounded
            Assert.InRange(1 - (cost / alone), 0.01m, 0.99m);
            Assert.Equal($"{(1 - (cost / alone)) * 100:0} %", total[6]);
        }
    }

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(120)]
    public async Task The_report_fits_the_width_of_the_console(int columns)
    {
        var (_, text) = await RunAsync(columns);

        var lines = text.Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 0, columns));
        Assert.DoesNotContain('\u001b', text);
        Assert.DoesNotContain(lines, static line => line.StartsWith('…')); // how a table says that it does not fit
        Assert.Equal(columns >= 100 ? Pattern.All.Count : 0, lines.Count(static line => line.StartsWith(" case", StringComparison.Ordinal) && line.Contains("on gpt-5.6-sol", StringComparison.Ordinal)));
        Assert.Equal(columns >= 120 ? Pattern.All.Count : 0, lines.Count(static line => line.Contains("answered by", StringComparison.Ordinal)));
        Assert.Equal(Pattern.All.Count, lines.Count(static line => line.Contains("attempts and why", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Patterns_can_be_run_alone()
    {
        var (code, text) = await RunAsync(Wide, "judge", "plan");

        Assert.Equal(0, code);
        Assert.Equal(2, Regex.Count(text, "(?m)^ Q01 "));
        Assert.Equal(
            Table((await Patterns.Value).Text, "plan").Select(static row => string.Join('|', row)),
            Table(text, "plan").Select(static row => string.Join('|', row)));
    }

    [Fact]
    public async Task Help_and_mistakes_are_explained()
    {
        Assert.Contains("ANTHROPIC_API_KEY", (await RunAsync(Wide, "rules", "--help")).Text, StringComparison.Ordinal);
        var (code, text) = await RunAsync(Wide, "rules", "rule");

        Assert.Equal(2, code);
        Assert.Contains("Unknown pattern rule.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_run_ends_cleanly()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        await using var output = new StringWriter();

        var code = await PatternsApp.RunAsync([], output, _ => null, cancellation.Token);

        Assert.Equal(130, code);
        Assert.Contains("Cancelled.", output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Runs the program without a key.</summary>
    internal static async Task<(int Code, string Text)> RunAsync(int columns, params string[] arguments)
    {
        // Tests run side by side: each run has a journal of its own.
        var journal = Path.Combine(Path.GetTempPath(), $"promptgen-{Guid.NewGuid():N}.db");
        await using var output = new StringWriter { NewLine = "\n" };
        try
        {
            string[] all = arguments.Contains("--journal") ? arguments : [.. arguments, "--journal", journal];
            var code = await PatternsApp.RunAsync(all, output, variable => variable == "COLUMNS" ? $"{columns}" : null, CancellationToken.None);

            return (code, output.ToString());
        }
        finally
        {
            File.Delete(journal);
        }
    }

    private static decimal Usd(string text) => decimal.Parse(text.TrimStart('$'), System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<string[]> Table(string text, string pattern) =>
        text.Split('\n')
            .SkipWhile(line => !line.EndsWith($"({pattern})", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(static line => line.Trim().Length > 0)
            .Where(static line => Regex.IsMatch(line, @"^ [A-Z]\d"))
            .Select(static line => Regex.Split(line.Trim(), " {2,}"));
}
