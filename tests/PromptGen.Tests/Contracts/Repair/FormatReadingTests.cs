using PromptGen.Contracts;
using PromptGen.Contracts.Repair;

namespace PromptGen.Tests.Contracts.Repair;

/// <summary>Other ways of writing dates, times, ids, links and durations; null where the text has no reading, or has the format already.</summary>
public sealed class FormatReadingTests
{
    private const string Id = "0f8fad5b-d9cb-469f-a165-70867728950e";

    [Theory]
    [InlineData("date", "2026/3/1", "2026-03-01")]
    [InlineData("date", "1 March 2026", "2026-03-01")]
    [InlineData("date", "Mar 1, 2026", "2026-03-01")]
    [InlineData("date", "2026-03-01T00:00:00Z", "2026-03-01")]
    [InlineData("date", "03/04/2026", null)]
    [InlineData("date-time", "2026-03-01 10:15", "2026-03-01T10:15:00")]
    [InlineData("date-time", "2026/03/01 10:15:20", "2026-03-01T10:15:20")]
    [InlineData("date-time", "2026-03-01 10:15:20.25", "2026-03-01T10:15:20.25")]
    [InlineData("date-time", "March 1, 2026", "2026-03-01T00:00:00")]
    [InlineData("date-time", "tomorrow", null)]
    [InlineData("uuid", "{" + Id + "}", Id)]
    [InlineData("uuid", "urn:uuid:" + Id, Id)]
    [InlineData("uuid", "0f8fad5bd9cb469fa16570867728950e", Id)]
    [InlineData("uuid", Id, null)]
    [InlineData("uuid", "a", null)]
    [InlineData("uri", "<https://acme.example/a>", "https://acme.example/a")]
    [InlineData("uri", "[the page](https://acme.example/a)", "https://acme.example/a")]
    [InlineData("uri", "the page", null)]
    [InlineData("duration", "1 day 2 hours", "P1DT2H")]
    [InlineData("duration", "2 hours, 30 min, 5 s", "PT2H30M5S")]
    [InlineData("duration", "1.5 d", "P1.5D")]
    [InlineData("duration", "soon", null)]
    [InlineData("email", "<ada@acme.example>", null)]
    public void A_text_is_read_in_the_format_that_the_contract_requires(string format, string text, string? expected) =>
        Assert.Equal(expected, FormatReading.Find(format, text, new ReadingGuard()));

    [Theory]
    [InlineData(2048, true)]
    [InlineData(2049, false)]
    public void A_longer_text_than_any_of_a_format_is_not_read(int length, bool isRead)
    {
        var link = "https://acme.example/".PadRight(length, 'a');

        Assert.Equal(isRead ? link : null, FormatReading.Find("uri", link, new ReadingGuard()));
    }
}
