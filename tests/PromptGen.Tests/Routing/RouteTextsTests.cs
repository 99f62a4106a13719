using PromptGen.Routing;

namespace PromptGen.Tests.Routing;

/// <summary>The conditions of rules on texts.</summary>
public sealed class RouteTextsTests
{
    private static readonly RoutePhrases Phrases = new("lawyer", "data loss");

    [Theory]
    [InlineData(null, 0)]
    [InlineData("", 0)]
    [InlineData("a", 1)]
    [InlineData("abcd", 1)]
    [InlineData("abcde", 2)]
    [InlineData("日本語", 3)]
    [InlineData("aé", 2)]
    public void Tokens_are_estimated_as_for_a_prompt(string? text, int tokens) => Assert.Equal(tokens, RouteTexts.Tokens(text));

    [Theory]
    [InlineData("You will hear from my LAWYER.", true)]
    [InlineData("lawyer", true)]
    [InlineData("lawyers", false)]
    [InlineData("my_lawyer", false)]
    [InlineData("outlawyer lawyer!", true)]
    [InlineData("lawlaw", false)]
    [InlineData("law and order", true)]
    [InlineData("LAWS, LAWYERS, Law", true)]
    [InlineData("a data loss", true)]
    [InlineData("a data  loss", false)]
    [InlineData("c++ is hard", true)]
    [InlineData("ac++", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_phrase_counts_as_whole_words_whatever_its_case(string? text, bool holds) =>
        Assert.Equal(holds, new RoutePhrases("lawyer", "Data Loss", "C++", "LAW", "").AreIn(text));

    [Theory]
    [InlineData("```\nx\n```")]
    [InlineData("see:\n  ~~~js\nlet x")]
    [InlineData("public class A\n{\n}")]
    [InlineData("def f(x):\n    return x + 1")]
    [InlineData("const a = 1;\nconsole.log(a);")]
    [InlineData("import os\nprint(os.getcwd())")]
    [InlineData("#include <stdio.h>\nint main() {")]
    [InlineData("func main() {\n  fmt.Println(1)\n}")]
    [InlineData("fn main() {\n    let x = 5;\n}")]
    [InlineData("<?php\necho $x;")]
    [InlineData("SELECT id FROM users\nUPDATE users SET a = 1")]
    [InlineData("#!/bin/bash\nif [ -f x ]; then\n  echo $(ls);\nfi")]
    [InlineData("package a\nimport (\n\"fmt\"\n)\nfunc x() {")]
    [InlineData("namespace A;\nusing System;\nvar x = f(1);")]
    [InlineData("export const f = () => {\n};")]
    [InlineData("@Override\npublic void run() {")]
    public void Code_of_the_common_languages_is_found(string text) => Assert.True(RouteTexts.ContainsCode(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("I was charged twice; please help.")]
    [InlineData("import duties are high\nreturn the parcel\nclass starts at nine\nlet me know\nusing it daily")]
    [InlineData("public holidays\nprivate matters\nstatic noise;")]
    [InlineData("We met; we talked;\nWe left;")]
    [InlineData("x = 1;")]
    [InlineData("The price is {price} euros.")]
    [InlineData("SELECT")]
    public void Prose_is_not_code(string? text) => Assert.False(RouteTexts.ContainsCode(text));

    [Fact]
    public void Nothing_is_allocated()
    {
        var text = string.Concat(Enumerable.Repeat("This is a line of prose, and here is another one.\n", 200));
        var found = Look(text);

        var before = GC.GetAllocatedBytesForCurrentThread();
        found |= Look(text);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.False(found);

        static bool Look(string text) => RouteTexts.ContainsCode(text) | Phrases.AreIn(text) | (RouteTexts.Tokens(text) == 0);
    }
}
