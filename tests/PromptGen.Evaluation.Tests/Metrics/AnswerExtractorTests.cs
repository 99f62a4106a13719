namespace PromptGen.Evaluation.Tests.Metrics;

public sealed class AnswerExtractorTests
{
    [Theory]
    [InlineData("""{"reasoning": "r", "answer": "42"}""", "42")]
    [InlineData("Sure:\n```json\n{\"reasoning\": \"a {b} c\",\n \"answer\": \"4\n2\"}\n```\nDone.", "42")]
    [InlineData("""{"answer": "1"} Corrected: {"answer": "2"}""", "1")]
    [InlineData("""{"answer": ""}""", "")]
    [InlineData("""{"answer": 3.50}""", "3.5")]
    [InlineData("""{"answer": 3.0}""", "3.0")]
    [InlineData("""{"answer": 12345678901234567890}""", "12345678901234567890")]
    [InlineData("""{"answer": [1, "a", "it's", true, null, {"k": 1.5}]}""", """[1, 'a', "it's", True, None, {'k': 1.5}]""")]
    [InlineData("""{"answer": "cut off here", "rea""", "cut off here")]
    [InlineData("{\"answer\": \"tab\there\"}", "tab\there")]
    [InlineData("""{"reasoning": "r"} and "answer": 17, done""", "17")]
    [InlineData("""{"answer": null}""", "null}")]
    [InlineData("I think\nthe answer: 8, surely", "8")]
    [InlineData("So it is\n$\\boxed{36}$ in the end", "36")]
    [InlineData("  42 \n", "42")]
    [InlineData("""{"answer": "\ud83d"}""", @"\ud83d")]
    [InlineData("[1, 2]", "[1, 2]")]
    public void It_finds_what_ZeroEval_finds(string text, string expected) => Assert.Equal(expected, AnswerExtractor.Extract(text));

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("I cannot say.\nThis is not a question that has one.")]
    [InlineData("A single line is the answer itself only where it is short, and this one is not short at all.")]
    public void Where_there_is_no_answer_it_finds_none(string text) => Assert.Null(AnswerExtractor.Extract(text));

    [Fact]
    public void Deep_and_broken_objects_are_no_error()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 500)) + "1" + new string('}', 500);

        Assert.Null(AnswerExtractor.Extract(deep));
        Assert.Null(AnswerExtractor.Extract(new string('{', 100_000)));
        Assert.Null(AnswerExtractor.Extract(new string('}', 100_000)));
    }
}
