using System.Numerics;

namespace PromptGen.AotSmoke;

/// <summary>What the sample's contract does not show: schema files, unions, checks, wide types, the ladder, a repair in other words.</summary>
internal static class Contracts
{
    private const string Invoice = """{"number":"INV-2031","due":"2026-12-01","lines":[{"item":"Paper","quantity":2}]}""";

    /// <summary>Asks each prompt and says whether all came out as it should.</summary>
    public static async Task<bool> AreReadAsync()
    {
        using var leaf = new CannedClient(
            Invoice.Replace("2}", "0}", StringComparison.Ordinal),
            Invoice,
            $"Here you are:\n```json\n{Invoice.Replace("}]", "},]", StringComparison.Ordinal)}\n```",
            """{"value":[{"kind":"call","number":"112"},{"for":"PT1H30M","kind":"wait"}]}""",
            """{"from":"2026-12-24","until":"2026-12-20","guests":5,"extras":["Breakfast"]}""",
            """{"from":"2026-12-20","until":"2026-12-24","guests":"5","extras":["breakfast","SUITE"]}""",
            """{"percent":"50%","combinations":123456789012345678901234567890}""");
        using var prompts = PromptRuntime.Create(builder => builder
            .AddProvider("openai", _ => leaf)
            .AddProvider("anthropic", _ => leaf)
            .AddProvider("ollama", _ => leaf));
        var planner = new Planner(prompts);

        var json = await planner.ReadAsync("…");
        var invoice = await planner.ReadInvoiceAsync("…");
        var plan = await planner.PlanAsync("…");
        var stay = await planner.BookAsync("…");
        var repair = leaf.LastText;
        var estimate = await planner.EstimateAsync("…");

        return Show("a schema file, as JSON", json, json.Attempts[0].Violations is [{ Pointer: "/lines/0/quantity" }]
                && json.Value.GetProperty("lines")[0].GetProperty("quantity").GetInt32() == 2)
            & Show("a schema file, as a type, behind prose, a fence and a comma", invoice, invoice is
            { Value: { Number: "INV-2031", Due.Month: 12, Lines: [{ Item: "Paper", Quantity: 2 }] }, Attempts: [{ Rungs.Count: > 1 }] })
            & Show("a tagged union", plan, plan.Value is [Call { Number: "112" }, Wait { For.TotalMinutes: 90 }])
            & Show("two checks, flags, a repair in other words", stay, stay is
            { Value: { Guests: 5, Extras: Extras.Breakfast | Extras.Suite }, Attempts: [{ Violations.Count: 2 }, { Rungs.Count: > 0 }] }
                && repair.StartsWith("Please correct: ", StringComparison.Ordinal)
                && repair.Contains("more than 4 guests need a suite", StringComparison.Ordinal)
                && repair.Contains("until has to be after from", StringComparison.Ordinal))
            & Show("salvage", estimate, estimate is { Value.Percent: 50, Attempts: [{ Rungs.Count: > 0 }] }
                && estimate.Value.Combinations == BigInteger.Parse("123456789012345678901234567890", System.Globalization.CultureInfo.InvariantCulture));
    }

    private static bool Show<T>(string what, PromptResult<T> result, bool holds)
    {
        Console.WriteLine($"{what}: {(holds ? "as expected" : "NOT as expected")}");
        foreach (var attempt in result.Attempts)
        {
            Console.WriteLine($"  {attempt} {string.Join("; ", attempt.Violations)}{string.Join("; ", attempt.Rungs)}");
        }

        return holds;
    }
}
