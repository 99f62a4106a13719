using System.ComponentModel.DataAnnotations;
using PromptGen.EndToEnd.Tests.Calls;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>A contract with every kind of constraint. The pattern takes exponential time where it is matched by going back.</summary>
public sealed record Report(
    Queue Queue,
    [property: Range(1, 5)] int Urgency,
    [property: StringLength(140)] string Summary,
    [property: Range(0, 1)] double Confidence,
    [property: RegularExpression("^([A-Z]+)+[0-9]*$")] string Reference,
    IReadOnlyList<string> Tags);
