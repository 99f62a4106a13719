using Acme.Telemetry.Exporters;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Acme.Telemetry;

/// <summary>
/// OpenTelemetry as a program sets it up: the source and the meter are both named PromptGen, so is the log. The source System.Net.Http is .NET's
/// own; it shows the HTTP request below each attempt.
/// </summary>
internal sealed class TelemetryPipeline : IDisposable
{
    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    /// <param name="output">Where everything is printed.</param>
    /// <param name="otlp">The address of a collector that takes OTLP over HTTP, usually on port 4318; null = there is none.</param>
    public TelemetryPipeline(TextWriter output, Uri? otlp)
    {
        var traces = Sdk.CreateTracerProviderBuilder()
            .AddSource("PromptGen", "System.Net.Http")
            .AddProcessor(new SimpleActivityExportProcessor(new SpanPrinter(output)));
        var metrics = Sdk.CreateMeterProviderBuilder()
            .AddMeter("PromptGen")
            .AddReader(new BaseExportingMetricReader(new MetricPrinter(output)));
        if (otlp is not null)
        {
            traces.AddOtlpExporter(options => Configure(options, otlp, "v1/traces"));
            metrics.AddOtlpExporter(options => Configure(options, otlp, "v1/metrics"));
        }

        _traces = traces.Build();
        _metrics = metrics.Build();
        Loggers = LoggerFactory.Create(logging => logging
            .SetMinimumLevel(LogLevel.Information)
            .AddOpenTelemetry(options =>
            {
                options.IncludeFormattedMessage = true;
                options.AddProcessor(new SimpleLogRecordExportProcessor(new LogPrinter(output)));
                if (otlp is not null)
                {
                    options.AddOtlpExporter(exporter => Configure(exporter, otlp, "v1/logs"));
                }
            }));
    }

    /// <summary>Makes the loggers to give to the runtime.</summary>
    public ILoggerFactory Loggers { get; }

    /// <summary>Sends what has not been sent.</summary>
    public void Dispose()
    {
        Loggers.Dispose();
        _traces.Dispose();
        _metrics.Dispose();
    }

    private static void Configure(OtlpExporterOptions options, Uri collector, string path)
    {
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = new Uri(collector, path);
    }
}
