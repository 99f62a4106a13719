using System.Text.Encodings.Web;
using System.Text.Json;
using PromptGen.Contracts;

namespace PromptGen.Generators.Tests.Contracts.Replay;

/// <summary>Counts the verdicts on cases with the two tolerances that repair, and keeps the cases that are read as another value.</summary>
internal sealed class Tally(ITestOutputHelper output)
{
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SortedDictionary<string, int[]> _counts = new(StringComparer.Ordinal);
    private readonly List<string> _others = [];

    /// <summary>The cases that are read otherwise, each once: what was written, and what it is read as.</summary>
    public IReadOnlyList<string> Others => _others;

    /// <summary>One line for each category: same, other, truncated, refused under Lenient, then under Salvage.</summary>
    public string Table => string.Join('\n', _counts.Select(static pair => $"{pair.Key}: {string.Join(' ', pair.Value.Take(4))} | {string.Join(' ', pair.Value.Skip(4))}"));

    /// <summary>Reads a case under both tolerances.</summary>
    public void Read(RepairCase test, Func<Tolerance, ContractReading<JsonElement>> read, Func<JsonElement, JsonElement, bool> same)
    {
        foreach (var tolerance in (Tolerance[])[Tolerance.Lenient, Tolerance.Salvage])
        {
            var reading = read(tolerance);
            var verdict = Judge(test, reading, same);
            _counts.TryAdd(test.Category, new int[8]);
            _counts[test.Category][(int)verdict + (tolerance == Tolerance.Salvage ? 4 : 0)]++;
            if (verdict != Verdict.Same)
            {
                output.WriteLine($"{tolerance} {verdict}: {test.Name}: {test.Input.ReplaceLineEndings("\\n")}");
                output.WriteLine($"  => {(reading.Code == PromptErrorCode.None ? Plain(reading.Value) : reading.Code)} [{string.Join(' ', reading.Rungs)}] {string.Join("; ", reading.Violations.Take(2))}");
                output.WriteLine($"  not {(test.Expected is { } expected ? Plain(expected) : "refused")}");
            }

            if (verdict == Verdict.Other && !_others.Contains(test.Name))
            {
                _others.Add(test.Name);
            }
        }
    }

    private static string Plain(JsonElement value) => JsonSerializer.Serialize(value, s_plain);

    private static Verdict Judge(RepairCase test, ContractReading<JsonElement> reading, Func<JsonElement, JsonElement, bool> same) =>
        reading.Code == PromptErrorCode.None
            ? test.Expected is { } expected && same(expected, reading.Value) ? Verdict.Same : Verdict.Other
            : test.Expected is null ? Verdict.Same
            : reading.Code == PromptErrorCode.Truncated ? Verdict.Truncated
            : Verdict.Refused;
}
