using Microsoft.Extensions.AI;
using PromptGen.Prompts;

namespace PromptGen.Tests.Prompts;

public sealed class PromptMediaTests
{
    private static IList<AIContent> Contents(Action<PromptWriter> write)
    {
        var writer = new PromptWriter("");
        write(writer);
        return Assert.Single(writer.Build()).Contents;
    }

    [Fact]
    public void Media_is_between_the_texts_around_it()
    {
        var contents = Contents(static prompt =>
        {
            prompt.Append("a");
            prompt.Media("https://example.com/p.png");
            prompt.Append("\n");
            prompt.Media(new byte[] { 1, 2 }, "image/gif");
            prompt.Append("b");
        });

        Assert.Collection(
            contents,
            static content => Assert.Equal("a", Assert.IsType<TextContent>(content).Text),
            static content => Assert.Equal("image/png", Assert.IsType<UriContent>(content).MediaType),
            static content => Assert.Equal("image/gif", Assert.IsType<DataContent>(content).MediaType),
            static content => Assert.Equal("b", Assert.IsType<TextContent>(content).Text));
    }

    [Theory]
    [InlineData("https://example.com/a.png", null, "image/png")]
    [InlineData("https://example.com/a.jpeg?x=1", null, "image/jpeg")]
    [InlineData("https://example.com/a", null, "image/*")]
    [InlineData("https://example.com/a", "audio/mpeg", "audio/mpeg")]
    [InlineData("HTTPS://EXAMPLE.COM/a.png", null, "image/png")]
    [InlineData("http://127.0.0.1:8080/a.png", null, "image/png")]
    [InlineData("http://localhost/a.png", null, "image/png")]
    [InlineData("http://[::1]/a.png", null, "image/png")]
    public void Urls_that_are_taken(string url, string? contentType, string expected)
    {
        var content = Assert.IsType<UriContent>(Assert.Single(Contents(prompt => prompt.Media(url, contentType))));
        Assert.Equal(expected, content.MediaType);
    }

    [Theory]
    [InlineData("data:image/png;base64,AQID", null, "image/png")]
    [InlineData("data:;base64,AQID", "image/webp", "image/webp")]
    [InlineData("DATA:image/png;BASE64,AQID", null, "image/png")]
    public void Data_becomes_bytes(string url, string? contentType, string expected)
    {
        var content = Assert.IsType<DataContent>(Assert.Single(Contents(prompt => prompt.Media(url, contentType))));
        Assert.Equal(expected, content.MediaType);
        Assert.Equal([1, 2, 3], content.Data.ToArray());
    }

    [Theory]
    [InlineData("http://secret.example.com/a.png")]
    [InlineData("http://169.254.169.254/secret")]
    [InlineData("http://127.0.0.1.secret.com/")]
    [InlineData("http://localhost@secret.com/")]
    [InlineData("file:///etc/secret")]
    [InlineData("/etc/secret")]
    [InlineData("secret.png")]
    [InlineData("ftp://secret/")]
    [InlineData("javascript:secret()")]
    [InlineData(" file:///etc/secret")]
    [InlineData("data:image/png;base64,secret!")]
    [InlineData("data:image/png;base64,AQI")]
    [InlineData("data:image/png,secret")]
    [InlineData("data:image/png;base64")]
    [InlineData("data:;base64,AQID")]
    [InlineData("data:secret;base64,AQID")]
    public void Urls_that_are_refused_without_repeating_them(string url)
    {
        var exception = Assert.Throws<PromptException>(() => Contents(prompt => prompt.Media(url)));
        Assert.Equal(PromptErrorCode.Configuration, exception.Code);
        Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Urls_in_content_objects_are_checked_too()
    {
        Assert.Throws<PromptException>(() => Contents(static prompt => prompt.Media(new Uri("http://169.254.169.254/"))));
        Assert.Throws<PromptException>(() => Contents(static prompt => prompt.Media(new UriContent("http://169.254.169.254/", "image/png"))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("png")]
    public void Bytes_need_a_content_type(string? contentType) =>
        Assert.Equal(PromptErrorCode.Configuration, Assert.Throws<PromptException>(() => Contents(prompt => prompt.Media(new byte[] { 1 }, contentType))).Code);

    [Fact]
    public void Nothing_adds_nothing()
    {
        var content = Assert.Single(Contents(static prompt =>
        {
            prompt.Media((string?)null);
            prompt.Media("");
            prompt.Media((Uri?)null);
            prompt.Media((byte[]?)null, "image/png");
            prompt.Media((ReadOnlyMemory<byte>?)null, "image/png");
            prompt.Media((DataContent?)null);
            prompt.Media((UriContent?)null);
            prompt.Append("x");
        }));
        Assert.IsType<TextContent>(content);
    }
}
