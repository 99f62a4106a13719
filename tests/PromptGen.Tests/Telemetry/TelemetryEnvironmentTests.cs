using PromptGen.Telemetry;

namespace PromptGen.Tests.Telemetry;

public sealed class TelemetryEnvironmentTests
{
    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("false", false)]
    [InlineData("1", false)]
    [InlineData("true", true)]
    [InlineData(" True ", true)]
    public void Content_is_captured_where_the_variable_is_true(string? value, bool expected) =>
        Assert.Equal(expected, new TelemetryEnvironment(name => name == "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT" ? value : null).CaptureContent);

    [Theory]
    [InlineData(null, false)]
    [InlineData("http", false)]
    [InlineData("gen_ai_latest_experimental_too", false)]
    [InlineData("gen_ai_latest_experimental", true)]
    [InlineData("http/dup, gen_ai_latest_experimental", true)]
    public void The_newer_names_are_used_where_the_variable_lists_them(string? value, bool expected) =>
        Assert.Equal(expected, new TelemetryEnvironment(name => name == "OTEL_SEMCONV_STABILITY_OPT_IN" ? value : null).UseLatestConventions);
}
