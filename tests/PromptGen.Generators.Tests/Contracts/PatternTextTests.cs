using System.Text.RegularExpressions;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Tests.Contracts;

/// <summary>A pattern goes to the engine without backtracking where that takes it, or the contract could not even be loaded.</summary>
public sealed class PatternTextTests
{
    [Theory]
    [InlineData("[a-z]+", false)]
    [InlineData("^(?:[A-Z]{2}\\d{2,30}|x{5000000})$", true)]
    [InlineData("\\p{Lu}{1,64}", false)]
    [InlineData("[{(]{2}[^\\])]{1,100}", false)]
    [InlineData("{name}{,5}", false)]
    [InlineData("(?:[\\w.+-]{1,64})@(?:[a-z0-9-]{1,63}\\.){1,8}[a-z]{2,24}", false)]
    [InlineData("(a{100}){100}", true)]
    [InlineData("((\\w{1,50} ?){1,50}\\n){1,50}", true)]
    [InlineData("(?:a{0,300}){0,300}", true)]
    [InlineData("a{9000}", true)]
    [InlineData("a(?=b)", true)]
    [InlineData("(?<!a)b", true)]
    [InlineData("(?<name>a)b", false)]
    [InlineData("(?'name'a)b", false)]
    [InlineData("(?<o>\\()(?<-o>\\))", true)]
    [InlineData("(a)\\1", true)]
    [InlineData("[a\\1]", false)]
    [InlineData("(?>a)", true)]
    [InlineData("(a)?(?(1)b|c)", true)]
    [InlineData("\\Ga", true)]
    public void The_engine_takes_what_it_is_given(string pattern, bool needsBacktracking)
    {
        Assert.Equal(needsBacktracking, PatternText.NeedsBacktracking(pattern));

        _ = new Regex(pattern, needsBacktracking ? RegexOptions.None : RegexOptions.NonBacktracking);
    }
}
