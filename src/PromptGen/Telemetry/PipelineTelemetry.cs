using System.Diagnostics;

namespace PromptGen.Telemetry;

/// <summary>The measurements of pipelines. Their spans are those of the accounts.</summary>
internal static class PipelineTelemetry
{
    /// <summary>Whether anything listens to how long items take.</summary>
    public static bool MeasuresItems => PromptMetrics.PipelineItemDuration.Enabled;

    public static void ItemEnded(string pipeline, string stage, Exception? error, TimeSpan duration) =>
        PromptMetrics.PipelineItemDuration.Report(
            duration.TotalSeconds,
            new TagList { { "promptgen.pipeline", pipeline }, { "promptgen.stage", stage }, { "promptgen.outcome", Outcome(error) } });

    public static void PipelineEnded(string pipeline, TimeSpan duration) =>
        PromptMetrics.PipelineDuration.Report(duration.TotalSeconds, new TagList { { "promptgen.pipeline", pipeline } });

    /// <summary>An earlier run sent a request, and its outcome is not known.</summary>
    public static void OutcomeUnknown(string pipeline, string stage) =>
        PromptMetrics.PipelineUnknown.Report(1, new TagList { { "promptgen.pipeline", pipeline }, { "promptgen.stage", stage } });

    private static string Outcome(Exception? error) => error switch
    {
        null => TelemetryWords.Completed,
        PromptException { Code: var code } => TelemetryWords.ErrorType(code),
        OperationCanceledException => TelemetryWords.ErrorType(PromptErrorCode.Cancelled),
        _ => TelemetryWords.Other,
    };
}
