using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Acme.Telemetry.Exporters;

/// <summary>Prints a line of the log with the span that it belongs to.</summary>
internal sealed class LogPrinter(TextWriter output) : BaseExporter<LogRecord>
{
    public override ExportResult Export(in Batch<LogRecord> batch)
    {
        foreach (var record in batch)
        {
            output.WriteLine($"log     {record.SpanId.ToHexString()[..4]} {record.LogLevel} {record.EventId.Name}: {record.FormattedMessage}");
        }

        return ExportResult.Success;
    }
}
