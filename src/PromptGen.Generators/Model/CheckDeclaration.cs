using PromptGen.Generators.Text;

namespace PromptGen.Generators.Model;

/// <summary>One <c>[AcceptIf]</c>.</summary>
/// <param name="Call">The method that it names, and what the method gets.</param>
/// <param name="AtLeast">The least number that is accepted; NaN where it is not set.</param>
/// <param name="AtMost">The greatest number that is accepted; NaN where it is not set.</param>
/// <param name="WhenUnknown">What happens to an answer that could not be judged.</param>
/// <param name="Repair">Whether the reason of a rejection is sent back to the model.</param>
internal sealed record CheckDeclaration(CalledMethod Call, double AtLeast, double AtMost, WhenUnknown WhenUnknown, bool Repair)
{
    /// <summary>The prompt that the method is; null where it is a plain one.</summary>
    public CalledPrompt? Judge { get; init; }

    public NamedMethod Method => Call.Method;

    public EquatableArray<MethodArgument> Arguments => Call.Arguments;

    /// <summary>Whether the runtime has to distinguish a rejection from an answer that could not be judged, or may send the reason back to the model.</summary>
    public bool IsJudged => Judge is not null || Repair || WhenUnknown != WhenUnknown.Reject;

    /// <summary>Whether it is the numbers that decide.</summary>
    public bool HasBounds => !double.IsNaN(AtLeast) || !double.IsNaN(AtMost);
}
