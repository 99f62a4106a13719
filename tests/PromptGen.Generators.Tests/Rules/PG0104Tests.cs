namespace PromptGen.Generators.Tests.Rules;

/// <summary>The name of a library's method is one that C# accepts.</summary>
public sealed class PG0104Tests
{
    [Theory]
    [InlineData("\"Add Prompts\"", "[PromptLibrary] cannot name its method 'Add Prompts': it is not a C# identifier; write an identifier such as AddAcmePrompts")]
    [InlineData("\"Acme.Add\"", "[PromptLibrary] cannot name its method 'Acme.Add': it is not a C# identifier; write an identifier such as AddAcmePrompts")]
    [InlineData("\"\"", "[PromptLibrary] cannot name its method '': it is not a C# identifier; write an identifier such as AddAcmePrompts")]
    [InlineData("null!", "[PromptLibrary] cannot name its method 'null': it is not a C# identifier; write an identifier such as AddAcmePrompts")]
    [InlineData("\"class\"", "[PromptLibrary] cannot name its method 'class': it is a keyword of C#; write an identifier such as AddAcmePrompts")]
    [InlineData("\"AddPromptClients\"", "[PromptLibrary] cannot name its method 'AddPromptClients': every assembly with prompts has an internal method of that name; write an identifier such as AddAcmePrompts")]
    [InlineData("Name.Of", "[PromptLibrary] cannot name its method '1st': it is not a C# identifier; write an identifier such as AddAcmePrompts")]
    public async Task Fires(string name, string message) =>
        Assert.Equal(message, (await Rule.VerifyAsync(Library("{|PG0104:" + name + "|}"))).Message("PG0104"));

    [Theory]
    [InlineData("\"AddAcmePrompts\"")]
    [InlineData("\"Größe\"")]
    [InlineData("\"record\"")]
    [InlineData("\"ToString\"")]
    [InlineData("nameof(Name.Of)")]
    public Task Stays_silent(string name) => Rule.VerifyAsync(Library(name));

    private static string Library(string name) => $$$"""
        [assembly: PromptLibrary({{{name}}})]

        public static class Name
        {
            public const string Of = "1st";
        }

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """;
}
