using System.Text.Json;

namespace PromptGen.Evaluation.Tests.Runs;

public sealed class EvaluatedPromptTests
{
    [Fact]
    public void A_set_that_suits_the_prompt_has_no_faults()
    {
        var prompt = EvaluatedPrompt.Of<Questions>(nameof(Questions.ColourAsync));

        Assert.Equal(("Questions.ColourAsync", 8), (prompt.Name, prompt.Version.Length));
        Assert.Equal([EvaluationModels.Cheap, EvaluationModels.Strong], prompt.Models);
        Assert.Empty(prompt.Check(Set("""{"name": "red", "level": 3}""", """{"name": "Red", "red": 255, "shade": "Dark"}""")));
        Assert.Empty(prompt.Check(Set("""{"name": "red", "level": 3, "note": null}""", """{"shade": "Dark"}""")));
    }

    [Theory]
    [InlineData("""{"name": "red"}""", "{}", "has no input 'level'")]
    [InlineData("""{"name": "red", "level": "three"}""", "{}", "has an input 'level' that is no Int32")]
    [InlineData("""{"name": 3, "level": 3}""", "{}", "has an input 'name' that is no String")]
    [InlineData("""{"name": null, "level": 3}""", "{}", "has null for the input 'name'")]
    [InlineData("""{"name": "red", "level": 3, "size": 1}""", "{}", "has an input 'size', which is no parameter of the prompt; there are name, level, note")]
    [InlineData("""{"name": "red", "level": 3}""", """{"shade": "Grey"}""", "at '/shade'")]
    [InlineData("""{"name": "red", "level": 3}""", """{"red": 300}""", "at '/red'")]
    [InlineData("""{"name": "red", "level": 3}""", "7", "expects what the contract does not allow")]
    public void What_does_not_suit_is_reported_with_file_and_line(string input, string expected, string problem)
    {
        var fault = Assert.Single(EvaluatedPrompt.Of<Questions>(nameof(Questions.ColourAsync)).Check(Set(input, expected)));

        Assert.StartsWith("'set.jsonl', line 1 ('1') ", fault, StringComparison.Ordinal);
        Assert.Contains(problem, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expected_value_that_is_no_object_is_checked_too()
    {
        var prompt = EvaluatedPrompt.Of<Questions>(nameof(Questions.SumAsync));

        Assert.Empty(prompt.Check(Set("""{"a": 1, "b": 2}""", "3")));
        Assert.Single(prompt.Check(Set("""{"a": 1, "b": 2}""", "\"three\"")));
    }

    [Fact]
    public void Only_prompts_with_one_answer_are_evaluated()
    {
        Assert.Throws<NotSupportedException>(static () => EvaluatedPrompt.Of<Questions>(nameof(Questions.StreamAsync)));
        Assert.Throws<ArgumentException>(static () => EvaluatedPrompt.Of<Questions>("None"));
    }

    private static EvaluationSet Set(string input, string expected) => new(
        "set",
        [new("1", JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(input)!, JsonSerializer.Deserialize<JsonElement>(expected), []) { Place = "'set.jsonl', line 1" }]);
}
