namespace PromptGen.Telemetry;

/// <summary>What OpenTelemetry's environment variables say; they are the defaults of <see cref="PromptTelemetryOptions"/>.</summary>
internal sealed class TelemetryEnvironment(Func<string, string?> variable)
{
    /// <summary>The environment of this process, read once.</summary>
    public static TelemetryEnvironment Process { get; } = new(Environment.GetEnvironmentVariable);

    public bool CaptureContent { get; } =
        string.Equals(variable("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT")?.Trim(), "true", StringComparison.OrdinalIgnoreCase);

    public bool UseLatestConventions { get; } =
        variable("OTEL_SEMCONV_STABILITY_OPT_IN")?.Split(',', StringSplitOptions.TrimEntries).Contains("gen_ai_latest_experimental", StringComparer.Ordinal) ?? false;
}
