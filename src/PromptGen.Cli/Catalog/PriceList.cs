using System.Globalization;

namespace PromptGen.Cli.Catalog;

/// <summary>
/// List prices of providers, from a CSV file with the columns <c>vendor,id,input_usd_per_m,output_usd_per_m,cached_input_usd_per_m,from,to</c>. Prices are USD per million tokens;
/// <c>from</c> and <c>to</c> are dates, or empty.
/// </summary>
internal sealed class PriceList
{
    private readonly List<ListPrice> _prices;

    private PriceList(List<ListPrice> prices) => _prices = prices;

    /// <exception cref="ToolException">The file cannot be read.</exception>
    public static PriceList Read(FileInfo file)
    {
        var prices = new List<ListPrice>();
        foreach (var row in CsvFile.Read(file, "vendor", "id", "input_usd_per_m", "output_usd_per_m"))
        {
            prices.Add(new ListPrice(
                row("vendor") ?? "",
                row("id") ?? "",
                Number(row("input_usd_per_m")),
                Number(row("output_usd_per_m")),
                Number(row("cached_input_usd_per_m")),
                row("from"),
                row("to")));
        }

        return new PriceList(prices);
    }

    /// <summary>
    /// The price of a model on a day. A dated id has the price of the name that it begins with, where the list does not have its own. A dot is the same as a dash:
    /// <c>claude-3.5-sonnet</c> in a list is <c>claude-3-5-sonnet</c>.
    /// </summary>
    public ListPrice? Find(string id, DateOnly day)
    {
        var on = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var name = Dashed(id);
        return _prices
            .Where(price => name.StartsWith(Dashed(price.Id), StringComparison.OrdinalIgnoreCase) && IsDateOrNothing(id[price.Id.Length..]) && price.HoldsOn(on))
            .MaxBy(static price => price.Id.Length);
    }

    /// <summary>Whether what follows a name is the date of a version: <c>-2024-07-18</c>, <c>-20251001</c>.</summary>
    private static bool IsDateOrNothing(string rest) => rest.Length == 0 || (rest[0] == '-' && rest.Length >= 9 && rest.All(static c => c is '-' or (>= '0' and <= '9')));

    private static string Dashed(string id) => id.Replace('.', '-');

    private static double? Number(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>The list price of one model.</summary>
internal sealed record ListPrice(string Vendor, string Id, double? Input, double? Output, double? CachedInput, string? From, string? To)
{
    public bool HoldsOn(string day) =>
        (From is null || string.CompareOrdinal(From, day) <= 0) && (To is null || string.CompareOrdinal(day, To) < 0);
}
