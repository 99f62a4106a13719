using System.IO.Compression;

namespace PromptGen.Evaluation.Tests.Routers;

public sealed class RouterExamplesTests
{
    [Fact]
    public void Csv_has_its_columns_in_any_order_quotes_and_lines_within_quotes()
    {
        var examples = RouterExamples.ReadCsv(new StringReader("""
            strong_correct,prompt,note,subject,weak_correct
            1,"one, ""two""
            three",x,algebra,0
            true, spaces stay ,,,FALSE

            0,5" pipe,,law,1

            """));

        Assert.Equal(
            [
                new RouterExample("one, \"two\"\nthree", "algebra", false, true),
                new RouterExample(" spaces stay ", null, false, true),
                new RouterExample("5\" pipe", "law", true, false),
            ],
            examples);
    }

    [Fact]
    public void Csv_may_have_a_byte_order_mark_carriage_returns_and_no_subject()
    {
        var examples = RouterExamples.ReadCsv(new StringReader("\uFEFFInput,Weak_Correct,Strong_Correct\r\nhello,1,0\r\n"));

        Assert.Equal([new RouterExample("hello", null, true, false)], examples);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("prompt,weak_correct\nsecret,1\n", "Line 2 cannot be read: it has no 'strong_correct'")]
    [InlineData("text,weak_correct,strong_correct\nsecret,1,1\n", "Line 2 cannot be read: it has no 'input'")]
    [InlineData("prompt,weak_correct,strong_correct\nsecret,1,maybe\n", "Line 2 cannot be read: 'strong_correct' is 1 or 0")]
    [InlineData("prompt,weak_correct,strong_correct\nsecret,1\n", "Line 2 cannot be read: it has 2 fields, but the header has 3")]
    public void Csv_that_cannot_be_read_says_why_and_repeats_no_data(string csv, string reason)
    {
        var exception = Assert.Throws<FormatException>(() => RouterExamples.ReadCsv(new StringReader(csv)));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_lines_have_the_same_members()
    {
        var examples = RouterExamples.ReadJsonLines(new StringReader("""
            {"input":"a","task":"T","weak_correct":true,"strong_correct":1}

            {"prompt":"b","subject":null,"weak_correct":"0","strong_correct":false}
            """));

        Assert.Equal([new RouterExample("a", "T", true, true), new RouterExample("b", null, false, false)], examples);
    }

    [Theory]
    [InlineData("[1]", "Line 1")]
    [InlineData("{\"input\":\"secret\"", "Line 1")]
    [InlineData("{\"weak_correct\":1,\"strong_correct\":1}", "it has no 'input'")]
    [InlineData("{\"input\":\"secret\",\"weak_correct\":2,\"strong_correct\":1}", "'weak_correct' is 1 or 0")]
    public void Json_that_cannot_be_read_says_why_and_repeats_no_data(string json, string reason)
    {
        var exception = Assert.Throws<FormatException>(() => RouterExamples.ReadJsonLines(new StringReader(json)));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_read_by_its_name()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".jsonl.gz");
        try
        {
            using (var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest)))
            {
                writer.Write("""{"input":"a","weak_correct":1,"strong_correct":0}""");
            }

            Assert.Equal([new RouterExample("a", null, true, false)], RouterExamples.Read(path));

            File.WriteAllText(path, "plain text");
            Assert.Contains("not compressed by gzip", Assert.Throws<FormatException>(() => RouterExamples.Read(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
