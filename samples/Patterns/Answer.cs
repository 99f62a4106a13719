using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Acme.Patterns;

/// <summary>The answer to a customer's question.</summary>
public sealed record Answer(
    [property: StringLength(400), Description("The answer, in one or two sentences")] string Text,
    [property: Range(0, 1), Description("How sure you are that the handbook says so")] double Confidence);
