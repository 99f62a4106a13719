using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace PromptGen.Telemetry;

/// <summary>Records values in an instrument that has listeners. Exceptions of listeners do not reach the call.</summary>
internal static class Measuring
{
    public static void Report(this Counter<long> counter, long value, in TagList tags)
    {
        try
        {
            if (counter.Enabled)
            {
                counter.Add(value, tags);
            }
        }
        catch (Exception)
        {
        }
    }

    public static void Report(this Counter<double> counter, double value, in TagList tags)
    {
        try
        {
            if (counter.Enabled)
            {
                counter.Add(value, tags);
            }
        }
        catch (Exception)
        {
        }
    }

    public static void Report(this UpDownCounter<long> counter, long value, in TagList tags)
    {
        try
        {
            if (counter.Enabled)
            {
                counter.Add(value, tags);
            }
        }
        catch (Exception)
        {
        }
    }

    public static void Report<T>(this Gauge<T> gauge, T value, in TagList tags)
        where T : struct
    {
        try
        {
            if (gauge.Enabled)
            {
                gauge.Record(value, tags);
            }
        }
        catch (Exception)
        {
        }
    }

    public static void Report<T>(this Histogram<T> histogram, T value, in TagList tags)
        where T : struct
    {
        try
        {
            if (histogram.Enabled)
            {
                histogram.Record(value, tags);
            }
        }
        catch (Exception)
        {
        }
    }
}
