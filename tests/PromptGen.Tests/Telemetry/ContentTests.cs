using Microsoft.Extensions.AI;
using PromptGen.Telemetry;
using PromptGen.Tests.Execution;
using static PromptGen.Tests.Telemetry.TelemetrySample;

namespace PromptGen.Tests.Telemetry;

[Collection(TelemetryCollection.Name)]
public sealed class ContentTests
{
    [Fact]
    public async Task Content_is_not_recorded_by_default()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk();
        desk.Mini.Answers(Good);

        await desk.AskAsync();

        var span = Assert.Single(probe.Attempts);
        Assert.DoesNotContain(span.TagObjects, static tag => tag.Key is "gen_ai.system_instructions" or "gen_ai.input.messages" or "gen_ai.output.messages");
    }

    [Fact]
    public async Task Content_is_reported_where_it_is_asked_for_after_redaction()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk(static builder =>
        {
            builder.Telemetry.CaptureContent = true;
            builder.Telemetry.Redact = static text => text.Replace("4929-CANARY-TICKET", "***", StringComparison.Ordinal);
        });
        desk.Mini.Answers(Good);

        await desk.AskAsync();

        var span = Assert.Single(probe.Attempts);
        Assert.Equal("""[{"type":"text","content":"Rate the urgency. Model: mini"}]""", span.GetTagItem("gen_ai.system_instructions"));
        Assert.Equal("""[{"role":"user","parts":[{"type":"text","content":"My card was charged twice: ***"}]}]""", span.GetTagItem("gen_ai.input.messages"));
        Assert.Equal(
            """[{"role":"assistant","parts":[{"type":"text","content":"{\"value\":3}"}],"finish_reason":"stop"}]""", span.GetTagItem("gen_ai.output.messages"));
        Assert.DoesNotContain("CANARY", probe.Everything(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_text_of_a_stream_is_reported_as_far_as_it_came()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk(static builder =>
        {
            builder.Telemetry.CaptureContent = true;
            builder.Telemetry.Redact = static text => text.Replace("CANARY", "***", StringComparison.Ordinal);
        });
        desk.Mini.Streams("Dear ", "CANARY");
        desk.Mini.Stream().Send("Dear ", "CANARY").End(new ProviderException(PromptErrorCode.Transport));

        await StreamDesk.ToListAsync(desk.ReplyAsync());
        await Assert.ThrowsAsync<PromptStreamException>(() => StreamDesk.ToListAsync(desk.ReplyAsync()));

        Assert.Equal(
            [
                """[{"role":"assistant","parts":[{"type":"text","content":"Dear ***"}],"finish_reason":"stop"}]""",
                """[{"role":"assistant","parts":[{"type":"text","content":"Dear ***"}],"finish_reason":""}]""",
            ],
            probe.Attempts.Select(static span => span.GetTagItem("gen_ai.output.messages")));
        Assert.DoesNotContain("CANARY", probe.Everything(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_cannot_be_redacted_is_left_out_and_the_call_goes_on()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk(static builder =>
        {
            builder.Telemetry.CaptureContent = true;
            builder.Telemetry.Redact = static text => text.Contains("CANARY", StringComparison.Ordinal) ? throw new FormatException(text) : text;
        });
        desk.Mini.Answers(Good);

        Assert.Equal(3, (await desk.AskAsync()).Value);

        Assert.Equal("""[{"role":"user","parts":[]}]""", Assert.Single(probe.Attempts).GetTagItem("gen_ai.input.messages"));
        Assert.DoesNotContain("CANARY", probe.Everything(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_written_is_left_out()
    {
        var content = new MessageContent(redact: null);

        Assert.Contains("half a surrogate: ", content.Input([new ChatMessage(ChatRole.User, "half a surrogate: \ud800")]), StringComparison.Ordinal);
        Assert.Null(content.Input([null!]));
        Assert.Null(content.Instructions([null!], "be brief"));
    }

    [Fact]
    public void Every_kind_of_text_passes_the_redaction_and_bytes_are_never_recorded()
    {
        var messages = new List<ChatMessage>
        {
            new(ChatRole.User, [
                new TextContent("secret"),
                new TextReasoningContent("secret"),
                new ErrorContent("secret") { Details = "secret" },
                new DataContent("secret"u8.ToArray(), "image/png"),
                new UriContent("https://example.com/secret", "image/jpeg"),
                new FunctionCallContent("1", "lookup", new Dictionary<string, object?> { ["key"] = "secret" }),
                new FunctionResultContent("1", "secret"),
            ]),
        };

        var content = new MessageContent(static text => text.Replace("secret", "•", StringComparison.Ordinal));

        Assert.Null(content.Instructions(messages, null));
        Assert.Equal("""[{"type":"text","content":"be •"}]""", content.Instructions(messages, "be secret"));
        Assert.Equal(
            """[{"role":"user","parts":[{"type":"text","content":"•"},{"type":"reasoning","content":"•"},{"type":"error","content":"•"},{"type":"blob","mime_type":"image/png"},{"type":"uri","mime_type":"image/jpeg"},{"type":"tool_call","name":"lookup"}]}]""",
            content.Input(messages));
    }
}
