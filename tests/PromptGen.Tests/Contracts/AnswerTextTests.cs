using System.Text;
using PromptGen.Contracts;
using PromptGen.Contracts.Repair;

namespace PromptGen.Tests.Contracts;

/// <summary>What the text around an answer's JSON shows without reading the JSON.</summary>
public sealed class AnswerTextTests
{
    [Theory]
    [InlineData("{}", 2)]
    [InlineData("[]x", 2)]
    [InlineData("""{"a":[1]} x""", 9)]
    [InlineData("[[],{}] ]", 7)]
    [InlineData("""{"}"}""", 5)]
    [InlineData("""{"\"}"}x""", 7)]
    [InlineData("""{"\\"}x""", 6)]
    [InlineData("{", 0)]
    [InlineData("[[]", 0)]
    [InlineData("""{"a}""", 0)]
    [InlineData("""{"a\""", 0)]
    [InlineData("""{"a\"}""", 0)]
    public void A_block_ends_with_the_brace_or_bracket_that_closes_it(string text, int expected) => Assert.Equal(expected, AnswerText.LengthOfBlock(Utf8(text), new ReadingGuard()));

    [Theory]
    [InlineData("[", "1,", "1]")]
    [InlineData("[", "1,", "")]
    [InlineData("[", "\"abcdef\",", "1]")]
    [InlineData("[", "\"abcdef\",", "\"abc")]
    [InlineData("[\"", "abcdef", "\"]")]
    public void The_end_of_a_block_is_searched_in_slices_that_are_all_counted(string begin, string part, string end)
    {
        var text = Utf8(begin + string.Concat(Enumerable.Repeat(part, 200_000 / part.Length)) + end);
        var guard = new ReadingGuard();

        CheckClock.AssertChecked(text.Length / ReadingGuard.Interval, bounds => AnswerText.LengthOfBlock(text, bounds), guard);

        Assert.InRange(guard.Steps, text.Length * 0.95, text.Length * 1.05);
    }

    [Theory]
    [InlineData("x ```json ", " y", "x", " y", true)]
    [InlineData("x\n```\n", "y", null, null, false)]
    [InlineData("x ```", "``` y", "x", "y", true)]
    [InlineData("```", "\n``` y", "", "\n``` y", true)]
    [InlineData("x", "```", null, null, false)]
    public void A_fence_that_ends_the_text_before_is_removed_with_the_one_behind(string before, string after, string? expectedBefore, string? expectedAfter, bool expected)
    {
        ReadOnlySpan<byte> first = Utf8(before), second = Utf8(after);

        Assert.Equal(expected, AnswerText.TryRemoveFence(ref first, ref second, new ReadingGuard()));

        Assert.Equal(expectedBefore ?? before, Encoding.UTF8.GetString(first));
        Assert.Equal(expectedAfter ?? after, Encoding.UTF8.GetString(second));
    }

    [Theory]
    [InlineData("```json\n{}\n```", "{}\n")]
    [InlineData("```\n\n  {}```\n", "{}")]
    [InlineData("```\n```", "")]
    [InlineData("```\n", null)]
    [InlineData("```json", null)]
    [InlineData("``````", null)]
    [InlineData("```json```", null)]
    [InlineData("```\n{}", null)]
    [InlineData("x ```\n{}\n```", null)]
    [InlineData("```\n{}\n``` x", null)]
    public void A_fence_around_the_whole_text_is_removed(string text, string? expected)
    {
        ReadOnlySpan<byte> rest = Utf8(text);

        Assert.Equal(expected is not null, AnswerText.TryUnfence(ref rest, new ReadingGuard()));

        Assert.Equal(expected ?? text, Encoding.UTF8.GetString(rest));
    }

    [Theory]
    [InlineData("{", true)]
    [InlineData("[1]", true)]
    [InlineData("```json\n{}", true)]
    [InlineData("```\n\n[", true)]
    [InlineData("```{}```", true)]
    [InlineData("```json {}```", false)]
    [InlineData("```\nx", false)]
    [InlineData("```", false)]
    [InlineData("x {}", false)]
    [InlineData("", false)]
    public void A_text_starts_a_block_in_a_fence_or_without_one(string text, bool expected) => Assert.Equal(expected, AnswerText.StartsBlock(Utf8(text), new ReadingGuard()));

    [Theory]
    [InlineData("```\na\n```", "4")]
    [InlineData("x ```no``` y\n```json\na\n```\n  ```\nb", "21 33")]
    [InlineData("```\n\n", "")]
    [InlineData("```\n```\n a\n```", "4")]
    [InlineData("```json", "")]
    [InlineData("no fence", "")]
    [InlineData("```\na", "4")]
    public void Fences_that_begin_a_line_are_found_one_after_another(string text, string expected)
    {
        var (guard, starts, position) = (new ReadingGuard(), new List<int>(), 0);
        while (AnswerText.TryNextFence(Utf8(text), ref position, guard, out var start))
        {
            starts.Add(start);
        }

        Assert.Equal(expected, string.Join(' ', starts));
    }

    [Theory]
    [InlineData("```\na\n```", "a", "Fence")]
    [InlineData("```json\n a b \n```\n", "a b", "Fence")]
    [InlineData("x\n```\na\n```", "a", "Fence Prose")]
    [InlineData("```\na\n``` x", "a", "Fence Prose")]
    [InlineData("```\na\n``` ```\nb\n```", null, "")]
    [InlineData("```\na\n``````", null, "")]
    [InlineData("```\n \n```", null, "")]
    [InlineData("```\na", null, "")]
    [InlineData("```a```", null, "")]
    [InlineData("a\nb", null, "")]
    [InlineData("\n```\na\n```", "a", "Fence Prose")]
    public void The_content_of_the_only_fence_is_taken(string text, string? expected, string rungs)
    {
        var content = AnswerText.InFence(Utf8(text), new ReadingGuard(), out var taken);

        Assert.Equal(expected ?? text, Encoding.UTF8.GetString(content));
        Assert.Equal(rungs, string.Join(' ', taken.Names()));
    }

    [Theory]
    [InlineData(", \"b\": 1", true)]
    [InlineData(" ,\n\"b\" :1", true)]
    [InlineData(",\"\":1", true)]
    [InlineData(",\"b\"", false)]
    [InlineData(",\"b\",", false)]
    [InlineData(",\"b", false)]
    [InlineData(", b\": 1", false)]
    [InlineData(", b: 1", false)]
    [InlineData("\"b\": 1", false)]
    [InlineData(", {", false)]
    [InlineData("", false)]
    public void An_object_goes_on_where_a_member_comes_behind_it(string after, bool expected) => Assert.Equal(expected, AnswerText.GoesOn(Utf8(after), new ReadingGuard()));

    [Theory]
    [InlineData("or", true, false)]
    [InlineData(" not, ", true, false)]
    [InlineData("No.", true, true)]
    [InlineData(".", true, true)]
    [InlineData(": ", true, true)]
    [InlineData(" no ", true, false)]
    [InlineData("\nso\n", true, false)]
    [InlineData(" on ", true, false)]
    [InlineData("json, no ", true, false)]
    [InlineData("```jsonl\n", true, false)]
    [InlineData(",\n```json\n", false, false)]
    [InlineData("```\n```json\n", false, false)]
    [InlineData("json", false, false)]
    [InlineData("", false, false)]
    public void Words_between_two_objects_are_prose_and_a_sentence_leads_over(string between, bool isProse, bool leadsOver)
    {
        Assert.Equal(isProse, AnswerText.IsProse(Utf8(between), new ReadingGuard()));
        Assert.Equal(leadsOver, AnswerText.LeadsOver(Utf8(between), new ReadingGuard()));
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
