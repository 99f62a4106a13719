using Acme.Patterns.Pipelines;

namespace Acme.Patterns.Questions;

/// <summary>The pull request that is reviewed: "Invoices in euros".</summary>
internal static class PullRequest
{
    /// <summary>Its files.</summary>
    public static IReadOnlyList<ChangedFile> Files { get; } =
    [
        new("docs/invoices.md", """
            -An invoice is in US dollars.
            +An invoice is in US dollars or in euros.
            """),
        new("src/Invoice.cs", """
            -    public decimal Total => Lines.Sum(line => line.Price);
            +    public double Total => Lines.Sum(line => (double)line.Price) * Rate;
            """),
        new("src/InvoicePage.cs", """
            -    <h1>Invoice</h1>
            +    <h1>Invoice in @Currency.ToUpper()</h1>
            """),
        new("src/InvoiceStore.cs", """
            -    await database.ExecuteAsync("INSERT INTO invoice VALUES (@id, @total)", invoice);
            +    await database.ExecuteAsync("DELETE FROM invoice WHERE id = @id", invoice);
            +    await database.ExecuteAsync("INSERT INTO invoice VALUES (@id, @total, @currency)", invoice);
            """),
        new("src/Currency.cs", """
            +    public static string Symbol(string code) => code == "EUR" ? "€" : "$";
            """),
        new("tests/InvoiceTests.cs", """
            +    // Euros too.
            """),
    ];
}
