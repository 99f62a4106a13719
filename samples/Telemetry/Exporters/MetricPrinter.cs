using System.Globalization;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Acme.Telemetry.Exporters;

/// <summary>Prints every series with its value; of a histogram its sum and count.</summary>
internal sealed class MetricPrinter(TextWriter output) : BaseExporter<Metric>
{
    public override ExportResult Export(in Batch<Metric> batch)
    {
        foreach (var metric in batch)
        {
            output.WriteLine($"metric  {metric.Name} [{metric.Unit}]");
            foreach (ref readonly var point in metric.GetMetricPoints())
            {
                List<string> tags = [];
                foreach (var tag in point.Tags)
                {
                    tags.Add($"{tag.Key}={tag.Value}");
                }

                output.WriteLine($"          {Value(metric.MetricType, point),-22} {string.Join(", ", tags)}");
            }
        }

        return ExportResult.Success;
    }

    private static string Value(MetricType type, in MetricPoint point) => type switch
    {
        MetricType.Histogram => string.Create(CultureInfo.InvariantCulture, $"{point.GetHistogramSum():0.###} in {point.GetHistogramCount()}"),
        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong().ToString(CultureInfo.InvariantCulture),
        MetricType.DoubleSum => point.GetSumDouble().ToString("0.########", CultureInfo.InvariantCulture),
        MetricType.LongGauge => point.GetGaugeLastValueLong().ToString(CultureInfo.InvariantCulture),
        MetricType.DoubleGauge => point.GetGaugeLastValueDouble().ToString(CultureInfo.InvariantCulture),
        _ => type.ToString(),
    };
}
