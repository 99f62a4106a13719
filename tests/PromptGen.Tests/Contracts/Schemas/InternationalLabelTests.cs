using PromptGen.Contracts.Schemas;

namespace PromptGen.Tests.Contracts.Schemas;

/// <summary>Labels of host names in Punycode (RFC 3492), by what they stand for (RFC 5892).</summary>
public sealed class InternationalLabelTests
{
    [Theory]
    [InlineData("mnchen-3ya", true, "münchen")]
    [InlineData("MNCHEN-3YA", true, "münchen, in capitals")]
    [InlineData("a--yka", true, "a-ü")]
    [InlineData("wgv71a119e", true, "日本語")]
    [InlineData("tdaaaaaaaaaa", true, "üüüüüüüüüü")]
    [InlineData("a-pfa", true, "ßa")]
    [InlineData("tda84h", true, "ü with another accent")]
    [InlineData("ab---3ra", false, "ab--ü")]
    [InlineData("b-jfa", false, "Üb, a capital letter")]
    [InlineData("a-wbb", false, "an accent before a letter")]
    [InlineData("abc-", false, "abc, which needs no Punycode")]
    [InlineData("", false, "nothing")]
    [InlineData("mnchen-3y!", false, "a sign that is no digit")]
    [InlineData("mnchen-3", false, "a number without an end")]
    [InlineData("999999999", false, "a number that is too large")]
    [InlineData("ib9b", false, "U+D800, half of a pair")]
    [InlineData("zy0c", false, "U+DFFF, half of a pair")]
    [InlineData("0y0c", false, "U+E000, which has no meaning")]
    [InlineData("en32g", false, "U+110000, behind the last character")]
    [InlineData("8352o", false, "U+200000")]
    public void Punycode_stands_for_letters_and_digits(string punycode, bool expected, string label) => Assert.True(expected == InternationalLabel.IsValid(punycode), label);

    [Theory]
    [InlineData("ll-0ea", true, "l·l")]
    [InlineData("la-0ea", false, "l·a")]
    [InlineData("l-fda", false, "·l")]
    [InlineData("uba1l", false, "ü·")]
    [InlineData("wva4j", true, "͵α")]
    [InlineData("a-jib", false, "͵a")]
    [InlineData("4db4e", true, "א׳")]
    [InlineData("4db3e", false, "׳א")]
    [InlineData("lckyi", true, "カ・")]
    [InlineData("vekb", true, "ー・")]
    [InlineData("k8j6u", true, "ぁ・")]
    [InlineData("a-eha4797a", false, "a・ü")]
    [InlineData("mgb7i", true, "٠ا")]
    [InlineData("mgb7izr", false, "٠ا۰")]
    [InlineData("mgbc799q", true, "a non-joiner between Arabic letters")]
    [InlineData("11b2ezcw70k", true, "a joiner behind a virama")]
    [InlineData("a-eha279u", false, "a joiner behind a letter")]
    public void Some_characters_are_allowed_beside_certain_others_only(string punycode, bool expected, string label) => Assert.True(expected == InternationalLabel.IsValid(punycode), label);
}
