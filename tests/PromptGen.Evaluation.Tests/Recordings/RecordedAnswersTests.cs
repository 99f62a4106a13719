using System.IO.Compression;
using System.Text;

namespace PromptGen.Evaluation.Tests.Recordings;

public sealed class RecordedAnswersTests : IDisposable
{
    private const string Questions = """
        {"id": "q 1/ü", "question": "2+2?", "answer": "4", "category": "easy"}
        {"id": 2, "prompt": "1+2?", "answer": 3, "cluster": "sums"}

        {"id": "q3", "answer": [1, "a"]}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("promptgen-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_may_have_odd_ids_names_and_outputs()
    {
        Write("questions.jsonl", "\uFEFF" + Questions.ReplaceLineEndings("\r\n"));
        Write("outputs/org/model@1.jsonl", """
            {"id": 2, "output": ["3", "4"], "cost": 0.002, "latency": 1.5}
            {"id": "q 1/ü", "output": null, "cost": 1e300, "latency": "fast"}
            {"id": "q3", "output": {"answer": [1, "a"]}}
            """);
        Write("outputs/empty.jsonl", "");
        Write("outputs/notes.txt", "not an output");

        var answers = RecordedAnswers.Open(_folder);

        Assert.Equal(["empty", "org/model@1"], answers.Models);
        Assert.Equal(
            [new("q 1/ü", "4", "2+2?", "easy"), new("2", "3", "1+2?", null, "sums"), new("q3", "[1, 'a']", ExpectedJson: """[1, "a"]""")],
            answers.Questions);
        Assert.Equal([new("2", "3", 0.002m, 1.5), new("q 1/ü", ""), new("q3", """{"answer": [1, "a"]}""")], answers.Answers("org/model@1"));
        Assert.Empty(answers.Answers("empty"));
        Assert.Throws<ArgumentException>(() => answers.Answers("model"));
    }

    [Fact]
    public void Compressed_and_plain_files_are_read_alike()
    {
        Write("questions.jsonl", Questions);
        Directory.CreateDirectory(Path.Combine(_folder, "outputs"));
        using (var file = new GZipStream(File.Create(Path.Combine(_folder, "outputs", "m.jsonl.gz")), CompressionLevel.Fastest))
        {
            file.Write(Encoding.UTF8.GetBytes("""{"id": "2", "output": "3"}"""));
        }

        Assert.Equal(new RecordedAnswer("2", "3"), Assert.Single(RecordedAnswers.Open(_folder).Answers("m")));
    }

    [Theory]
    [InlineData(null, "has no questions.jsonl")]
    [InlineData("", "has no questions")]
    [InlineData("{\"id\": 1, \"answer\": 2}\n{\"id\": 3", "line 2 is not valid JSON")]
    [InlineData("{\"id\": 1, \"answer\": 2}\n[]", "line 2 is not a JSON object")]
    [InlineData("{\"answer\": 2}", "line 1 has no id")]
    [InlineData("{\"id\": \"\", \"answer\": 2}", "line 1 has no id")]
    [InlineData("{\"id\": 1, \"answer\": null}", "line 1 has no answer")]
    [InlineData("{\"id\": 1, \"answer\": \"\\ud800\"}", "line 1 has text that is not valid Unicode")]
    [InlineData("{\"id\": 1, \"answer\": 2}\n\n{\"id\": \"1\", \"answer\": 2}", "line 3 has the id '1' a second time")]
    public void Questions_that_cannot_be_used_are_named_with_their_line(string? questions, string problem)
    {
        Write("outputs/m.jsonl", "");
        if (questions is not null)
        {
            Write("questions.jsonl", questions);
        }

        Assert.Contains(problem, Assert.Throws<RecordedDataException>(() => RecordedAnswers.Open(_folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"id\": 2, \"output\": \"3\"}\n{\"id\": 2, \"output\": \"4\"}", "line 2 has the id '2' a second time")]
    [InlineData("{\"id\": 2}", "line 1 has no member 'output'")]
    [InlineData("3", "line 1 is not a JSON object")]
    [InlineData("\u001f\u008b\u0008broken", "is not valid JSON")]
    public void Outputs_that_cannot_be_used_are_named_with_their_line(string outputs, string problem)
    {
        Write("questions.jsonl", Questions);
        Write("outputs/m.jsonl", outputs);

        Assert.Contains(problem, Assert.Throws<RecordedDataException>(() => RecordedAnswers.Open(_folder).Answers("m").ToArray()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_compressed_as_its_name_says_is_an_error()
    {
        Write("questions.jsonl", Questions);
        Write("outputs/m.jsonl.gz", "{\"id\": 2, \"output\": \"3\"}");

        Assert.Contains("m.jsonl.gz", Assert.Throws<RecordedDataException>(() => RecordedAnswers.Open(_folder).Answers("m").ToArray()).Message, StringComparison.Ordinal);

        Write("outputs/m.jsonl", "");
        Assert.Contains("both with and without .gz", Assert.Throws<RecordedDataException>(() => RecordedAnswers.Open(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_are_no_answers_that_is_the_error()
    {
        Write("questions.jsonl", Questions);

        Assert.Contains("There are no answers", Assert.Throws<RecordedDataException>(() => RecordedAnswers.Open(_folder)).Message, StringComparison.Ordinal);
        Assert.Contains("There is no file or folder", Assert.Throws<RecordedDataException>(() => RecordedAnswers.Open(Path.Combine(_folder, "none"))).Message, StringComparison.Ordinal);
        Assert.Contains("neither", Assert.Throws<RecordedDataException>(() => RecordedAnswers.Open(Path.Combine(_folder, "questions.jsonl"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_has_a_row_per_answer()
    {
        Write("answers.csv", "ID,Model,ref_answer,answer,dataset,cost,latency\n1,a,yes,\"Yes, \"\"sure\"\"\nreally\",prime,0.01,2\n1,b,yes,,prime,,\n2,a,No,no,composite,x,1e400\n");

        var answers = RecordedAnswers.Open(Path.Combine(_folder, "answers.csv"));

        Assert.Equal(["a", "b"], answers.Models);
        Assert.Equal([new("1", "yes", "", "prime"), new("2", "No", "", "composite")], answers.Questions);
        Assert.Equal([new("1", "Yes, \"sure\"\nreally", 0.01m, 2), new("2", "no")], answers.Answers("a"));
        Assert.Equal([new("1", "")], answers.Answers("b"));
    }

    [Theory]
    [InlineData("id,answer\n1,x\n", "has no column ref_answer or expected")]
    [InlineData("answer,expected\n1,x\n", "has no column id")]
    [InlineData("id,answer,expected\n", "has no answers")]
    [InlineData("", "has no answers")]
    [InlineData("id,answer,expected\n1,x,y\n1,x,y\n", "line 3 has a second answer")]
    [InlineData("id,model,answer,expected\n1,a,x,y\n1,b,x,z\n", "line 3 expects another answer to '1'")]
    [InlineData("id,answer,expected\n,x,y\n", "line 2 has no id")]
    [InlineData("id,answer,expected\n1,\"x\"y\"z,y\n", "cannot be read")]
    public void A_table_that_cannot_be_used_is_an_error(string text, string problem)
    {
        Write("answers.csv", text);

        Assert.Contains(problem, Assert.Throws<RecordedDataException>(() => RecordedAnswers.Open(Path.Combine(_folder, "answers.csv"))).Message, StringComparison.Ordinal);
    }

    private void Write(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
