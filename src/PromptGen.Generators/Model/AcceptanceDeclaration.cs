using PromptGen.Generators.Text;

namespace PromptGen.Generators.Model;

/// <summary>One <c>[AcceptWhen]</c>; a bound that is not set is <see cref="double.NaN"/>.</summary>
internal sealed record MemberBound(string Member, double AtLeast, double AtMost)
{
    /// <summary>The file that maps what a model states to shares of right answers; null = the member is compared as it is.</summary>
    public CalibrationDeclaration? Calibration { get; init; }
}

/// <summary>What a named method gives back.</summary>
internal enum AnswerKind
{
    /// <summary>Nothing that fits.</summary>
    None,

    /// <summary><c>bool</c>: true = accepted.</summary>
    Verdict,

    /// <summary><c>string?</c>: a text = the reason of the rejection.</summary>
    Reason,

    /// <summary>A number, to be compared with bounds.</summary>
    Score,

    /// <summary>The prompt's output.</summary>
    Output,

    /// <summary>The prompt's output as <c>PromptResult</c>.</summary>
    Result,
}

/// <summary>A method named by <c>[AcceptIf]</c> or <c>[Fallback]</c>, as it was found in the prompt class.</summary>
/// <param name="Name">The name as written.</param>
/// <param name="Exists">Whether the class has any method of that name.</param>
/// <param name="Answer">What the method that fits gives back; <see cref="AnswerKind.None"/> where none fits.</param>
/// <param name="IsAwaited">Whether it gives a task.</param>
/// <param name="TakesToken">Whether it takes the cancellation token last.</param>
/// <param name="IsStatic">Whether it can be called without the prompt class's instance.</param>
internal sealed record NamedMethod(string Name, bool Exists, AnswerKind Answer, bool IsAwaited, bool TakesToken, bool IsStatic)
{
    /// <summary>Whether another member has its name: a call has to say whether it means one of the class or one of an instance.</summary>
    public bool IsOverloaded { get; init; }

    /// <summary>Whether the method would fit, but is one that it is an error to use.</summary>
    public bool IsObsolete { get; init; }

    /// <summary>How long a <c>[Fallback]</c> method may take; NaN = the default.</summary>
    public double Seconds { get; init; } = double.NaN;

    /// <summary>The prompts that call each other in a circle through this one, as PG0415 lists them; null where there is none.</summary>
    public string? Circle { get; init; }

    /// <summary>Whether the answer comes inside a <c>PromptResult</c>.</summary>
    public bool IsResult { get; init; }

    /// <summary>What it gets, in the order of its parameters; those left out have a default.</summary>
    public EquatableArray<MethodArgument> Arguments { get; init; }

    /// <summary>Whether it takes the options of the call.</summary>
    public bool TakesOptions { get; init; }

    public bool Fits => Answer != AnswerKind.None;
}
