using Microsoft.Extensions.Logging;
using PromptGen.Telemetry;

namespace PromptGen;

/// <summary>
/// What telemetry contains. Listeners always get names, codes, numbers and durations (<see cref="System.Diagnostics.ActivitySource"/>
/// and <see cref="System.Diagnostics.Metrics.Meter"/> <c>PromptGen</c>, logger <c>PromptGen</c>); text only where an option here says so. Keys and headers never are.
/// </summary>
public sealed class PromptTelemetryOptions
{
    /// <summary>
    /// Whether the spans of attempts carry the messages sent and received: <c>gen_ai.system_instructions</c>, <c>gen_ai.input.messages</c> and
    /// <c>gen_ai.output.messages</c>, as JSON. Default: whether the environment variable
    /// <c>OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT</c> is <c>true</c>, which it is not by default.
    /// </summary>
    public bool CaptureContent { get; set; } = TelemetryEnvironment.Process.CaptureContent;

    /// <summary>
    /// Called with every text that <see cref="CaptureContent"/> is about to record; its result is recorded instead. A text for which it
    /// throws is left out. Called by several threads at once, on the path of the call. Default: null, texts are recorded as they are.
    /// </summary>
    public Func<string, string>? Redact { get; set; }

    /// <summary>
    /// Whether the newer names of the GenAI conventions are used in place of those of version 1.41. Default: whether the environment variable
    /// <c>OTEL_SEMCONV_STABILITY_OPT_IN</c> lists <c>gen_ai_latest_experimental</c>.
    /// </summary>
    public bool UseLatestConventions { get; set; } = TelemetryEnvironment.Process.UseLatestConventions;

    /// <summary>
    /// Whether <see cref="Exception.InnerException"/> of a <see cref="PromptException"/> is the exception of the model's client as it was thrown. Its
    /// message may repeat a key or parts of the prompt, and whoever logs the exception logs that too. Default: false; the inner exception is a
    /// <see cref="ProviderRequestException"/> that names the type and keeps the stack of each exception, and no message.
    /// </summary>
    public bool IncludeProviderMessages { get; set; }

    /// <summary>
    /// The level of the one line that is logged of every call: prompt, duration, number of attempts, outcome, cost, model. Default:
    /// <see cref="LogLevel.Information"/>. <see cref="LogLevel.None"/> turns it off.
    /// </summary>
    public LogLevel CallLogLevel { get; set; } = LogLevel.Information;
}
