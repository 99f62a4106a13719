using System.Text;
using PromptGen.Routing;

namespace PromptGen.Evaluation.Tests.Routers;

public sealed class LearnedRouterTests
{
    private static readonly TrainedRouter Trained = RouterTrainer.Train(
        [.. Enumerable.Range(0, 200).Select(static i => new RouterExample($"{(i % 2 == 0 ? "Refund of order" : "Prove the theorem of")} {i}?", i % 4 == 0 ? "desk" : null, i % 2 == 0, i % 9 != 0))],
        new RouterTraining { Date = new DateOnly(2026, 11, 30) });

    private static readonly string Text = string.Concat(Enumerable.Repeat("The Order 4711 (of Übermorgen) is\nlate: x = y + 12? ", 10))[..500];

    private static LearnedRouter Router => Trained.Router;

    [Fact]
    public void Texts_of_a_call_are_as_one_text_with_line_breaks()
    {
        Assert.Equal(Router.Score(null, "one two\nthree\nfour"), Router.Score(null, "one two", "three", null, "four"));
        Assert.Equal(Router.Score(null), Router.Score(null, "", null));
    }

    [Fact]
    public void Case_and_length_of_space_make_no_words()
    {
        var (plain, spaced) = (TextFeatures.Of("Of the  Theorem.\n"), TextFeatures.Of("of the theorem. "));

        Assert.Equal(plain.Words, spaced.Words);
        Assert.Equal(plain.Pairs, spaced.Pairs);
        Assert.Equal(plain.Trigrams, spaced.Trigrams);
        Assert.Equal(4, plain.Words.Count);
        Assert.Equal(3, plain.Pairs.Count);
        Assert.All(plain.Words.Concat(plain.Pairs).Concat(plain.Trigrams), static bucket => Assert.InRange(bucket, 0, TextFeatures.Buckets - 1));
    }

    [Fact]
    public void The_shape_counts_what_its_names_say()
    {
        var shape = TextFeatures.Of("What is 12 + 7?\nElephants___").Shape;

        Assert.Equal(Math.Log(1 + 28), Of("length"), 9);
        Assert.Equal(Math.Log(1 + 5), Of("words"), 9);
        Assert.Equal(Math.Log(1 + 3), Of("digits"), 9);
        Assert.Equal(2 / 29.0, Of("upper-share"), 9);
        Assert.Equal(Math.Log(1 + 1), Of("operators"), 9);
        Assert.Equal(Math.Log(1 + 1), Of("lines"), 9);
        Assert.Equal(1 / 6.0, Of("long-words"), 9);
        Assert.Equal(Math.Log(1 + 16), Of("first-line"), 9);
        Assert.Equal(Math.Log(1 + 12), Of("last-line"), 9);
        Assert.Equal((1.0, 1.0, 0.0), (Of("blank"), Of("question"), Of("beyond-ascii")));

        double Of(string name) => shape[TextFeatures.ShapeNames.ToList().IndexOf(name)];
    }

    [Fact]
    public void A_long_text_is_read_to_a_limit()
    {
        var start = new string('a', TextFeatures.MaxLength);

        Assert.Equal(TextFeatures.Of(start + " behind the limit").Trigrams.Count, TextFeatures.Of(start).Trigrams.Count);
        Assert.InRange(Router.Score(null, start, start, start), 0, 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\ud83d\ude00\ud83d")]
    [InlineData("漢字かな交じり文 ١٢٣ \0")]
    public void Any_text_has_a_score(string text) => Assert.InRange(Router.Score("desk", text), 0, 1);

    [Fact]
    public void A_decision_allocates_nothing()
    {
        var total = Router.Score("desk", Text, "more");
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 100; i++)
        {
            total += Router.Score("desk", Text, "more");
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.InRange(total, 0, 101);
    }

    [Fact]
    public void The_file_may_have_comments_and_carriage_returns()
    {
        var file = "# by hand\r\n" + Encoding.UTF8.GetString(Trained.File.Span).Replace("\n", "\r\n", StringComparison.Ordinal);

        Assert.Equal(Router.Score(null, Text), LearnedRouter.Parse(Encoding.UTF8.GetBytes(file)).Score(null, Text));
    }

    [Theory]
    [InlineData("promptgen router 1", "promptgen router 2", "its first line has to be 'promptgen router 1'")]
    [InlineData("threshold: ", "threshold: x", "'threshold' does not have 1 numbers in a line")]
    [InlineData("bias: ", "bias: NaN ", "'bias' does not have 2 numbers in a line")]
    [InlineData("length ", "width ", "'shape' has no line 'length'")]
    [InlineData("\"desk\"", "desk", "'tasks' has a line without a name in quotation marks")]
    [InlineData("[weights]", "[weight]", "'weights' has 0 bytes instead of 65536")]
    [InlineData("each bucket\n", "each bucket\n*", "'weights' is not Base64, or too long")]
    [InlineData("goal: ", "goal ", "a line before the first section has to be 'name: value'")]
    public void A_broken_file_says_what_is_wrong(string text, string broken, string reason)
    {
        var file = Encoding.UTF8.GetString(Trained.File.Span);
        Assert.Contains(text, file, StringComparison.Ordinal);

        var exception = Assert.Throws<FormatException>(() => LearnedRouter.Parse(Encoding.UTF8.GetBytes(file.Replace(text, broken, StringComparison.Ordinal))));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_says_that_it_is() => Assert.Contains("it is empty", Assert.Throws<FormatException>(() => LearnedRouter.Parse([])).Message, StringComparison.Ordinal);
}
