using System.Globalization;
using PromptGen.Cli.Output;

namespace PromptGen.Cli.Catalog;

/// <summary>Compares a catalog with the day, with list prices and with announced retirements.</summary>
/// <param name="today">The day.</param>
/// <param name="within">How many days before a retirement it is reported.</param>
/// <param name="prices">The list prices; null = they are not compared.</param>
/// <param name="retirements">When models retire and what replaces them, by id.</param>
internal sealed class CatalogCheck(DateOnly today, int within, PriceList? prices, IReadOnlyDictionary<string, (DateOnly Day, string? Successor)> retirements)
{
    /// <summary>What is wrong about a catalog.</summary>
    public IReadOnlyList<CatalogProblem> Check(IEnumerable<CatalogEntry> models) => [.. models.SelectMany(Check)];

    /// <summary>Reads announced retirements from a CSV file with the columns <c>id,event,date,successor</c>.</summary>
    /// <exception cref="ToolException">The file cannot be read.</exception>
    public static Dictionary<string, (DateOnly Day, string? Successor)> ReadRetirements(FileInfo file)
    {
        var retirements = new Dictionary<string, (DateOnly, string?)>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in CsvFile.Read(file, "id", "date"))
        {
            if (row("id") is { } id && Day(row("date")) is { } day)
            {
                retirements[id] = (day, row("successor"));
            }
        }

        return retirements;
    }

    private IEnumerable<CatalogProblem> Check(CatalogEntry model)
    {
        var (day, successor) = (Day(model.Retires), model.ReplacedBy);
        if (day is null && retirements.TryGetValue(model.Id, out var announced))
        {
            (day, successor) = announced;
        }

        if (day <= today.AddDays(within))
        {
            var how = day <= today ? "was retired on" : "retires on";
            yield return new CatalogProblem(model.Id, model.Field, "retirement", $"{how} {day:yyyy-MM-dd}{(successor is null ? "" : $"; its successor is {successor}")}");
        }

        if (model.InputPrice is null || model.OutputPrice is null)
        {
            yield return new CatalogProblem(model.Id, model.Field, "price", "has no price: its calls have no known cost, and no budget holds for it");
        }
        else if (prices?.Find(model.Id, today) is { } listed)
        {
            foreach (var (name, declaredPrice, listPrice) in new[] { ("input", model.InputPrice, listed.Input), ("output", model.OutputPrice, listed.Output), ("cached input", model.CachedInputPrice, listed.CachedInput) })
            {
                if (declaredPrice is { } a && listPrice is { } b && Math.Abs(a - b) > 1e-9)
                {
                    yield return new CatalogProblem(model.Id, model.Field, "price", $"declares {Figures.Number(a)} USD per million {name} tokens, the list has {Figures.Number(b)}");
                }
            }
        }

        if (model.ContextWindow is null)
        {
            yield return new CatalogProblem(model.Id, model.Field, "limit", "has no ContextWindow: a prompt that is too long is found out by the provider");
        }
    }

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>One thing that is wrong about a model of a catalog.</summary>
/// <param name="Id">The model.</param>
/// <param name="Field">The constant that declares it.</param>
/// <param name="Kind"><c>retirement</c>, <c>price</c> or <c>limit</c>.</param>
/// <param name="Text">What is wrong.</param>
internal sealed record CatalogProblem(string Id, string Field, string Kind, string Text);
