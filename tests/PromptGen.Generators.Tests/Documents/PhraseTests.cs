namespace PromptGen.Generators.Tests.Documents;

/// <summary>Documents, comments, messages, names of rules and of tests are plain technical English: none has one of the <see cref="Phrases"/> to avoid.</summary>
public sealed class PhraseTests
{
    [Fact]
    public void No_text_has_a_phrase_to_avoid()
    {
        var texts = Prose.OfRepository().ToArray();
        Assert.Contains(texts, static text => text.Name == "README.md");
        Assert.Contains(texts, static text => text.Name == "src/PromptGen.Generators/Rules/PG0101.md");
        Assert.Contains(texts, static text => text.Name == "src/PromptGen.Generators/Diagnostics/Descriptors.cs");
        Assert.Contains(texts, static text => text.Name == "tests/PromptGen.Generators.Tests/Documents/PhraseTests.cs");

        var found = texts.SelectMany(Phrases.In).ToArray();
        Assert.True(found.Length == 0, string.Join('\n', found));
    }

    [Theory]
    [InlineData("docs/README.md", "A line.\nThe model is\ntold of it.", 2)]
    [InlineData("src/A.cs", "/// <summary>One.\n/// Nobody knows.</summary>\npublic class A;", 2)]
    [InlineData("src/A.cs", "public interface IA\n{\n    /// <summary>In vain.</summary>\n    void M();\n}", 3)]
    [InlineData("src/A.cs", "public enum A\n{\n    /// <summary>Resting.</summary>\n    B,\n}", 3)]
    [InlineData("src/A.cs", "class A\n{\n    string B = $\"'{1}' is held to {2}\";\n}", 3)]
    [InlineData("src/A.cs", "class A\n{\n    string B = \"\"\"\n        x\n        mend it\n        \"\"\";\n}", 5)]
    [InlineData("samples/A.cs", "class A\n{\n    // One of both.\n}", 3)]
    [InlineData("tests/A.cs", "class A\n{\n    int B = 1; // Nobody.\n}", 3)]
    [InlineData("tests/A.cs", "class A\n{\n    void An_error_is_told()\n    {\n    }\n}", 3)]
    public void A_phrase_is_found_with_file_and_line(string name, string content, int line) =>
        Assert.StartsWith($"{name}:{line}: '", Assert.Single(Phrases.In(Prose.Of(name, content))), StringComparison.Ordinal);

    [Theory]
    [InlineData("tests/A.cs", "class A\n{\n    string B = \"Nobody.\";\n}")]
    [InlineData("src/A.cs", "class A\n{\n    string B = \"one of\" + \"both\";\n}")]
    [InlineData("docs/README.md", "We recommend a stand-in; `*` stands for any letters.")]
    public void Data_of_a_test_and_what_only_looks_alike_is_not_found(string name, string content) =>
        Assert.Empty(Phrases.In(Prose.Of(name, content)));
}
