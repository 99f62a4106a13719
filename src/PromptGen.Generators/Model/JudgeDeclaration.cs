using PromptGen.Generators.Text;

namespace PromptGen.Generators.Model;

/// <summary>What an argument of a check is.</summary>
internal enum CheckArgumentKind
{
    /// <summary>The answer that is checked.</summary>
    Answer,

    /// <summary>A parameter of the prompt.</summary>
    Parameter,

    /// <summary>The cancellation token.</summary>
    Token,
}

/// <summary>One argument of a check.</summary>
/// <param name="Name">The parameter's name, in the method and in the prompt.</param>
internal sealed record CheckArgument(CheckArgumentKind Kind, string Name);

/// <summary>One <c>[AcceptIf]</c>.</summary>
/// <param name="Method">The method that it names.</param>
/// <param name="Arguments">What the method gets, in the order of its parameters; those left out have a default.</param>
/// <param name="AtLeast">The least number that is accepted; NaN where it is not set.</param>
/// <param name="AtMost">The greatest number that is accepted; NaN where it is not set.</param>
/// <param name="WhenUnknown">What becomes of an answer that could not be judged.</param>
/// <param name="Repair">Whether the reason of a rejection is sent back to the model.</param>
internal sealed record CheckDeclaration(
    NamedMethod Method,
    EquatableArray<CheckArgument> Arguments,
    double AtLeast,
    double AtMost,
    WhenUnknown WhenUnknown,
    bool Repair)
{
    /// <summary>The prompt that the method is; null where it is a plain one.</summary>
    public JudgeDeclaration? Judge { get; init; }

    /// <summary>Whether a parameter of the method is left out, so that those behind it have to be named.</summary>
    public bool NamesArguments { get; init; }

    /// <summary>Whether the runtime has to tell a rejection from an answer that could not be judged, or may send the reason back.</summary>
    public bool IsJudged => Judge is not null || Repair || WhenUnknown != WhenUnknown.Reject;

    /// <summary>Whether it is the numbers that decide.</summary>
    public bool HasBounds => !double.IsNaN(AtLeast) || !double.IsNaN(AtMost);
}

/// <summary>A prompt that judges another one's answer.</summary>
/// <param name="Route">Its route.</param>
/// <param name="Definition">The field of its definition; null where it cannot be reached from the prompt's class.</param>
/// <param name="IsProtected">Whether it keeps to self-hosted models by itself.</param>
internal sealed record JudgeDeclaration(RouteDeclaration Route, string? Definition, bool IsProtected);
