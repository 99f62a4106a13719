using System.Text.Json;
using Microsoft.Extensions.AI;
using PromptGen.Contracts;
using PromptGen.Contracts.Schemas;
using PromptGen.Generators.Tests.Contracts.SchemaFiles;
using PromptGen.Streaming;

namespace PromptGen.Generators.Tests.Contracts.Replay;

/// <summary>What two other projects make of an answer that is still coming: read as a whole it is none, as a stream its members come as theirs do.</summary>
public sealed class PartialAnswerTests(ITestOutputHelper output)
{
    private static readonly Lazy<(CompiledSchemas Schemas, int Any, int Object)> s_contracts = new(static () =>
    {
        var schemas = new CompiledSchemas();
        var any = schemas.AddContract("true");
        var anyObject = schemas.AddContract("""{"type":"object"}""");
        return (schemas.Build(), any, anyObject);
    });

    [SharedDataFact(RepairCase.File)]
    public void Read_as_a_whole_an_answer_that_is_not_whole_is_none()
    {
        var cases = RepairCase.Of("promplate/partial-json-parser-js");
        var counts = new SortedDictionary<PromptErrorCode, int>();
        foreach (var test in cases)
        {
            var contract = Contract(test);
            foreach (var tolerance in Enum.GetValues<Tolerance>())
            {
                var reading = contract.Read(test.Input, tolerance);
                Assert.Equal(IsJson(test.Input) && tolerance != Tolerance.Exact, reading.Code == PromptErrorCode.None);
                Assert.True(reading.Code != PromptErrorCode.None || JsonElement.DeepEquals(test.Expected!.Value, reading.Value));
            }

            var code = contract.Read(test.Input, Tolerance.Salvage).Code;
            Assert.True(test.Input[0] is not ('{' or '[') || code == PromptErrorCode.Truncated, test.Input);
            counts[code] = counts.GetValueOrDefault(code) + 1;
        }

        output.WriteLine(string.Join(", ", counts));
        Assert.Equal("[None, 2], [Truncated, 14], [InvalidJson, 16]", string.Join(", ", counts));
    }

    [SharedDataFact(RepairCase.File)]
    public void As_a_stream_an_object_has_the_members_that_partial_json_parser_gives()
    {
        var cases = RepairCase.Of("promplate/partial-json-parser-js").FindAll(static test => test.Input[0] == '{');
        foreach (var test in cases)
        {
            var (last, code) = LastSnapshot(Contract(test), test.Input, [""]);

            Assert.Equal(PromptErrorCode.Truncated, code);
            Assert.DoesNotContain(last.Members, member => member.State == SnapshotState.Done && test.Expected is not null);
            foreach (var member in test.Expected?.EnumerateObject() ?? [])
            {
                // A text counts as begun only from its first character on.
                Assert.Equal((member.Value.GetString(), SnapshotState.Pending), (last[member.Name].Text, last[member.Name].State));
            }
        }

        Assert.Equal(8, cases.Count);
    }

    [SharedDataFact(RepairCase.File)]
    public void As_a_stream_a_list_has_no_item_that_is_not_whole()
    {
        var cases = RepairCase.Of("promplate/partial-json-parser-js").FindAll(static test => test.Input[0] == '[');
        foreach (var test in cases)
        {
            var items = new ElementItems<JsonElement>(Contract(test));
            var whole = Read(items, test.Input).Count;

            Assert.Equal(test.Input.Count(static c => c == '"') / 2, whole);
            Assert.Equal(PromptErrorCode.Truncated, items.Code);
        }

        Assert.Equal(6, cases.Count);
    }

    [SharedDataFact(RepairCase.File)]
    public void As_a_stream_what_is_done_is_what_BAML_has_of_it()
    {
        var states = new SortedDictionary<SnapshotState, int>();
        var cases = RepairCase.Of("BoundaryML/baml").FindAll(static test => test.Option("partial") is not null && test.Expected is { ValueKind: JsonValueKind.Object });
        var codes = new SortedDictionary<PromptErrorCode, int>();
        foreach (var test in cases)
        {
            var names = BamlSchema.Of(test.Raw.GetProperty("schema_baml").GetString()!, test.Raw.GetProperty("target").GetString()!).OtherNames;
            var expected = test.Expected!.Value.EnumerateObject().ToDictionary(member => names.GetValueOrDefault(member.Name, member.Name), static member => member.Value);
            var (last, code) = LastSnapshot(s_contracts.Value.Schemas.Contract(s_contracts.Value.Object), test.Input, [.. expected.Keys]);
            codes[code] = codes.GetValueOrDefault(code) + 1;
            Assert.Equal(last.IsComplete, code == PromptErrorCode.None);
            foreach (var member in last.Members)
            {
                states[member.State] = states.GetValueOrDefault(member.State) + 1;
                var value = expected[member.Name];
                Assert.True(member.State != SnapshotState.Done || IsSame(value, member.Text), $"{test.Name}: {member.Name} is {member.Text}, not {value.GetRawText()}");
                Assert.True(member.State != SnapshotState.Pending || code == PromptErrorCode.InvalidJson || value.GetRawText() is "null" or "[]", $"{test.Name}: {member.Name} is {value.GetRawText()}");
            }
        }

        output.WriteLine($"{string.Join(", ", codes)}: {string.Join(", ", states)}");
        Assert.Equal("[None, 2], [Truncated, 13], [InvalidJson, 1]: [Pending, 21], [Partial, 13], [Done, 18]", $"{string.Join(", ", codes)}: {string.Join(", ", states)}");
    }

    private static SchemaContract<JsonElement> Contract(RepairCase test) =>
        s_contracts.Value.Schemas.Contract(test.Input[0] == '{' ? s_contracts.Value.Object : s_contracts.Value.Any);

    /// <summary>The last snapshot of an answer that comes character by character.</summary>
    private static (PromptSnapshot<JsonElement> Last, PromptErrorCode Code) LastSnapshot(PromptContract<JsonElement> contract, string answer, string[] names)
    {
        var items = new SnapshotItems<JsonElement>(contract, names);
        var snapshots = Read(items, answer);
        return (snapshots.LastOrDefault() ?? new PromptSnapshot<JsonElement>(new MemberScanner(new AnswerBuffer(), names, new ReadingGuard()).Members()), items.Code);
    }

    private static List<T> Read<T>(ItemReader<T> reader, string answer)
    {
        reader.Begin();
        var items = new List<T>();
        foreach (var character in answer)
        {
            reader.Add(new ChatResponseUpdate(ChatRole.Assistant, character.ToString()));
            while (reader.MoveNext())
            {
                items.Add(reader.Current);
            }
        }

        reader.End();
        while (reader.MoveNext())
        {
            items.Add(reader.Current);
        }

        return items;
    }

    private static bool IsSame(JsonElement expected, string text)
    {
        if (expected.ValueKind == JsonValueKind.String)
        {
            return expected.GetString() == text;
        }

        using var value = JsonDocument.Parse(text);
        return JsonElement.DeepEquals(expected, value.RootElement);
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
