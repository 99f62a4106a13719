using System.Diagnostics;
using OpenTelemetry;

namespace Acme.Telemetry.Exporters;

/// <summary>Prints spans as they end: children before their parents.</summary>
internal sealed class SpanPrinter(TextWriter output) : BaseExporter<Activity>
{
    public override ExportResult Export(in Batch<Activity> batch)
    {
        foreach (var span in batch)
        {
            output.WriteLine($"span    {span.SpanId.ToHexString()[..4]} in {(span.ParentSpanId == default ? "----" : span.ParentSpanId.ToHexString()[..4])}  {span.DisplayName}{(span.Status == ActivityStatusCode.Error ? "  ERROR" : "")}");
            foreach (var tag in span.TagObjects)
            {
                output.WriteLine($"          {tag.Key} = {(tag.Value is string[] values ? string.Join(", ", values) : tag.Value)}");
            }

            foreach (var e in span.Events)
            {
                output.WriteLine($"          ! {e.Name}: {string.Join(", ", e.Tags.Select(tag => $"{tag.Key} = {tag.Value}"))}");
            }
        }

        return ExportResult.Success;
    }
}
