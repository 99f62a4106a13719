using System.Buffers;
using System.Text;
using System.Text.Json;
using PromptGen.Contracts;
using PromptGen.Contracts.Repair;

namespace PromptGen.Tests.Contracts;

/// <summary>
/// What two other repairers expect of the syntax of broken JSON, against ours: in the safe categories it says the same or refuses, in the others, where
/// they disagree among themselves, it refuses or says what it repaired.
/// </summary>
public sealed class MalformedJsonTests(ITestOutputHelper output)
{
    // Same, other and flagged, truncated, refused. What is other in a safe category are several values in one text, tuples and texts that are trimmed.
    private const string Expected = """
        json_repair, array: 5 1 11 12
        json_repair, comments: 4 1 3 0
        json_repair, escape: 2 1 0 0
        json_repair, jsonp/mongo/regex/concat: 0 4 0 0
        json_repair, markdown-fence: 6 21 0 0
        json_repair, missing comma/colon: 0 0 0 1
        json_repair, ndjson/multiple values: 1 5 0 0
        json_repair, numbers: 13 5 3 0
        json_repair, object: 19 9 11 20
        json_repair, other: 20 3 10 4
        json_repair, python/js constants: 5 7 0 0
        json_repair, quotes: 14 1 4 7
        json_repair, trailing/leading comma: 0 1 1 0
        jsonrepair, comments: 14 0 0 0
        jsonrepair, ellipsis: 0 1 0 17
        jsonrepair, escape: 18 5 1 13
        jsonrepair, jsonp/mongo/regex/concat: 15 11 2 1
        jsonrepair, markdown-fence: 12 0 0 0
        jsonrepair, missing comma/colon: 8 6 13 2
        jsonrepair, numbers: 18 8 0 0
        jsonrepair, object: 0 0 1 2
        jsonrepair, other: 1 0 0 0
        jsonrepair, python/js constants: 6 0 0 0
        jsonrepair, quotes: 35 1 5 10
        jsonrepair, throws-unrepairable: 0 6 5 1
        jsonrepair, trailing/leading comma: 21 1 0 4
        jsonrepair, truncated: 5 6 52 19
        jsonrepair, unquoted/unknown symbols: 7 0 0 0
        jsonrepair, valid-json: 54 0 1 0
        jsonrepair, whitespace: 9 0 0 0
        """;

    private enum Verdict
    {
        Same,
        Other,
        Truncated,
        Refused,
    }

    [SharedDataFact("malformed-json/cases.json")]
    public void Safe_repairs_are_what_others_expect_and_the_rest_is_refused_or_flagged()
    {
        var counts = new SortedDictionary<string, int[]>(StringComparer.Ordinal);
        var different = new List<string>();
        foreach (var test in Cases())
        {
            var (verdict, rungs, json) = Judge(test);
            var key = $"{test.Source}, {test.Category}";
            counts.TryAdd(key, new int[4]);
            counts[key][(int)verdict]++;
            if (verdict == Verdict.Other)
            {
                different.Add($"{key}: {test.Input.ReplaceLineEndings("\\n")} => {json} [{rungs}], not {test.Expected?.GetRawText()}");
                Assert.True(rungs != Rungs.None || TryParse(test.Input, out _));
            }
        }

        output.WriteLine("same, other and flagged, truncated, refused");
        var lines = counts.Select(static pair => $"{pair.Key}: {string.Join(' ', pair.Value)}").ToList();
        lines.ForEach(output.WriteLine);
        different.ForEach(output.WriteLine);
        Assert.Equal(Expected.ReplaceLineEndings("\n"), string.Join('\n', lines));
    }

    private static (Verdict Verdict, Rungs Rungs, string Json) Judge(Case test)
    {
        var guard = new ReadingGuard();
        var text = AnswerText.InFence(Encoding.UTF8.GetBytes(test.Input.Trim()), guard, out var around);
        var start = text.IndexOfAny((byte)'{', (byte)'[');
        text = start > 0 && text[..start].IndexOfAny("\"'"u8) < 0 ? text[start..] : text;
        var json = new ArrayBufferWriter<byte>();
        var repairer = new JsonRepairer(text, json, guard);
        var outcome = repairer.Repair();
        if (outcome != RepairOutcome.Repaired)
        {
            return (outcome == RepairOutcome.Ended ? Verdict.Truncated : Verdict.Refused, Rungs.None, "");
        }

        var rungs = repairer.Rungs | around | (start > 0 ? Rungs.Prose : Rungs.None) | AnswerText.Around([], text[repairer.Length..], guard);
        var value = JsonDocument.Parse(json.WrittenMemory).RootElement;
        return (test.Expected is { } expected && JsonElement.DeepEquals(value, expected) ? Verdict.Same : Verdict.Other, rungs, Encoding.UTF8.GetString(json.WrittenSpan));
    }

    /// <summary>The cases without a schema. Where a repairer is expected to throw, or to answer with what is no JSON, there is no value.</summary>
    private static IEnumerable<Case> Cases()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(SharedData.Find("malformed-json/cases.json")));
        foreach (var test in document.RootElement.EnumerateArray())
        {
            var source = test.GetProperty("source").GetString()!;
            if (source.EndsWith("repair", StringComparison.Ordinal) && !test.TryGetProperty("schema", out _) && !test.TryGetProperty("options", out _))
            {
                var expected = test.GetProperty("expected");
                var kind = test.GetProperty("expectedKind").GetString();
                JsonElement? value = null;
                var hasText = kind == "text" && TryParse(expected.GetString()!, out value);
                yield return new Case(source.Split('/')[1], test.GetProperty("category").GetString()!, test.GetProperty("input").GetString()!, kind == "value" ? expected.Clone() : hasText ? value : null);
            }
        }
    }

    private static bool TryParse(string text, out JsonElement? value)
    {
        value = null;
        try
        {
            value = JsonDocument.Parse(text).RootElement;
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private sealed record Case(string Source, string Category, string Input, JsonElement? Expected);
}
