using Microsoft.Extensions.AI;
using PromptGen.OpenAI.Responses;
using PromptGen.Providers;
using PromptGen.Testing;

namespace PromptGen.Tests.OpenAI;

public sealed class OpenAIRateLimitTests : OpenAITestBase
{
    private static readonly Dictionary<string, string> Headers = new()
    {
        ["x-ratelimit-limit-requests"] = "500",
        ["x-ratelimit-remaining-requests"] = "499",
        ["x-ratelimit-reset-requests"] = "120ms",
        ["x-ratelimit-limit-tokens"] = "200000",
        ["x-ratelimit-remaining-tokens"] = "0",
        ["x-ratelimit-reset-tokens"] = "6m0s",
    };

    private static readonly RateLimitReport Expected = new(new RateAllowance(500, 499, TimeSpan.FromMilliseconds(120)), new RateAllowance(200_000, 0, TimeSpan.FromMinutes(6)));

    [Theory]
    [InlineData(200, false)]
    [InlineData(200, true)]
    [InlineData(429, false)]
    [InlineData(500, true)]
    public async Task Every_answer_reports_its_headers_for_the_model_that_was_asked(int status, bool streamed)
    {
        var reports = new List<RateLimitReport>();
        var feed = Client.GetService<RateLimitFeed>()!;
        feed.Add("gpt-test", (in RateLimitReport report) => reports.Add(report));
        feed.Add("gpt-other", static (in RateLimitReport _) => Assert.Fail("another model"));
        var reply = (status == 200 ? ModelReply.Text("Hello") : ModelReply.Error(status)) with { Headers = Headers };

        _ = await Record.ExceptionAsync(async () => _ = streamed ? (object)await StreamAsync(reply) : await AskAsync(reply));

        Assert.Equal([Expected], reports);
    }

    [Fact]
    public async Task An_answer_without_headers_reports_nothing()
    {
        Client.GetService<RateLimitFeed>()!.Add(Model, static (in RateLimitReport _) => Assert.Fail("a report"));

        await AskAsync(ModelReply.Text("Hello"));
    }

    [Theory]
    [InlineData("1s", 1_000)]
    [InlineData("6m0s", 360_000)]
    [InlineData("20ms", 20)]
    [InlineData("7.66s", 7_660)]
    [InlineData("1h2m3.5s", 3_723_500)]
    [InlineData("2m59.56s", 179_560)]
    [InlineData(" 12 ", 12_000)]
    [InlineData("99999999999d", 86_400_000)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("soon", null)]
    [InlineData("-1s", null)]
    [InlineData("1.2.3s", null)]
    [InlineData("s", null)]
    [InlineData("1y", null)]
    [InlineData("2030-01-01T00:00:00Z", null)]
    public void A_time_is_read_or_counts_as_absent(string? value, int? milliseconds) =>
        Assert.Equal(milliseconds is { } time ? TimeSpan.FromMilliseconds(time) : null, RateLimitHeaders.Time(value));
}
