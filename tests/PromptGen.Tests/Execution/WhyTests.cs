using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using PromptGen.Providers;
using PromptGen.Tests.Telemetry;

namespace PromptGen.Tests.Execution;

/// <summary>Why a call gave no answer can be read in its exception and its log, which hold no text of the prompt or of an answer.</summary>
[Collection(TelemetryCollection.Name)]
public sealed class WhyTests
{
    [Fact]
    public async Task Violations_are_named_by_place_and_expectation_and_never_by_what_came()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk(builder => builder.UseLoggerFactory(probe));
        desk.Mini.Answers("""{"value":"SECRET"}""");

        var error = await desk.FailAsync();

        Assert.Contains("1. mini (Initial): SchemaMismatch, /value: expected an integer", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", error.Message, StringComparison.Ordinal);
        Assert.Contains(probe.Logs, static line => line.Level == LogLevel.Information && line.Text.Contains("/value: expected an integer", StringComparison.Ordinal));
        Assert.DoesNotContain(probe.Logs, static line => line.Text.Contains("SECRET", StringComparison.Ordinal));
    }

    [Fact]
    public void A_member_that_the_contract_does_not_have_is_counted_and_not_named()
    {
        var attempt = Attempt(PromptErrorCode.SchemaMismatch, violations:
        [
            new("/order/SECRET", SchemaViolation.Unknown + "a", "1"), new("/b", "a boolean", "2"), new("/c", "a boolean", "3"), new("/d", "a boolean", "4"), new("/e", "a boolean", "5"),
        ]);

        Assert.Equal(
            "mini (Initial): SchemaMismatch, /order: a member that the contract does not have and /b: expected a boolean and /c: expected a boolean and 2 more",
            attempt.ToString());
    }

    [Fact]
    public void The_reason_of_a_check_is_shown_where_it_is_a_constant_of_the_program()
    {
        var name = "Confidence";

        Assert.Equal("mini (Initial): NotAccepted, Confidence is below 0.8", Attempt(PromptErrorCode.NotAccepted, "Confidence is below 0.8").ToString());
        Assert.Equal("mini (Initial): NotAccepted", Attempt(PromptErrorCode.NotAccepted, $"{name} of Ms Smith is too low").ToString());
    }

    [Fact]
    public void An_accepted_attempt_says_so() => Assert.Equal("mini (Initial): accepted", Attempt(PromptErrorCode.None).ToString());

    [Fact]
    public async Task A_refused_connection_is_named_with_its_error_and_host()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk(builder =>
        {
            builder.Resilience.MaxRetries = 0;
            builder.UseLoggerFactory(probe);
        });
        var port = FreePort();
        using var http = new HttpClient();
        foreach (var model in new[] { desk.Mini, desk.Haiku, desk.Sonnet })
        {
            model.Then(async (_, cancellationToken) => throw await FailureOfAsync(http, port, cancellationToken));
        }

        var error = await desk.FailAsync();

        Assert.Contains($"First failure: System.Net.Http.HttpRequestException: ConnectionRefused (127.0.0.1:{port}). Telemetry.IncludeProviderMessages = true", error.Message, StringComparison.Ordinal);
        Assert.Contains($"ConnectionRefused (127.0.0.1:{port})", error.InnerException!.Message, StringComparison.Ordinal);
        Assert.Contains(probe.Logs, line => line.Level == LogLevel.Warning && line.Text.Contains($"ConnectionRefused (127.0.0.1:{port})", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("It failed (SECRET)")]
    [InlineData("It failed (a b:80)")]
    [InlineData("It failed (host:x)")]
    [InlineData("It failed")]
    public void What_does_not_look_like_a_host_is_not_shown(string message) =>
        Assert.Equal("ConnectionError", TransportDetail.Of(new HttpRequestException(HttpRequestError.ConnectionError, message)));

    [Fact]
    public async Task A_script_without_answers_says_so_and_is_not_asked_again()
    {
        using var desk = new Desk();

        var error = await desk.FailAsync();

        Assert.Contains("First failure: The script of the ScriptedChatClient has no answer for request 1 (mini)", error.Message, StringComparison.Ordinal);
        Assert.Single(desk.Mini.Requests);
    }

    [Fact]
    public async Task One_line_reports_every_call_and_a_level_turns_it_off()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk(builder => builder.UseLoggerFactory(probe));
        desk.Mini.Answers("""{"value":3}""", 1_000, 500);
        await desk.AskAsync();

        var line = Assert.Single(probe.Logs);
        Assert.Equal(LogLevel.Information, line.Level);
        Assert.Matches(@"^Desk\.Urgency ended after 0\.000 s and 1 attempts: accepted, \$0\.00\d+, mini$", line.Text);

        using var silent = new TelemetryProbe();
        using var other = new Desk(builder =>
        {
            builder.Telemetry.CallLogLevel = LogLevel.None;
            builder.UseLoggerFactory(silent);
        });
        other.Mini.Answers("""{"value":3}""");
        await other.AskAsync();

        Assert.Empty(silent.Logs);
    }

    [Fact]
    public void Nothing_known_of_a_cost_is_written_in_words_and_enums_are_names_in_JSON()
    {
        Assert.Equal("unknown cost", PromptCost.Unknown.ToString());
        Assert.Equal("$0.000000", PromptCost.Zero.ToString());
        Assert.Equal("≥ $0.000450", new PromptCost(0.00045m, false).ToString());

        var json = JsonSerializer.Serialize(new PromptResult<int>
        {
            Value = 3,
            ModelId = "mini",
            Tier = Tier.General,
            Attempts = [Attempt(PromptErrorCode.NotAccepted)],
            Cost = PromptCost.Zero,
            Duration = TimeSpan.Zero,
        });

        Assert.Contains("\"Tier\":\"General\"", json, StringComparison.Ordinal);
        Assert.Contains("\"Reason\":\"Initial\"", json, StringComparison.Ordinal);
        Assert.Contains("\"Outcome\":\"NotAccepted\"", json, StringComparison.Ordinal);
    }

    private static PromptAttempt Attempt(PromptErrorCode outcome, string? reason = null, SchemaViolation[]? violations = null) => new()
    {
        ModelId = "mini",
        Provider = "openai",
        Tier = Tier.Fast,
        Reason = PromptAttemptReason.Initial,
        Outcome = outcome,
        Cost = PromptCost.Zero,
        Duration = TimeSpan.Zero,
        RejectionReason = reason,
        Violations = violations ?? [],
    };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<Exception> FailureOfAsync(HttpClient http, int port, CancellationToken cancellationToken)
    {
        try
        {
            await http.GetAsync(new Uri($"http://127.0.0.1:{port}/"), cancellationToken);
            return new InvalidOperationException("The port is taken.");
        }
        catch (HttpRequestException exception)
        {
            return exception;
        }
    }
}
