using Microsoft.Extensions.AI;
using PromptGen.Providers;
using PromptGen.Testing;

namespace PromptGen.Tests.Anthropic;

public sealed class AnthropicRateLimitTests : AnthropicTestBase
{
    private static readonly DateTimeOffset Reset = DateTimeOffset.UtcNow.AddMinutes(10);

    private static readonly Dictionary<string, string> Headers = new()
    {
        ["anthropic-ratelimit-requests-limit"] = "50",
        ["anthropic-ratelimit-requests-remaining"] = "49",
        ["anthropic-ratelimit-requests-reset"] = Reset.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
        ["anthropic-ratelimit-tokens-limit"] = "100000",
        ["anthropic-ratelimit-tokens-remaining"] = "0",
        ["anthropic-ratelimit-tokens-reset"] = "whenever",
        ["anthropic-ratelimit-input-tokens-limit"] = "3",
        ["anthropic-ratelimit-output-tokens-remaining"] = "3",
    };

    [Theory]
    [InlineData(200, false)]
    [InlineData(200, true)]
    [InlineData(429, false)]
    [InlineData(529, true)]
    public async Task Every_answer_reports_its_headers_for_the_model_that_was_asked(int status, bool streamed)
    {
        var reports = new List<RateLimitReport>();
        var feed = Client.GetService<RateLimitFeed>()!;
        feed.Add(Model, (in RateLimitReport report) => reports.Add(report));
        feed.Add("claude-other", static (in RateLimitReport _) => Assert.Fail("another model"));
        var reply = (status == 200 ? ModelReply.Text("Hello") : ModelReply.Error(status)) with { Headers = Headers };

        _ = await Record.ExceptionAsync(async () => _ = streamed ? (object)await StreamAsync(reply) : await AskAsync(reply));

        var report = Assert.Single(reports);
        Assert.Equal((50L, 49L), (report.Requests.Limit, report.Requests.Left));
        // The header is in whole seconds, and a loaded machine may take a while to read it.
        Assert.InRange(report.Requests.ResetsIn!.Value, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10));
        Assert.Equal(new RateAllowance(100_000, 0, null), report.Tokens);
    }

    [Fact]
    public async Task A_reset_that_has_passed_is_at_once()
    {
        var reports = new List<RateLimitReport>();
        Client.GetService<RateLimitFeed>()!.Add(Model, (in RateLimitReport report) => reports.Add(report));

        await AskAsync(ModelReply.Text("Hello") with
        {
            Headers = new Dictionary<string, string> { ["anthropic-ratelimit-requests-remaining"] = "0", ["anthropic-ratelimit-requests-reset"] = "2001-01-01T00:00:00Z" },
        });

        Assert.Equal([new RateLimitReport(new RateAllowance(null, 0, TimeSpan.Zero), default)], reports);
    }

    [Fact]
    public async Task An_answer_without_headers_reports_nothing()
    {
        Client.GetService<RateLimitFeed>()!.Add(Model, static (in RateLimitReport _) => Assert.Fail("a report"));

        await AskAsync(ModelReply.Text("Hello"));
    }
}
