using System.Text.Json;
using PromptGen;

namespace Acme;

/// <summary>What comes back is described by a schema file, by a closed hierarchy, or by a type with a rule of its own.</summary>
public sealed partial class Clerk
{
    // Neither file is listed in the project: the package adds **/*.schema.json, and the invoice refers to its line.
    [RoutedPrompt(Tier.Fast)]
    [PromptTemplate("Read this invoice: {{text}}")]
    [OutputSchema("Schemas/invoice.schema.json")]
    public partial Task<PromptResult<JsonElement>> ReadAsync(string text, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast)]
    [PromptTemplate("Read this invoice: {{text}}")]
    [OutputSchema("Schemas/invoice.schema.json")]
    public partial Task<PromptResult<Invoice>> ReadInvoiceAsync(string text, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast)]
    [PromptTemplate("What is to be done with this complaint? {{text}}")]
    public partial Task<PromptResult<Decision>> DecideAsync(string text, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast)]
    [PromptTemplate("When does the guest stay? {{text}}")]
    public partial Task<PromptResult<Stay>> BookAsync(string text, CancellationToken cancellationToken = default);
}

public sealed record Invoice(string Number, DateOnly Due, IReadOnlyList<Line> Lines);

public sealed record Line(string Item, int Quantity);

/// <summary>One of two, told apart by their members.</summary>
public abstract record Decision
{
    public sealed record Refund(decimal Amount) : Decision;

    public sealed record Forward(Queue Queue) : Decision;
}

[ContractCheck(nameof(Check))]
public sealed record Stay(DateOnly From, DateOnly Until)
{
    internal static string? Check(Stay value) => value.Until > value.From ? null : "until has to be after from";
}
