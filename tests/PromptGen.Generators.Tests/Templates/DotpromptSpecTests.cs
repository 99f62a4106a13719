namespace PromptGen.Generators.Tests.Templates;

/// <summary>
/// The cases of dotprompt's spec (variables.yaml, whitespace.yaml, role.yaml, json.yaml, media.yaml) that fall in the supported subset, by hand.
/// Left out: default values from front matter, message history, context variables, and media over plain http, which is refused.
/// </summary>
public sealed class DotpromptSpecTests
{
    [Theory]
    [InlineData("Hello, {{name}}!\n", "\"Michael\"", "Hello, Michael!\n")]
    [InlineData("Hello, {{name}}!\n", "\"<b>Pavel</b>\"", "Hello, <b>Pavel</b>!\n")]
    [InlineData("Hello   {{~name~}}   World\n", "\"Beautiful\"", "HelloBeautifulWorld\n")]
    [InlineData("Hello   {{~name}} World\n", "\"Beautiful\"", "HelloBeautiful World\n")]
    [InlineData("Hello {{name~}}   World\n", "\"Beautiful\"", "Hello BeautifulWorld\n")]
    [InlineData("<div>\n    {{~name~}}\n</div>\n", "\"Content\"", "<div>Content</div>\n")]
    [InlineData("Hello {{ name }} World\n", "\"Beautiful\"", "Hello Beautiful World\n")]
    public void Variables_and_whitespace(string template, string argument, string expected) =>
        Assert.Equal(["user: " + expected], TemplateHarness.Render(template, "string name", argument));

    [Fact]
    public void Whitespace_in_each() => Assert.Equal(
        ["user: Items:- one- two- threeDone\n"],
        TemplateHarness.Render("Items:{{#each items~}}\n- {{this}}\n{{~/each}}Done\n", "string[] items", """["one", "two", "three"]"""));

    [Theory]
    [InlineData("true", "StartContentEnd\n")]
    [InlineData("false", "StartEnd\n")]
    public void Whitespace_in_if(string show, string expected) => Assert.Equal(
        ["user: " + expected],
        TemplateHarness.Render("Start\n{{~#if show~}}\nContent\n{{~/if~}}\nEnd\n", "bool show", show));

    [Fact]
    public void Roles() => Assert.Equal(
        ["system: hi from system\n", "user: howdy from user\n"],
        TemplateHarness.Render(
            "{{role \"system\"}}{{systemGreeting}} from system\n{{role \"user\"}}{{userGreeting}} from user\n",
            "string systemGreeting, string userGreeting",
            "\"hi\", \"howdy\""));

    [Fact]
    public void All_roles() => Assert.Equal(
        ["system: this is system\n", "user: this is user1\n", "assistant: this is model\n", "user: this is user2\n"],
        TemplateHarness.Render(
            "{{role \"system\"}}this is system\n{{role \"user\"}}this is user1\n{{role \"model\"}}this is model\n{{role \"user\"}}this is user2\n",
            "",
            ""));

    [Theory]
    [InlineData("{{json this}}", "bool test", "true", "{\"test\":true}")]
    [InlineData("{{json this indent=2}}", "bool test", "true", "{\n  \"test\": true\n}")]
    [InlineData("{{json this indent=4}}", "bool test", "true", "{\n    \"test\": true\n}")]
    [InlineData("{{json this}}", "Outer outer", "new Outer(new Inner(42))", "{\"outer\":{\"inner\":{\"value\":42}}}")]
    [InlineData("{{json this}}", "int[] items", "[1, 2, 3]", "{\"items\":[1,2,3]}")]
    [InlineData("{{json this}}", "", "", "{}")]
    public void Json(string template, string parameters, string arguments, string expected) => Assert.Equal(
        ["user: " + expected],
        TemplateHarness.Render(template, parameters, arguments, "record Outer(Inner Inner); record Inner(int Value);"));

    [Theory]
    [InlineData("{{media contentType=contentType url=url}}", "\"https://a/b/c\", \"image/jpeg\"", "<https://a/b/c image/jpeg>")]
    [InlineData("{{media url=url contentType=contentType}}", "\"https://example.com/video.mp4\", \"video/mp4\"", "<https://example.com/video.mp4 video/mp4>")]
    [InlineData("{{media contentType=contentType url=url}}", "\"https://example.com/audio.mp3\", \"audio/mpeg\"", "<https://example.com/audio.mp3 audio/mpeg>")]
    [InlineData("{{media url=url}}", "\"https://example.com/image.png\", \"\"", "<https://example.com/image.png image/png>")]
    public void Media(string template, string arguments, string expected) =>
        Assert.Equal(["user: " + expected], TemplateHarness.Render(template, "string url, string contentType", arguments));
}
