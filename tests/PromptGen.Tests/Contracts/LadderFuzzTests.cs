using System.Buffers;
using System.Text;
using System.Text.Json;
using PromptGen.Contracts;
using PromptGen.Contracts.Repair;

namespace PromptGen.Tests.Contracts;

/// <summary>What holds for every answer, however broken.</summary>
public sealed class LadderFuzzTests
{
    private const string Json = """{"title":"Good, \"quoted\" and é","stars":4,"tags":["a","b c"]}""";

    private static readonly JsonSerializerOptions s_relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly PromptErrorCode[] Codes =
        [PromptErrorCode.None, PromptErrorCode.InvalidJson, PromptErrorCode.SchemaMismatch, PromptErrorCode.Truncated, PromptErrorCode.EmptyOutput];

    [Fact]
    public void No_answer_throws_and_a_wider_tolerance_never_changes_what_a_narrower_one_reads()
    {
        var mutator = new AnswerMutator(new Random(1), Json, "[1, 2, 3]", """{"value":{"x":"y"}}""");
        var read = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var answer = mutator.Next();
            var exact = NoteContract.Instance.Read(answer, Tolerance.Exact);
            var lenient = NoteContract.Instance.Read(answer);
            var salvaged = NoteContract.Instance.Read(answer, Tolerance.Salvage);

            Assert.Contains(lenient.Code, Codes);
            AssertAgree(exact, lenient, answer);
            AssertAgree(lenient, salvaged, answer);
            Assert.Equal(exact.Code == PromptErrorCode.None, lenient is { Code: PromptErrorCode.None, Rungs.Count: 0 });
            read += lenient.Code == PromptErrorCode.None ? 1 : 0;
        }

        // Neither so broken that nothing is tried, nor so whole that nothing breaks.
        Assert.InRange(read, 1_000, 19_000);
    }

    [Fact]
    public void What_is_json_is_not_repaired()
    {
        var random = new Random(2);
        for (var i = 0; i < 3_000; i++)
        {
            var json = RandomJson(random, 5);
            var output = new ArrayBufferWriter<byte>();
            var repairer = new JsonRepairer(Encoding.UTF8.GetBytes(json), output, new ReadingGuard());

            Assert.Equal(RepairOutcome.Repaired, repairer.Repair());
            Assert.Equal(Rungs.None, repairer.Rungs);
            Assert.Equal(Encoding.UTF8.GetByteCount(json), repairer.Length);
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(json), JsonElement.Parse(output.WrittenSpan)), json);
        }
    }

    [Fact]
    public void What_is_repaired_is_json()
    {
        var mutator = new AnswerMutator(new Random(3), Json, """{"a":[1,{"b":null}],"c":"d"}""");
        var repaired = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var output = new ArrayBufferWriter<byte>();
            var text = mutator.Next();
            if (new JsonRepairer(Encoding.UTF8.GetBytes(text), output, new ReadingGuard()).Repair() == RepairOutcome.Repaired)
            {
                using var document = JsonDocument.Parse(output.WrittenMemory, new JsonDocumentOptions { MaxDepth = 64 });
                repaired++;
            }
        }

        Assert.InRange(repaired, 1_000, 19_000);
    }

    [Theory]
    [InlineData("""{"title":"Good","stars":4,"tags":["a","b"]}""")]
    [InlineData("""{'title':'Good','stars':4,'tags':['a','b']}""")]
    [InlineData("""{title: Good, stars: 4, tags: [a, b]}""")]
    [InlineData("{\"title\":\"\"\"Good\"\"\", /* or */ \"stars\":\"4\", \"tags\":[\"a\", \"b\"],}")]
    public void An_answer_that_ends_early_is_never_completed(string answer)
    {
        Assert.Equal(PromptErrorCode.None, NoteContract.Instance.Read(answer).Code);
        for (var length = 1; length < answer.Length; length++)
        {
            foreach (var tolerance in Enum.GetValues<Tolerance>())
            {
                Assert.NotEqual(PromptErrorCode.None, NoteContract.Instance.Read(answer[..length], tolerance).Code);
            }
        }
    }

    // Each would take hours if any step looked at all of what is left again and again.
    [Theory]
    [InlineData("{\"title\":\"", "\" \" ")]
    [InlineData("{\"title\":\"", "\"//")]
    [InlineData("{\"title\":", ",//")]
    [InlineData("{title: ", ",a")]
    [InlineData("{title: ", "\n")]
    [InlineData("{title: ", "/* ")]
    [InlineData("{\"title\": ", "\"\"\" ")]
    [InlineData("{'title': '", "' , ' ")]
    [InlineData("", "{a:")]
    [InlineData("", "{'a':[")]
    [InlineData("", "[{")]
    [InlineData("", "{a} ")]
    [InlineData("<think>", "</")]
    [InlineData("", "<think>")]
    [InlineData("", "```\n")]
    [InlineData("{\"tags\":[", "\"a\" ")]
    [InlineData("{\"tags\":[", "1,")]
    [InlineData("{\"title\":\"x", "\\")]
    [InlineData("{\"title\":\"\"\"", "\n ")]
    public void A_hostile_answer_takes_linear_time(string start, string piece)
    {
        var answer = new StringBuilder(start).Insert(start.Length, piece, 1_000_000 / piece.Length).ToString();

        Assert.NotEqual(PromptErrorCode.None, NoteContract.Instance.Read(answer, Tolerance.Salvage).Code);
        Assert.NotEqual(PromptErrorCode.None, NoteContract.Instance.Read(answer + "}", Tolerance.Salvage).Code);
    }

    private static void AssertAgree(ContractReading<Note> narrow, ContractReading<Note> wide, string answer)
    {
        if (narrow.Code == PromptErrorCode.None)
        {
            Assert.True(wide.Code == PromptErrorCode.None, answer);
            Assert.Equal(narrow.Value! with { Tags = [] }, wide.Value! with { Tags = [] });
            Assert.Equal(narrow.Value.Tags, wide.Value.Tags);
            Assert.Equal(narrow.Rungs, wide.Rungs);
        }
    }

    private static string RandomJson(Random random, int depth) => random.Next(depth > 0 ? 7 : 5) switch
    {
        0 => random.Next(-1000, 1000).ToString(System.Globalization.CultureInfo.InvariantCulture),
        1 => (random.NextDouble() * Math.Pow(10, random.Next(-20, 20))).ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        2 => random.Next(3) switch { 0 => "true", 1 => "false", _ => "null" },
        3 or 4 => RandomText(random),
        5 => $"[{string.Join(random.Next(2) == 0 ? "," : " ,\n ", Enumerable.Range(0, random.Next(5)).Select(_ => RandomJson(random, depth - 1)))}]",
        _ => $"{{{string.Join(random.Next(2) == 0 ? "," : "\n, ", Enumerable.Range(0, random.Next(5)).Select(_ => $"{RandomText(random)}{(random.Next(2) == 0 ? ":" : " : ")}{RandomJson(random, depth - 1)}"))}}}",
    };

    private static string RandomText(Random random)
    {
        const string Characters = "abc {}[]:,'\"`“”’#/*\\\n\té😀0-9";
        var runes = Characters.EnumerateRunes().ToArray();
        var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => runes[random.Next(runes.Length)]));
        return JsonSerializer.Serialize(text, random.Next(2) == 0 ? JsonSerializerOptions.Default : s_relaxed);
    }
}
