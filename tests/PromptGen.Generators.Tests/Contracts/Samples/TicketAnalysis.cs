using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PromptGen.Samples.Contracts;

/// <summary>An output type of ordinary size: ten members, a nested list, constraints of every kind. Measured in the benchmarks.</summary>
public sealed record TicketAnalysis(
    TicketCategory Category,
    [property: Range(1, 5)] int Priority,
    [property: Range(0, 1)] double Confidence,
    [property: StringLength(80, MinimumLength = 5), Description("One line, no final period")] string Title,
    [property: MaxLength(400)] string Summary,
    [property: Range(0, 10_080)] int EstimatedMinutes,
    bool NeedsHuman,
    [property: Length(0, 8)] List<string> Tags,
    [property: MinLength(1)] List<SuggestedAction> Actions,
    string? CustomerName)
{
    /// <summary>An answer that keeps the contract: 918 bytes.</summary>
    public const string Answer =
        "{\"category\":\"technical\",\"priority\":4,\"confidence\":0.87,\"title\":\"Export to CSV fails for reports with more than 10k rows\","
        + "\"summary\":\"The customer reports that exporting any report with more than ten thousand rows ends in a time-out after about thirty seconds. Smaller reports export fine. It started after the update of last Tuesday and affects all users of the workspace. Nothing else in the product is any slower than ever.\","
        + "\"estimatedMinutes\":90,\"needsHuman\":true,\"tags\":[\"export\",\"csv\",\"timeout\",\"regression\"],"
        + "\"actions\":[{\"kind\":\"investigate\",\"description\":\"Check the export worker's logs for time-outs since Tuesday\",\"owner\":\"platform\"},"
        + "{\"kind\":\"reply\",\"description\":\"Tell the customer that we can reproduce the problem and offer a manual export\",\"owner\":\"support\"},"
        + "{\"kind\":\"escalate\",\"description\":\"Raise the limit of the export worker until the fix is released\",\"owner\":\"on-call\"}],\"customerName\":\"Grace Hopper\"}";
}

/// <summary>What a ticket is about.</summary>
public enum TicketCategory
{
    Billing,
    Account,
    Technical,
    Other,
}

/// <summary>What to do about a ticket.</summary>
public sealed record SuggestedAction(SuggestedActionKind Kind, [property: MaxLength(200)] string Description, string Owner);

/// <summary>Kinds of actions.</summary>
public enum SuggestedActionKind
{
    Reply,
    Investigate,
    Escalate,
    Refund,
}
