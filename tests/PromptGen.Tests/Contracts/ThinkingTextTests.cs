using System.Text;
using PromptGen.Contracts;

namespace PromptGen.Tests.Contracts;

/// <summary>The reasoning that a model wrote before its answer.</summary>
public sealed class ThinkingTextTests
{
    [Theory]
    [InlineData("<think>a {} b</think> {}", "{}")]
    [InlineData("x <THINKING>a</Thinking>y", "y")]
    [InlineData("<scratchpad>a</scratchpad><analysis>b</analysis> c", "c")]
    [InlineData("<think>a</b></thinks></think>c", "c")]
    [InlineData("<reflection>a <think>b</think> c", "c")]
    [InlineData("<think>a <think>b <reasoning>c</reasoning> d", "d")]
    [InlineData("<think>a", null)]
    [InlineData("<think", null)]
    [InlineData("<b>a</b>", null)]
    [InlineData("{} <think>a</think>", null)]
    [InlineData("a {} </think> {}", "{}")]
    [InlineData("</think>[1]", "[1]")]
    [InlineData("a </think> b </think>\n```json\n{}", "```json\n{}")]
    [InlineData("a </think> b", null)]
    [InlineData("<think>a</think> b </think> {}", "b </think> {}")]
    public void Reasoning_before_the_answer_is_removed(string text, string? expected)
    {
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text);

        Assert.Equal(expected is not null, ThinkingText.TryRemove(ref rest, new ReadingGuard()));

        Assert.Equal(expected ?? text, Encoding.UTF8.GetString(rest));
    }

    [Theory]
    [InlineData(31, "c")]
    [InlineData(32, null)]
    public void Behind_many_other_tags_no_reasoning_is_searched(int tags, string? expected)
    {
        var text = string.Concat(Enumerable.Repeat("<b>", tags)) + "<think>a</think>c";
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text);

        Assert.Equal(expected is not null, ThinkingText.TryRemove(ref rest, new ReadingGuard()));

        Assert.Equal(expected ?? text, Encoding.UTF8.GetString(rest));
    }
}
