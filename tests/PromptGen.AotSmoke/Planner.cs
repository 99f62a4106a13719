using System.ComponentModel.DataAnnotations;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PromptGen.AotSmoke;

/// <summary>One prompt for each way to declare a contract.</summary>
[RepairTemplate("Please correct: {{#each violations}}{{message}} {{/each}}")]
public sealed partial class Planner
{
    [RoutedPrompt(Tier.Fast)]
    [PromptTemplate("Read this invoice: {{text}}")]
    [OutputSchema("Schemas/invoice.schema.json")]
    public partial Task<PromptResult<JsonElement>> ReadAsync(string text, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast)]
    [PromptTemplate("Read this invoice: {{text}}")]
    [OutputSchema("Schemas/invoice.schema.json")]
    public partial Task<PromptResult<Invoice>> ReadInvoiceAsync(string text, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast)]
    [PromptTemplate("What is to be done? {{text}}")]
    public partial Task<PromptResult<PlannedStep[]>> PlanAsync(string text, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast)]
    [PromptTemplate("When does the guest stay? {{text}}")]
    public partial Task<PromptResult<Stay>> BookAsync(string text, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast, Tolerance = Tolerance.Salvage)]
    [PromptTemplate("How likely is it? {{text}}")]
    public partial Task<PromptResult<Estimate>> EstimateAsync(string text, CancellationToken cancellationToken = default);
}

public sealed record Invoice(string Number, DateOnly Due, IReadOnlyList<Line> Lines);

public sealed record Line(string Item, int Quantity);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Call), "call")]
[JsonDerivedType(typeof(Wait), "wait")]
public abstract record PlannedStep;

public sealed record Call(string Number) : PlannedStep;

public sealed record Wait(TimeSpan For) : PlannedStep;

[ContractCheck(nameof(Check))]
public sealed record Stay(DateOnly From, DateOnly Until, int Guests, Extras Extras) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Guests > 4 && !Extras.HasFlag(Extras.Suite) ? [new ValidationResult("more than 4 guests need a suite", [nameof(Extras)])] : [];

    internal static string? Check(Stay value) => value.Until > value.From ? null : "until has to be after from";
}

[Flags]
public enum Extras
{
    None = 0,
    Breakfast = 1,
    Suite = 2,
}

public sealed record Estimate(double Percent, BigInteger Combinations);
