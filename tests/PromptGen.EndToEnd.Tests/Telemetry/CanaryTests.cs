using System.Text.RegularExpressions;
using PromptGen.Testing;
using PromptGen.Tests.Telemetry;
using Models = PromptGen.EndToEnd.Tests.Calls.Catalog;

namespace PromptGen.EndToEnd.Tests.Telemetry;

/// <summary>
/// Row 72 of the wall: secrets in keys, templates, parameters, answers, errors and headers, looked for in every sink there is: spans, events,
/// measurements, logs, exceptions, ledger.
/// </summary>
[Collection(TelemetryCollection.Name)]
public sealed partial class CanaryTests
{
    private const string Key = "sk-CANARY-KEY";
    private const string Parameter = "CANARY-PARAMETER";
    private const string Unsure = """{"queue":"Billing","urgency":3,"confidence":0.1}""";

    private static readonly Dictionary<string, ModelReply> Replies = new()
    {
        ["401 that repeats the key"] = Failing(401),
        ["400"] = Failing(400),
        ["404"] = Failing(404),
        ["429"] = Failing(429),
        ["429 out of quota"] = Failing(429) with { ErrorCode = "insufficient_quota" },
        ["500"] = Failing(500),
        ["529"] = Failing(529),
        ["error inside an answer"] = ModelReply.ErrorEvent("CANARY-ERROR-CODE", "CANARY-ANSWER") with { ErrorMessage = $"CANARY-ERROR {Key}" },
        ["web page"] = ModelReply.Raw(200, "text/html", $"<html>CANARY-ANSWER {Key}</html>"),
        ["broken body"] = ModelReply.Raw(200, "application/json", "{\"CANARY-ANSWER\": CANARY-ANSWER"),
        ["body of another kind"] = ModelReply.Raw(200, "application/json", "[\"CANARY-ANSWER\"]"),
        ["lost connection"] = ModelReply.Reset(),
        ["cut off"] = ModelReply.Length("CANARY-ANSWER"),
        ["refusal"] = ModelReply.Refusal("CANARY-ANSWER"),
        ["content filter"] = ModelReply.ContentFilter("CANARY-ANSWER"),
        ["prose"] = ModelReply.Text("CANARY-ANSWER"),
        ["broken contract"] = ModelReply.Text("""{"queue":"CANARY-ANSWER","urgency":3,"CANARY-ANSWER":1,"confidence":0.9}"""),
        ["not accepted"] = ModelReply.Text(Unsure),
        ["accepted"] = ModelReply.Text("""Here is CANARY-ANSWER: {"queue":"Billing","urgency":3,"confidence":0.9}"""),
    };

    public static TheoryData<string, bool> Faults()
    {
        var faults = new TheoryData<string, bool>();
        foreach (var reply in Replies.Keys)
        {
            faults.Add(reply, false);
            faults.Add(reply, true);
        }

        return faults;
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Nothing_secret_is_reported_by_default(string reply, bool anthropic)
    {
        using var probe = new TelemetryProbe("System.Net.Http");

        var recorded = await AskAsync(probe, reply, anthropic);

        AssertRecorded(probe);
        Assert.DoesNotContain("CANARY", recorded, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task With_content_on_everything_is_redacted_first(string reply, bool anthropic)
    {
        using var probe = new TelemetryProbe("System.Net.Http");

        var recorded = await AskAsync(probe, reply, anthropic, static options =>
        {
            options.CaptureContent = true;
            options.Redact = static text => Canary().Replace(text, "•••");
        });

        Assert.Contains("[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"•••\"}]}", recorded, StringComparison.Ordinal);
        Assert.DoesNotContain("CANARY", recorded, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task With_content_on_messages_are_in_spans_of_attempts_only_and_keys_and_errors_nowhere(string reply, bool anthropic)
    {
        using var probe = new TelemetryProbe("System.Net.Http");

        var recorded = await AskAsync(probe, reply, anthropic, static options => options.CaptureContent = true);

        Assert.All(probe.Attempts, static span => Assert.Contains("CANARY-TEMPLATE", (string)span.GetTagItem("gen_ai.system_instructions")!, StringComparison.Ordinal));
        Assert.All(probe.Attempts, static span => Assert.Contains(Parameter, (string)span.GetTagItem("gen_ai.input.messages")!, StringComparison.Ordinal));
        foreach (var content in probe.Attempts.SelectMany(static span => span.TagObjects)
            .Where(static tag => tag.Key is "gen_ai.system_instructions" or "gen_ai.input.messages" or "gen_ai.output.messages")
            .Select(static tag => (string)tag.Value!))
        {
            Assert.DoesNotContain(Key, content, StringComparison.Ordinal);
            recorded = recorded.Replace(content, "", StringComparison.Ordinal);
        }

        Assert.DoesNotContain("CANARY", recorded, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_exceptions_of_a_third_partys_client_are_reported_by_type_only()
    {
        using var probe = new TelemetryProbe();
        using var client = new ScriptedChatClient();
        client.Fails(new AggregateException("CANARY", new HttpRequestException($"CANARY-ERROR {Key}", new IOException(Parameter))));
        using var prompts = PromptRuntime.Create(builder => builder.AddClient(Models.Mini, client).AddClient(Models.Sonnet, client).UseLoggerFactory(probe));

        var error = await Assert.ThrowsAsync<PromptException>(() => new Vault(prompts).AskMiniAsync(Parameter));

        var recorded = $"{error} {probe.Everything()} {string.Join(' ', error.Attempts)}";
        Assert.Contains("System.AggregateException", recorded, StringComparison.Ordinal);
        Assert.Contains("System.Net.Http.HttpRequestException", recorded, StringComparison.Ordinal);
        Assert.DoesNotContain("CANARY", recorded, StringComparison.Ordinal);
    }

    /// <summary>Makes a call in which every request gets the same reply; returns everything that was reported about the call.</summary>
    private static async Task<string> AskAsync(TelemetryProbe probe, string reply, bool anthropic, Action<PromptTelemetryOptions>? configure = null)
    {
        await using var server = await ModelServer.StartAsync(_ => Replies[reply]);
        using var prompts = PromptRuntime.Create(builder =>
        {
            builder.AddOpenAI(Key, server.OpenAIEndpoint).AddAnthropic(Key, server.AnthropicEndpoint).UseLoggerFactory(probe);
            builder.Resilience.MaxRetries = 0;
            configure?.Invoke(builder.Telemetry);
        });
        var vault = new Vault(prompts);
        try
        {
            var result = await (anthropic ? vault.AskSonnetAsync(Parameter) : vault.AskMiniAsync(Parameter));
            Assert.Equal("accepted", reply);
            return $"{probe.Everything()} {result} {string.Join(' ', result.Attempts)}";
        }
        catch (PromptException error)
        {
            Assert.NotEqual("accepted", reply);
            return $"{probe.Everything()} {error} {string.Join(' ', error.Attempts)}";
        }
    }

    /// <summary>Asserts that telemetry was recorded: without it, the absence of a secret proves nothing.</summary>
    private static void AssertRecorded(TelemetryProbe probe)
    {
        Assert.NotEmpty(probe.Attempts);
        Assert.Contains(probe.Spans, static span => span.Source.Name == "System.Net.Http");
        Assert.Equal("Vault", ((string)probe.Call.GetTagItem("gen_ai.prompt.name")!).Split('.')[0]);
        Assert.Equal(probe.Attempts.Count, probe.Of("promptgen.attempts").Length);
        Assert.NotEmpty(probe.Logs);
    }

    private static ModelReply Failing(int status) => ModelReply.Error(status, message: $"CANARY-ERROR {Key} {Parameter}") with
    {
        Headers = new Dictionary<string, string> { ["x-canary"] = "CANARY-HEADER", ["x-request-id"] = "CANARY-HEADER" },
    };

    [GeneratedRegex("(sk-)?CANARY[A-Z-]*")]
    private static partial Regex Canary();
}
