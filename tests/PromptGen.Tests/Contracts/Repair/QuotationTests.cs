using System.Text;
using PromptGen.Contracts.Repair;

namespace PromptGen.Tests.Contracts.Repair;

/// <summary>Quotation marks of every kind, and which of them end a text.</summary>
public sealed class QuotationTests
{
    [Theory]
    [InlineData("\"", "\"", 1)]
    [InlineData("'", "'", 1)]
    [InlineData("`", "`", 1)]
    [InlineData("«", "D", 2)]
    [InlineData("»", "D", 2)]
    [InlineData("´", "S", 2)]
    [InlineData("‘", "S", 3)]
    [InlineData("’", "S", 3)]
    [InlineData("‚", "S", 3)]
    [InlineData("‛", "S", 3)]
    [InlineData("“", "D", 3)]
    [InlineData("”", "D", 3)]
    [InlineData("„", "D", 3)]
    [InlineData("‟", "D", 3)]
    [InlineData("§", "\0", 0)]
    [InlineData("–", "\0", 0)]
    [InlineData("†", "\0", 0)]
    [InlineData("₨", "\0", 0)]
    [InlineData("a", "\0", 0)]
    [InlineData("é", "\0", 0)]
    public void A_quotation_mark_has_a_kind_and_a_length(string text, string kind, int length)
    {
        var mark = new Quotation((byte)kind[0], length);

        Assert.Equal(mark, Quotation.At(Encoding.UTF8.GetBytes(text), 0));
        Assert.Equal(mark, Quotation.At(Encoding.UTF8.GetBytes($"ab{text}c"), 2));
        Assert.Equal(length > 0, mark.Exists);
    }

    [Fact]
    public void Where_the_text_ends_there_is_no_mark()
    {
        Assert.False(Quotation.At("a"u8, 1).Exists);
        Assert.False(Quotation.At("a"u8, -1).Exists);
        Assert.False(Quotation.At([0xC2], 0).Exists);
        Assert.False(Quotation.At([0xE2], 0).Exists);
        Assert.False(Quotation.At([0xE2, 0x80], 0).Exists);
    }

    [Theory]
    [InlineData("\"", "\"", "'`«‘´")]
    [InlineData("'", "'", "\"`«‘´")]
    [InlineData("`", "`´", "\"'«‘")]
    [InlineData("“", "”«\"", "'`’´")]
    [InlineData("‘", "’´'", "\"`”")]
    public void A_text_ends_with_a_mark_of_its_kind(string open, string closing, string others)
    {
        Assert.All(closing, mark => Assert.True(At(open).IsClosedBy(At(mark.ToString())), mark.ToString()));
        Assert.All(others, mark => Assert.False(At(open).IsClosedBy(At(mark.ToString())), mark.ToString()));
    }

    private static Quotation At(string text) => Quotation.At(Encoding.UTF8.GetBytes(text), 0);
}
