using System.Globalization;
using Microsoft.Extensions.AI;
using PromptGen.Prompts;

namespace PromptGen.Tests.Prompts;

public sealed class PromptWriterTests
{
    private enum Color
    {
        Red,
    }

    private static List<ChatMessage> Build(Action<PromptWriter> write)
    {
        var writer = new PromptWriter("SCHEMA");
        write(writer);
        return writer.Build();
    }

    private static string Text(Action<PromptWriter> write) => Assert.Single(Build(write)).Text;

    [Fact]
    public void Text_before_any_role_is_the_users()
    {
        var message = Assert.Single(Build(static prompt => prompt.Append("hi")));
        Assert.Equal(ChatRole.User, message.Role);
        Assert.Equal("hi", message.Text);
    }

    [Fact]
    public void Each_role_starts_a_message_and_blank_ones_are_dropped()
    {
        var messages = Build(static prompt =>
        {
            prompt.Append(" \n");
            prompt.Role(PromptRole.System);
            prompt.Append("a");
            prompt.Role(PromptRole.User);
            prompt.Append("b");
            prompt.Role(PromptRole.User);
            prompt.Append("c");
            prompt.Role(PromptRole.Assistant);
            prompt.Append("\t");
            prompt.Append((string?)null);
        });

        Assert.Equal([(ChatRole.System, "a"), (ChatRole.User, "b"), (ChatRole.User, "c")], messages.Select(static message => (message.Role, message.Text)));
    }

    [Fact]
    public void A_prompt_without_text_has_no_message() => Assert.Empty(Build(static prompt => prompt.Role(PromptRole.System)));

    [Fact]
    public void Values_are_written_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            // The build is culture-invariant, so Swedish habits are put together by hand.
            var swedish = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            swedish.NumberFormat.NumberDecimalSeparator = ",";
            swedish.NumberFormat.NegativeSign = "\u2212";
            swedish.DateTimeFormat.DateSeparator = "-";
            CultureInfo.CurrentCulture = swedish;

            Assert.Equal("-1.5 -2 3.25 2026-11-21T08:05:00.0000000 2026-11-21 08:05:00.5 True-false Red 7", Text(static prompt =>
            {
                prompt.Append(-1.5);
                prompt.Append(" ");
                prompt.Append(-2L);
                prompt.Append(" ");
                prompt.Append((decimal?)3.25m);
                prompt.Append(" ");
                prompt.Append(new DateTime(2026, 11, 21, 8, 5, 0));
                prompt.Append(" ");
                prompt.Append(new DateOnly(2026, 11, 21));
                prompt.Append(" ");
                prompt.Append(new TimeOnly(8, 5, 0, 500));
                prompt.Append(" ");
                prompt.Append("True-");
                prompt.Append((bool?)false);
                prompt.Append((bool?)null);
                prompt.Append((int?)null);
                prompt.Append(" ");
                prompt.AppendEnum<Color>(Color.Red);
                prompt.AppendEnum((Color?)null);
                prompt.Append(" ");
                prompt.AppendEnum((Color)7);
            }));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Long_texts_and_values_outgrow_the_buffer()
    {
        var text = new string('x', 100_000);
        var result = Text(prompt =>
        {
            for (var i = 0; i < 1000; i++)
            {
                prompt.Append(123456789);
            }

            prompt.Append(text);
            prompt.AppendEnum(DayOfWeek.Monday);
        });

        Assert.Equal(9_000 + 100_000 + 6, result.Length);
        Assert.EndsWith("xMonday", result, StringComparison.Ordinal);
    }

    [Fact]
    public void Schema_is_written_where_the_template_says()
    {
        var writer = new PromptWriter("SCHEMA");
        Assert.False(writer.WroteSchema);
        writer.Append("as ");
        writer.Schema();
        Assert.True(writer.WroteSchema);
        Assert.Equal("as SCHEMA", Assert.Single(writer.Build()).Text);
    }

    [Fact]
    public void A_rejected_answer_has_its_value_where_it_kept_its_contract()
    {
        var kept = PromptWriter.Rent("", RejectedAnswer.Of("5", PromptErrorCode.NotAccepted, [], "It is too high", 5)).Previous<int?>();
        var broken = PromptWriter.Rent("", RejectedAnswer.Of("\ud83d?", PromptErrorCode.InvalidJson, [new SchemaViolation("/a", "a text", "5\ud83d")], null, 5)).Previous<int?>();

        Assert.Equal(("5", "It is too high", 5), (kept!.Answer, kept.Reason, kept.Value));
        Assert.Equal(("\ufffd?", "The answer is not valid JSON. /a must be a text, not 5\ufffd.", null), (broken!.Answer, broken.Reason, broken.Value));
    }

    [Fact]
    public void A_writer_that_is_used_again_keeps_nothing_of_the_prompt_before()
    {
        var first = PromptWriter.Rent("SCHEMA", new RejectedAnswer("answer", "reason", null));
        first.Role(PromptRole.Assistant);
        first.Schema();
        var before = first.Build();
        PromptWriter.Return(first);
        var again = PromptWriter.Rent("OTHER");
        Assert.Same(first, again);
        Assert.NotSame(first, PromptWriter.Rent("NESTED"));
        Assert.False(again.WroteSchema);
        Assert.Null(again.Previous<string>());
        again.Append("12345678");
        var message = Assert.Single(again.Build());

        Assert.Equal((ChatRole.User, "12345678", 6), (message.Role, message.Text, again.EstimatedTokens));
        Assert.Equal("SCHEMA", Assert.Single(before).Text);
    }

    [Fact]
    public void Tokens_are_estimated()
    {
        var writer = new PromptWriter("");
        writer.Role(PromptRole.System);
        writer.Append("12345678é");
        writer.Role(PromptRole.User);
        writer.Append("1");
        writer.Media("https://example.com/a.png");
        writer.Build();
        Assert.Equal(3 + 1 + (2 * 4) + 1000, writer.EstimatedTokens);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused()
    {
        // Not as theory rows: an attribute's strings are UTF-8 and can't hold them.
        string[] texts = ["a\uD83D", "\uDE00a", "\uD83D\uD83D\uDE00", "é\uDE00\uD83D"];
        Assert.All(texts, static text => Assert.Equal(
            PromptErrorCode.Configuration,
            Assert.Throws<PromptException>(() => Build(prompt => prompt.Append(text))).Code));
    }

    [Fact]
    public void A_surrogate_pair_may_come_in_two_appends() => Assert.Equal("😀", Text(static prompt =>
    {
        prompt.Append("\uD83D");
        prompt.Append("\uDE00");
    }));

    [Fact]
    public void A_prompt_that_is_too_long_is_refused()
    {
        var text = new string('x', 9_000_000);
        var one = Assert.Throws<PromptException>(() => Build(prompt =>
        {
            prompt.Append(text);
            prompt.Append(text);
        }));
        var several = Assert.Throws<PromptException>(() => Build(prompt =>
        {
            prompt.Append(text);
            prompt.Role(PromptRole.User);
            prompt.Append(text);
        }));
        Assert.Equal(PromptErrorCode.Configuration, one.Code);
        Assert.Equal(PromptErrorCode.Configuration, several.Code);
    }

    [Fact]
    public void A_message_that_is_one_argument_is_not_copied()
    {
        var ticket = new string('x', 10_000);
        Assert.Same(ticket, Text(prompt =>
        {
            prompt.Append((string?)null);
            prompt.Append(ticket);
        }));
        Assert.Equal(ticket + "7" + ticket, Text(prompt =>
        {
            prompt.Append(ticket);
            prompt.Append(7);
            prompt.Append(ticket);
        }));
    }

    [Fact]
    public void A_message_costs_one_string()
    {
        static long Measure()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var writer = new PromptWriter("");
            writer.Role(PromptRole.System);
            writer.Append("You triage tickets for ");
            writer.Append("Acme");
            writer.Append(12345);
            writer.Append((decimal?)1.5m);
            writer.AppendEnum(DayOfWeek.Monday);
            writer.Build();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Measure();
        Measure();

        // The writer, its list, one message with one content and one string of some 40 characters: no boxes and no copies.
        Assert.InRange(Measure(), 1, 600);
    }
}
