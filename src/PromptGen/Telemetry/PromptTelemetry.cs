using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace PromptGen.Telemetry;

/// <summary>
/// The telemetry of one runtime: spans and measurements of source and meter <c>PromptGen</c>, and the log of that name. Exceptions of listeners,
/// loggers and redactions do not reach a call. All of them run on the path of the call: one that blocks delays it.
/// </summary>
internal sealed class PromptTelemetry : IDisposable
{
    public const string SourceName = "PromptGen";

    public PromptTelemetry(PromptTelemetryOptions options, ILoggerFactory? loggerFactory, TimeProvider timeProvider)
    {
        Logger = loggerFactory is null ? NullLogger.Instance : new GuardedLogger(loggerFactory.CreateLogger(SourceName));
        Time = timeProvider;
        Latest = options.UseLatestConventions;
        GenAi = GenAiMetrics.Of(Latest);
        Content = options.CaptureContent ? new MessageContent(options.Redact) : null;
        IncludesProviderMessages = options.IncludeProviderMessages;
        CallLogLevel = options.CallLogLevel;
    }

    public static string? Version { get; } = typeof(PromptTelemetry).Assembly.GetName().Version?.ToString(3);

    /// <summary>Never throws.</summary>
    public ILogger Logger { get; }

    public TimeProvider Time { get; }

    /// <summary>Whether the names are those of the unreleased conventions.</summary>
    public bool Latest { get; }

    public GenAiMetrics GenAi { get; }

    /// <summary>Writes messages; null = content is not recorded.</summary>
    public MessageContent? Content { get; }

    public bool IncludesProviderMessages { get; }

    /// <summary>The level of the line that is logged of every call.</summary>
    public LogLevel CallLogLevel { get; }

    /// <summary>Whether anything listens to calls. A listener that starts later receives later calls only.</summary>
    public bool IsListenedTo => Spans.Source.HasListeners() || PromptMetrics.Enabled || GenAi.Enabled || Logger.IsEnabled(LogLevel.Error);

    /// <summary>Reports the state of circuits in <c>promptgen.circuit.state</c>, until this is disposed.</summary>
    public void Watch(Func<IEnumerable<(string ModelId, string State)>> circuits) => Circuits.Watch(this, circuits);

    /// <summary>Whether anything listens to what is left of budgets.</summary>
    public static bool ShowsBudgets => PromptMetrics.BudgetRemaining.Enabled;

    /// <summary>Reports what is left of a budget.</summary>
    /// <param name="budget">The budget's name: one that the program gave, never that of a user.</param>
    /// <param name="usd">What is left.</param>
    public static void BudgetRemaining(string budget, decimal usd) =>
        PromptMetrics.BudgetRemaining.Report((double)usd, new TagList { { "promptgen.budget.name", budget } });

    /// <summary>Reports how many settlements the budget store has still to confirm.</summary>
    public static void BudgetUnsettled(int count) => PromptMetrics.BudgetUnsettled.Report(count, []);

    /// <summary>Reports what was spent and is not counted because the budget store did not confirm it.</summary>
    /// <param name="budget">The budget's name, without its scope.</param>
    /// <param name="usd">What was spent.</param>
    public static void BudgetLost(string budget, decimal usd) => PromptMetrics.BudgetLost.Report((double)usd, new TagList { { "promptgen.budget.name", budget } });

    /// <summary>Reports how many calls are not recorded.</summary>
    public static void LedgerDropped(long calls) => PromptMetrics.LedgerDropped.Report(calls, []);

    public void ConfigurationUnused(string problems) => TelemetryLog.ConfigurationUnused(Logger, problems);

    public void ReloadRefused(string problem) => TelemetryLog.ReloadRefused(Logger, problem);

    public void Dispose() => Circuits.Forget(this);
}
