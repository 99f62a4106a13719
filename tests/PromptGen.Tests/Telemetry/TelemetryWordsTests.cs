using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using PromptGen.Telemetry;

namespace PromptGen.Tests.Telemetry;

public sealed partial class TelemetryWordsTests
{
    [Fact]
    public void An_error_type_is_the_name_of_the_code_in_snake_case()
    {
        foreach (var code in Enum.GetValues<PromptErrorCode>())
        {
            Assert.Equal(Snake(code.ToString()), TelemetryWords.ErrorType(code));
            Assert.Equal(code == PromptErrorCode.None ? "accepted" : Snake(code.ToString()), TelemetryWords.Outcome(code));
        }
    }

    [Fact]
    public void A_tier_is_its_name_in_snake_case()
    {
        foreach (var tier in Enum.GetValues<Tier>())
        {
            Assert.Equal(Snake(tier.ToString()), TelemetryWords.Tier(tier));
        }
    }

    [Fact]
    public void Every_reason_has_a_word()
    {
        var words = Enum.GetValues<PromptAttemptReason>().Select(TelemetryWords.Reason);

        Assert.Equal(["initial", "retry", "repair", "fallback", "escalation", "route", "judge", "vote", "hedge", "resume"], words);
    }

    [Fact]
    public void Every_log_entry_has_an_id_of_its_own()
    {
        var ids = typeof(TelemetryLog).GetMethods().Select(static method => method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId).OfType<int>();

        Assert.Equal(Enumerable.Range(1, 23), ids.Order());
    }

    [Fact]
    public void A_code_that_is_not_known_yet_is_other() => Assert.Equal("_OTHER", TelemetryWords.ErrorType((PromptErrorCode)1_000));

    private static string Snake(string name) => UpperCase().Replace(name, static match => "_" + match.Value).TrimStart('_').ToLowerInvariant();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex UpperCase();
}
