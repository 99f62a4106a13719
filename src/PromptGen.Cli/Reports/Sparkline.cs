namespace PromptGen.Cli.Reports;

/// <summary>A row of bars, one for each value, the highest as high as a letter.</summary>
internal static class Sparkline
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    public static string Of(IEnumerable<double> values)
    {
        double[] all = [.. values];
        var most = all.DefaultIfEmpty().Max();
        return string.Concat(all.Select(value => Bars[most > 0 ? (int)Math.Round(value / most * (Bars.Length - 1)) : 0]));
    }
}
