using System.Text.Json;

namespace PromptGen.Evaluation.Tests.Sets;

public sealed class EvaluationSetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("promptgen-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Lines_have_inputs_what_is_right_and_slices()
    {
        var set = EvaluationSet.Read(Write("tickets.jsonl", """
            {"id": 1, "input": {"ticket": "I pay twice", "product": "Ledger"}, "expected": {"queue": "Billing"}, "category": "money", "difficulty": "easy", "cluster": "a", "weight": 2.5}

            {"id": "b", "input": {}, "elements": ["Rome", "Paris"], "difficulty": "hard"}
            """));

        Assert.Equal(("tickets", 2), (set.Name, set.Items.Count));
        var first = set.Items[0];
        Assert.Equal(("1", "money", "easy", "a", 2.5), (first.Id, first.Category, first.Difficulty, first.Cluster, first.Weight));
        Assert.Equal("I pay twice", first.Inputs["ticket"].GetString());
        Assert.Equal("Billing", first.Expected!.Value.GetProperty("queue").GetString());
        Assert.Equal(["Rome", "Paris"], set.Items[1].Elements);
        Assert.EndsWith("tickets.jsonl', line 3", set.Items[1].Place, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_is_reported_with_its_line()
    {
        var file = Write("bad.jsonl", """
            {"id": 1, "expected": 1}
            {"id": 2, "input": {}, "expected": 1}
            {"input": {}, "expected": 1}
            {"id": 3, "input": {}, "elements": [1]}
            {"id": 4, "input": {}, "expected": 1, "weight": "heavy"}
            """);

        var message = Assert.Throws<RecordedDataException>(() => EvaluationSet.Read(file)).Message;

        Assert.Equal(4, message.Split('\n').Length);
        Assert.Contains("bad.jsonl', line 1 needs an 'input'", message, StringComparison.Ordinal);
        Assert.Contains("line 3 has no id", message, StringComparison.Ordinal);
        Assert.Contains("line 4 has 'elements' that are not a list of texts", message, StringComparison.Ordinal);
        Assert.Contains("line 5 has a weight that is not a number", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id": 1, "input": {}}""", "needs what is right")]
    [InlineData("""{"id": 1, "input": {}, "expected": 1, "elements": ["a"]}""", "has both")]
    [InlineData("""{"id": 1, "input": {}, "expected": 1, "weight": 0}""", "a weight that is not more than 0")]
    [InlineData("{\"id\": 1, \"input\": {}, \"expected\": 1}\n{\"id\": 1, \"input\": {}, \"expected\": 1}", "line 2 has the id '1' a second time")]
    [InlineData("", "has no items")]
    [InlineData("{", "is not valid JSON")]
    public void What_cannot_be_scored_is_refused(string text, string problem) =>
        Assert.Contains(problem, Assert.Throws<RecordedDataException>(() => EvaluationSet.Read(Write("bad.jsonl", text))).Message, StringComparison.Ordinal);

    [Fact]
    public void The_version_is_that_of_what_is_asked_and_what_is_right()
    {
        const string Line = """{"id": 1, "input": {"a": 1}, "expected": 1}""";
        var first = EvaluationSet.Read(Write("a.jsonl", Line)).Version;

        Assert.Matches("^[0-9a-f]{16}$", first);
        Assert.Equal(first, EvaluationSet.Read(Write("b.jsonl", Line + "\n")).Version);
        Assert.NotEqual(first, EvaluationSet.Read(Write("a.jsonl", Line.Replace("expected\": 1", "expected\": 2", StringComparison.Ordinal))).Version);
        Assert.NotEqual(first, EvaluationSet.Read(Write("a.jsonl", Line.Replace("\"a\": 1", "\"a\": 2", StringComparison.Ordinal))).Version);
    }

    [Fact]
    public void Tests_of_promptfoo_are_imported_from_yaml()
    {
        var set = EvaluationSet.Read(Write("promptfooconfig.yaml", """
            prompts: [triage.txt]
            defaultTest:
              vars:
                product: Ledger
            tests:
              - description: refund
                vars:
                  ticket: "I pay: twice"
                  urgency: 4
                metadata:
                  category: money
                assert:
                  - type: equals
                    value: {queue: Billing, urgency: 4, vip: true}
              - vars: {ticket: Where is Rome?, product: Maps}
                assert:
                  - type: icontains-all
                    value: [Italy, Tiber]
                  - type: contains
                    value: Rome
            """));

        Assert.Equal(["refund", "2"], set.Items.Select(static item => item.Id));
        Assert.Equal(("Ledger", "I pay: twice", 4), (set.Items[0].Inputs["product"].GetString(), set.Items[0].Inputs["ticket"].GetString(), set.Items[0].Inputs["urgency"].GetInt32()));
        Assert.Equal("""{"queue":"Billing","urgency":4,"vip":true}""", JsonSerializer.Serialize(set.Items[0].Expected));
        Assert.Equal("money", set.Items[0].Category);
        Assert.Equal(["Italy", "Tiber", "Rome"], set.Items[1].Elements);
        Assert.EndsWith("line 15", set.Items[1].Place, StringComparison.Ordinal);
    }

    [Fact]
    public void Assertions_that_are_not_imported_are_named_with_their_line()
    {
        var message = Assert.Throws<RecordedDataException>(() => EvaluationSet.Read(Write("tests.yml", """
            - vars: {a: 1}
              assert: [{type: llm-rubric, value: is nice}]
            - vars: {a: 1}
              assert: [{type: javascript, value: "true"}]
            """))).Message;

        Assert.Contains("line 1 has an assertion 'llm-rubric'", message, StringComparison.Ordinal);
        Assert.Contains("line 3 has an assertion 'javascript'", message, StringComparison.Ordinal);
        Assert.Contains("has no list of tests", Assert.Throws<RecordedDataException>(() => EvaluationSet.Read(Write("none.yaml", "a: 1"))).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Throws<RecordedDataException>(() => EvaluationSet.Read(Write("broken.yaml", "a: [1"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tests_of_promptfoo_are_imported_from_a_table()
    {
        var set = EvaluationSet.Read(Write("tests.csv", """
            __description,ticket,__expected1,__expected2,__metadata:category
            refund,"I pay, twice",Billing,,money
            ,Where is Rome?,"contains-all: Italy, Tiber",icontains: rome,
            time,When?,At: noon,,
            """));

        Assert.Equal(["refund", "2", "time"], set.Items.Select(static item => item.Id));
        Assert.Equal(("I pay, twice", "Billing", "money"), (set.Items[0].Inputs["ticket"].GetString(), set.Items[0].Expected!.Value.GetString(), set.Items[0].Category));
        Assert.Equal(["Italy", "Tiber", "rome"], set.Items[1].Elements);
        Assert.Equal("At: noon", set.Items[2].Expected!.Value.GetString());
    }

    [Theory]
    [InlineData("tests.txt", "is neither .jsonl, .yaml nor .csv")]
    [InlineData("none.jsonl", "There is no file")]
    public void Other_files_are_refused(string name, string problem)
    {
        if (name.EndsWith(".txt", StringComparison.Ordinal))
        {
            Write(name, "x");
        }

        Assert.Contains(problem, Assert.Throws<RecordedDataException>(() => EvaluationSet.Read(Path.Combine(_folder, name))).Message, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
