using PromptGen.Contracts.Schemas;

namespace PromptGen.Tests.Contracts.Schemas;

/// <summary>URIs with a scheme by RFC 3986, part by part.</summary>
public sealed class UriTextTests
{
    [Theory]
    [InlineData("https://acme.example", true)]
    [InlineData("https://acme.example/a/b?c=d/e?f#g/h?i", true)]
    [InlineData("mailto:ada@acme.example", true)]
    [InlineData("urn:isbn:0451450523", true)]
    [InlineData("a+b-c.d1:x", true)]
    [InlineData("a:", true)]
    [InlineData(":x", false)]
    [InlineData("1a:x", false)]
    [InlineData("a%41:x", false)]
    [InlineData("a_b:x", false)]
    [InlineData("no scheme", false)]
    [InlineData("", false)]
    public void It_begins_with_a_scheme(string text, bool expected) => Assert.Equal(expected, UriText.IsAbsolute(text));

    [Theory]
    [InlineData("https://acme.example/a b", false)]
    [InlineData("https://acme.example/<a>", false)]
    [InlineData("https://acme.example/é", false)]
    [InlineData("https://acme.example?a b", false)]
    [InlineData("https://acme.example?a^b", false)]
    [InlineData("https://acme.example#a b", false)]
    [InlineData("https://acme.example#a#b", false)]
    [InlineData("https://acme.example/%41%fF", true)]
    [InlineData("https://acme.example/%4", false)]
    [InlineData("https://acme.example/%", false)]
    [InlineData("https://acme.example/%4g", false)]
    [InlineData("https://acme.example/%g4", false)]
    [InlineData("mailto:a b", false)]
    public void Path_query_and_fragment_have_the_characters_that_a_URI_has(string text, bool expected) => Assert.Equal(expected, UriText.IsAbsolute(text));

    [Theory]
    [InlineData("https://ada:secret@acme.example:8080/", true)]
    [InlineData("https://a%41:@acme.example", true)]
    [InlineData("https://a[@acme.example", false)]
    [InlineData("https://acme.example:", true)]
    [InlineData("https://acme.example:80a", false)]
    [InlineData("https://acme example", false)]
    [InlineData("https://[::1]", true)]
    [InlineData("https://[::1]:443/a", true)]
    [InlineData("https://[::1]443", false)]
    [InlineData("https://[::1", false)]
    [InlineData("https://::1]", false)]
    [InlineData("https://[::g]", false)]
    [InlineData("https://[v1.a:b]", true)]
    [InlineData("https://[VF.~]", true)]
    [InlineData("https://[v.a]", false)]
    [InlineData("https://[v1.]", false)]
    [InlineData("https://[v1.%41]", false)]
    [InlineData("https://[v1.a/b]", false)]
    [InlineData("https://[x1.a]", false)]
    [InlineData("file:///a", true)]
    public void The_authority_has_a_host_and_may_have_a_user_and_a_port(string text, bool expected) => Assert.Equal(expected, UriText.IsAbsolute(text));
}
