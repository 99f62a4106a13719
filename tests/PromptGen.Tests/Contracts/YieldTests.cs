using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using PromptGen.Contracts;
using Xunit.Abstractions;

namespace PromptGen.Tests.Contracts;

/// <summary>
/// What the ladder makes of the answers that 44 and 51 real models gave to be read as <c>{reasoning, answer}</c>. The published extractor looks for the
/// member <c>answer</c> alone, with a regular expression, in whatever text: it finds one in answers that ended early or are no object, too.
/// </summary>
public sealed class YieldTests(ITestOutputHelper output)
{
    private static readonly string[] Around = ["Bom", "Thinking", "Fence", "Prose"];
    private static readonly string[] Syntax =
        ["Whitespace", "Comment", "TrailingComma", "ExtraComma", "MissingComma", "StrayCloser", "Quotes", "TripleQuotes", "InnerQuotes", "MissingQuote", "Concatenation", "Escape", "ControlCharacter", "Constant", "Unquoted", "Stringified"];

    [SharedDataFact("zeroeval/gsm")]
    public void Of_the_answers_to_gsm_as_many_are_read_as_can_be() => Replay("gsm", [57398, 6693, 42686, 7780, 65, 29, 43, 102]);

    [SharedDataFact("zeroeval/crux")]
    public void Of_the_answers_to_crux_as_many_are_read_as_can_be() => Replay("crux", [40800, 3886, 31549, 4892, 129, 92, 73, 179]);

    /// <param name="task">The task.</param>
    /// <param name="expected">Answers; accepted strictly, around, syntax, type, salvage; truncated, rejected.</param>
    private void Replay(string task, int[] expected)
    {
        var published = File.ReadLines(SharedData.Find($"zeroeval/{task}/format.csv")).Skip(1).Select(static line => line.Split(','))
            .ToDictionary(static cells => cells[0], static cells => double.Parse(cells[8], CultureInfo.InvariantCulture));
        output.WriteLine($"| {task} | answers | strict | + around | + syntax | + type | + salvage | truncated | rejected | published: none |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        var total = new int[8];
        var (missed, atLeast) = (0.0, 0);
        foreach (var file in Directory.EnumerateFiles(SharedData.Find($"zeroeval/{task}/outputs")).Order(StringComparer.Ordinal))
        {
            var model = Path.GetFileName(file)[..^".jsonl.gz".Length];
            var counts = Count(file);
            output.WriteLine(Row(model, counts, published[model].ToString("0.00", CultureInfo.InvariantCulture)));
            missed += published[model] / published.Count;
            atLeast += 100.0 * (counts[6] + counts[7] + counts[5]) / counts[0] <= published[model] + 0.005 ? 1 : 0;
            for (var i = 0; i < counts.Length; i++)
            {
                total[i] += counts[i];
            }
        }

        output.WriteLine(Row("**all**", total, missed.ToString("0.00", CultureInfo.InvariantCulture)));
        output.WriteLine($"{string.Join(", ", total)}; at least as many as published: {atLeast} of {published.Count} models");
        Assert.Equal(expected, total);
    }

    private static string Row(string name, int[] counts, string published)
    {
        var accepted = 0;
        var cells = counts.Skip(1).Take(5).Select(count => Percent(accepted += count, counts[0]));
        return $"| {name} | {counts[0]} | {string.Join(" | ", cells)} | {Percent(counts[6], counts[0])} | {Percent(counts[7], counts[0])} | {published} |";
    }

    private static string Percent(int count, int all) => (100.0 * count / all).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Answers; accepted strictly, around, syntax, type, salvage; truncated, rejected.</summary>
    private static int[] Count(string file)
    {
        var counts = new int[8];
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            var answer = document.RootElement.GetProperty("output");
            var text = answer.ValueKind == JsonValueKind.Array ? answer[0].GetString()! : answer.GetString()!;
            counts[0]++;
            counts[Rung(text)]++;
        }

        return counts;
    }

    private static int Rung(string text)
    {
        var lenient = SolutionContract.Instance.Read(text);
        if (lenient.Code != PromptErrorCode.None)
        {
            return SolutionContract.Instance.Read(text, Tolerance.Salvage).Code == PromptErrorCode.None ? 5 : lenient.Code == PromptErrorCode.Truncated ? 6 : 7;
        }

        var exact = SolutionContract.Instance.Read(text, Tolerance.Exact);
        if (exact.Code == PromptErrorCode.None)
        {
            Assert.Empty(lenient.Repairs);
            Assert.Equal(exact.Value, lenient.Value);
            Assert.Equal(exact.Value, JsonSerializer.Deserialize<Solution>(text, JsonSerializerOptions.Web));
            return 1;
        }

        Assert.NotEmpty(lenient.Repairs);
        return lenient.Repairs.All(Around.Contains) ? 2 : lenient.Repairs.All(rung => Around.Contains(rung) || Syntax.Contains(rung)) ? 3 : 4;
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
