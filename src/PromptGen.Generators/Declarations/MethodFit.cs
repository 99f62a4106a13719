using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Model;

namespace PromptGen.Generators.Declarations;

/// <summary>A method that can be called with what a clause gives it, whether its result is one that the clause can use or not.</summary>
/// <param name="Method">The method.</param>
/// <param name="Answer">What its result means; <see cref="AnswerKind.None"/> where the clause cannot use it.</param>
/// <param name="Result">What it gives, tasks and <c>PromptResult</c> unwrapped.</param>
/// <param name="Arguments">What it gets, in the order of its parameters.</param>
internal sealed record MethodFit(IMethodSymbol Method, AnswerKind Answer, ITypeSymbol Result, IReadOnlyList<PassedArgument> Arguments)
{
    /// <summary>Whether it gives a task.</summary>
    public bool IsAwaited { get; init; }

    /// <summary>Whether the result comes inside a <c>PromptResult</c>.</summary>
    public bool IsResult { get; init; }

    /// <summary>Whether a parameter is left out, so that those behind it have to be named.</summary>
    public bool NamesArguments { get; init; }

    /// <summary>Whether it takes the cancellation token.</summary>
    public bool TakesToken { get; init; }
}

/// <summary>An argument of a call that is considered.</summary>
/// <param name="Argument">What it is.</param>
/// <param name="Type">Its type.</param>
/// <param name="Parameter">The parameter that it is for.</param>
internal sealed record PassedArgument(MethodArgument Argument, ITypeSymbol Type, IParameterSymbol Parameter);
