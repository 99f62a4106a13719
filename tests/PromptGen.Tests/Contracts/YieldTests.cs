using System.Globalization;
using System.Text.Json;
using PromptGen.Contracts;
using PromptGen.Evaluation;

namespace PromptGen.Tests.Contracts;

/// <summary>
/// What the ladder makes of the answers that 44 and 51 real models gave to be read as <c>{reasoning, answer}</c>, beside ZeroEval's own extractor on the same answers. That
/// looks for the member <c>answer</c> alone, by regular expression if need be, in whatever text: also in answers that ended early or are no object.
/// </summary>
public sealed class YieldTests(ITestOutputHelper output)
{
    private static readonly string[] Around = ["Bom", "Thinking", "Fence", "Prose"];
    private static readonly string[] Syntax =
    [
        "Whitespace", "Comment", "TrailingComma", "ExtraComma", "MissingComma", "StrayCloser", "Quotes", "TripleQuotes", "InnerQuotes", "MissingQuote", "Concatenation", "Escape", "ControlCharacter", "Constant",
        "Unquoted", "RepeatedName", "Stringified",
    ];

    /// <summary>What may become of an answer; the first five are accepted.</summary>
    private enum Column
    {
        Strict,
        Around,
        Syntax,
        Type,
        Salvage,
        Truncated,
        Rejected,
        ExtractorNone,
        Right,
        ExtractorRight,
    }

    [SharedDataFact("zeroeval/gsm")]
    public void Of_the_answers_to_gsm_as_many_are_read_as_can_be() => Replay("gsm", [6693, 42498, 7768, 65, 247, 43, 84, 74, 50218, 50127]);

    [SharedDataFact("zeroeval/crux")]
    public void Of_the_answers_to_crux_as_many_are_read_as_can_be() => Replay("crux", [3886, 31500, 4891, 129, 207, 73, 114, 136, 25871, 25796]);

    /// <param name="task">The task.</param>
    /// <param name="expected">How many answers are counted in each column.</param>
    private void Replay(string task, int[] expected)
    {
        var answers = ZeroEval.Answers(task);
        var metric = ZeroEval.Metric(task);
        var solutions = answers.Questions.ToDictionary(static question => question.Id, static question => question.Expected);
        var total = new int[Enum.GetValues<Column>().Length];
        output.WriteLine($"| {task} | answers | strict | + around | + syntax | + type | + salvage | truncated | rejected | extractor: none | right | extractor: right |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var (model, published) in ZeroEval.Published(task).OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            var counts = new int[total.Length];
            foreach (var answer in answers.Answers(model))
            {
                Count(metric, answer.Text, solutions[answer.Id], counts);
            }

            output.WriteLine(Row(model, counts));
            Assert.True(Math.Abs(Percent(counts, Column.ExtractorNone) - published) < 0.006, $"{model}: {Percent(counts, Column.ExtractorNone)}, published {published}");
            for (var i = 0; i < counts.Length; i++)
            {
                total[i] += counts[i];
            }
        }

        output.WriteLine(Row("**all**", total));
        output.WriteLine(string.Join(", ", total));
        Assert.Equal(expected, total);
    }

    private static string Row(string name, int[] counts)
    {
        var accepted = 0.0;
        var cells = Enum.GetValues<Column>().Select(column => column switch
        {
            Column.Right or Column.ExtractorRight => counts[(int)column].ToString(CultureInfo.InvariantCulture),
            <= Column.Salvage => (accepted += Percent(counts, column)).ToString("0.00", CultureInfo.InvariantCulture),
            _ => Percent(counts, column).ToString("0.00", CultureInfo.InvariantCulture),
        });
        return $"| {name} | {Answers(counts)} | {string.Join(" | ", cells)} |";
    }

    private static double Percent(int[] counts, Column column) => 100.0 * counts[(int)column] / Answers(counts);

    private static int Answers(int[] counts) => counts.Take((int)Column.ExtractorNone).Sum();

    private static void Count(AnswerMetric metric, string text, string solution, int[] counts)
    {
        var (column, answer) = Read(text);
        var extracted = metric.Find(text);
        counts[(int)column]++;
        counts[(int)Column.Right] += (int)metric.Score(answer, solution);
        counts[(int)Column.ExtractorNone] += extracted is null ? 1 : 0;
        counts[(int)Column.ExtractorRight] += (int)metric.Score(extracted, solution);
    }

    private static (Column Column, string? Answer) Read(string text)
    {
        var lenient = SolutionContract.Instance.Read(text);
        if (lenient.Code != PromptErrorCode.None)
        {
            var salvaged = SolutionContract.Instance.Read(text, Tolerance.Salvage);
            return (salvaged.Code == PromptErrorCode.None ? Column.Salvage : lenient.Code == PromptErrorCode.Truncated ? Column.Truncated : Column.Rejected, salvaged.Value?.Answer);
        }

        var exact = SolutionContract.Instance.Read(text, Tolerance.Exact);
        if (exact.Code == PromptErrorCode.None)
        {
            Assert.Empty(lenient.Rungs);
            Assert.Equal(exact.Value, lenient.Value);
            Assert.Equal(exact.Value, JsonSerializer.Deserialize<Solution>(text, JsonSerializerOptions.Web));
            return (Column.Strict, exact.Value!.Answer);
        }

        Assert.NotEmpty(lenient.Rungs);
        var column = lenient.Rungs.All(Around.Contains) ? Column.Around : lenient.Rungs.All(static rung => Around.Contains(rung) || Syntax.Contains(rung)) ? Column.Syntax : Column.Type;
        return (column, lenient.Value!.Answer);
    }

    private sealed record Solution(string Reasoning, string Answer);

    private sealed class SolutionContract : PromptContract<Solution>
    {
        public static readonly SolutionContract Instance = new();

        public override string Name => "Solution";

        public override ReadOnlySpan<byte> SchemaUtf8 =>
            """{"type":"object","properties":{"reasoning":{"type":"string"},"answer":{"type":"string"}},"required":["reasoning","answer"],"additionalProperties":false}"""u8;

        public override Solution ReadValue(ref ContractReader reader)
        {
            string reasoning = default!;
            string answer = default!;
            var seen = 0UL;
            if (!reader.StartObject("an object"))
            {
                return default!;
            }

            while (reader.NextMember())
            {
                if (reader.Is("reasoning"u8, ref seen, 0))
                {
                    reasoning = reader.String("a string");
                }
                else if (reader.Is("answer"u8, ref seen, 1))
                {
                    answer = reader.String("a string");
                }
                else
                {
                    reader.Unknown("\"reasoning\", \"answer\"");
                }
            }

            reader.Require(seen, 0, "reasoning", "a string");
            reader.Require(seen, 1, "answer", "a string");
            return reader.HasFailed ? default! : new Solution(reasoning, answer);
        }
    }
}
