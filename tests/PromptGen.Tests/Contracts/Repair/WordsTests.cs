using PromptGen.Contracts;
using PromptGen.Contracts.Repair;

namespace PromptGen.Tests.Contracts.Repair;

/// <summary>Names and texts without what does not distinguish them.</summary>
public sealed class WordsTests
{
    [Theory]
    [InlineData("Straße", "strasse")]
    [InlineData("ẞ", "ss")]
    [InlineData("Æon æon", "aeonaeon")]
    [InlineData("Œuvre", "oeuvre")]
    [InlineData("Þór", "thor")]
    [InlineData("ĲS", "ijs")]
    [InlineData("Çà-ñõ Žš Łď", "canozsld")]
    [InlineData("user_name 2", "username2")]
    [InlineData("Ωμ日本", "ωμ日本")]
    [InlineData("a😀b", "a😀b")]
    [InlineData("×÷ -", "")]
    public void Folded_texts_have_letters_and_digits_in_lower_case_without_accents(string text, string expected) => Assert.Equal(expected, Words.Fold(text));

    [Theory]
    [InlineData("a b c", 3, "abc")]
    [InlineData("a b c", 2, null)]
    [InlineData("aß", 3, "ass")]
    [InlineData("aß", 2, null)]
    [InlineData("- -", 0, "")]
    public void A_text_with_more_letters_than_any_name_is_not_folded(string text, int most, string? expected) => Assert.Equal(expected, Words.Fold(text, most));

    [Theory]
    [InlineData("C#", "#")]
    [InlineData("C++", "++")]
    [InlineData("C", "")]
    [InlineData("**C#**", "#")]
    [InlineData("<5", "<")]
    [InlineData("a < b", "")]
    [InlineData("+ +", "")]
    [InlineData("a+ +", "++")]
    [InlineData("-1", "-")]
    [InlineData("1-", "-")]
    [InlineData("- 1", "")]
    [InlineData("well-known", "")]
    [InlineData("\u22121", "\u2212")]
    [InlineData("!done", "!")]
    [InlineData("done!", "")]
    [InlineData("a!b", "")]
    public void Signs_are_those_that_make_another_name_of_a_text(string text, string expected) => Assert.Equal(expected, Words.Signs(text));

    [Theory]
    [InlineData("C++", 2, "++")]
    [InlineData("C++", 1, null)]
    public void A_text_with_more_signs_than_any_name_has_none_of_them(string text, int most, string? expected) => Assert.Equal(expected, Words.Signs(text, most, new ReadingGuard()));

    [Theory]
    [InlineData("Don't say 'maybe' twice", "dont say maybe twice")]
    [InlineData("l’été, à 5 h", "lete a 5 h")]
    [InlineData("e\u0301te", "ete")]
    [InlineData("'", "")]
    [InlineData("", "")]
    [InlineData("a😀", "a😀")]
    public void Words_end_where_neither_a_letter_nor_an_apostrophe_follows(string text, string expected) => Assert.Equal(expected, string.Join(' ', Words.Of(text)));

    [Theory]
    [InlineData(" **High**. ", "High")]
    [InlineData("\"High!\"", "High")]
    [InlineData("“High”;", "High")]
    [InlineData("`High`", "High")]
    [InlineData("a.b", "a.b")]
    public void A_bare_text_has_no_markup_around_it(string text, string expected) => Assert.Equal(expected, Words.Bare(text, new ReadingGuard()));
}
