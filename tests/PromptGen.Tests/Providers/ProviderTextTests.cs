using Microsoft.Extensions.AI;
using PromptGen.Providers;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Providers;

[Collection(Telemetry.TelemetryCollection.Name)]
public sealed class ProviderTextTests
{
    [Theory]
    [InlineData("insufficient_quota")]
    [InlineData("ResponsibleAIPolicyViolation")]
    [InlineData("429")]
    [InlineData("req_0abc-DEF.12:3")]
    [InlineData("accounts/fireworks/models/llama-v3@2+lora")]
    [InlineData("task-sk")]
    [InlineData("risk-high")]
    public void A_name_is_kept_as_it_is(string name)
    {
        Assert.Same(name, ProviderText.Name(name));
        var failure = new ProviderRequestException(PromptErrorCode.Auth, "x") { ErrorCode = name, RequestId = name };
        Assert.Equal((name, name), (failure.ErrorCode, failure.RequestId));
    }

    [Theory]
    [InlineData("Incorrect key for: my card")]
    [InlineData("line\nbreak")]
    [InlineData("quote\"")]
    [InlineData("Überschrift")]
    [InlineData("\0")]
    [InlineData("{\"a\":1}")]
    [InlineData("sk-proj-0123456789")]
    [InlineData("Bearer:sk-ant-0123")]
    [InlineData("user@eyJhbGciOi")]
    [InlineData("AIzaSyA")]
    public void What_could_be_a_sentence_or_a_key_is_replaced(string text)
    {
        Assert.Equal("redacted", ProviderText.Name(text));
        var failure = new ProviderRequestException(PromptErrorCode.Auth, "x") { ErrorCode = text, RequestId = text };
        Assert.Equal(("redacted", "redacted"), (failure.ErrorCode, failure.RequestId));
    }

    [Fact]
    public void Names_are_bounded_and_none_is_null()
    {
        Assert.Equal(new string('a', 128), ProviderText.Name(new string('a', 128)));
        Assert.Equal("redacted", ProviderText.Name(new string('a', 129)));
        Assert.Equal("redacted", ProviderText.Name(new string('a', 10_000_000)));
        Assert.Null(ProviderText.Name(""));
        Assert.Null(ProviderText.Name(null));
    }

    [Fact]
    public async Task What_an_answer_says_of_itself_reaches_ledger_and_telemetry_as_a_name_only()
    {
        using var probe = new Telemetry.TelemetryProbe();
        using var desk = new Desk();
        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, """{"value":3}"""))
        {
            ModelId = "You are CANARY and the ticket says so",
            ResponseId = "CANARY and more",
            FinishReason = new ChatFinishReason("CANARY said stop"),
        };
        desk.Mini.Answers(response);

        var result = await desk.AskAsync();

        Assert.Equal("redacted", result.Attempts[0].ResponseModelId);
        var tags = string.Join(' ', Telemetry.TelemetryProbe.Describe(Assert.Single(probe.Attempts)));
        Assert.Contains("gen_ai.response.model=redacted", tags, StringComparison.Ordinal);
        Assert.Contains("gen_ai.response.id=redacted", tags, StringComparison.Ordinal);
        Assert.DoesNotContain("CANARY", tags, StringComparison.Ordinal);
    }
}
