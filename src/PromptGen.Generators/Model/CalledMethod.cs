using PromptGen.Generators.Text;

namespace PromptGen.Generators.Model;

/// <summary>What a method of the prompt class gets for one of its parameters.</summary>
internal enum ArgumentKind
{
    /// <summary>The answer that it checks.</summary>
    Answer,

    /// <summary>A parameter of the prompt.</summary>
    Parameter,

    /// <summary>The cancellation token.</summary>
    Token,
}

/// <summary>One argument of a called method.</summary>
/// <param name="Name">The parameter's name in the method, and in the prompt where it is one of the prompt's.</param>
internal sealed record MethodArgument(ArgumentKind Kind, string Name)
{
    /// <summary>The type that it is converted to, so that C# takes the method that was found; null where it is of the parameter's type.</summary>
    public string? Cast { get; init; }
}

/// <summary>A method that a clause calls with parameters of the prompt.</summary>
/// <param name="Method">The method.</param>
/// <param name="NamesArguments">Whether a parameter is left out, so that those behind it have to be named.</param>
internal sealed record CalledMethod(NamedMethod Method, bool NamesArguments)
{
    /// <inheritdoc cref="NamedMethod.Arguments"/>
    public EquatableArray<MethodArgument> Arguments => Method.Arguments;
}
