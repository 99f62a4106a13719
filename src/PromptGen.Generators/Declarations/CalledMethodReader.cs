using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Declarations;

/// <summary>Looks up a method that gets parameters of the prompt by name.</summary>
internal sealed class CalledMethodReader(IMethodSymbol prompt)
{
    private readonly List<CheckArgument> _arguments = [];
    private bool _namesArguments;

    /// <summary>The method that fits; where <see cref="NamedMethod.Fits"/> is false, the last one that was looked at.</summary>
    public IMethodSymbol? Found { get; private set; }

    /// <summary>What the method gives, tasks and <c>PromptResult</c> unwrapped.</summary>
    public ITypeSymbol? Result { get; private set; }

    /// <param name="name">The name.</param>
    /// <param name="isUsable">Whether a method can be used that gives this type, at once or as a task.</param>
    public CalledMethod Read(string name, System.Func<ITypeSymbol, bool, bool> isUsable)
    {
        var isResult = false;
        var method = NamedMethodReader.Find(prompt, name, candidate =>
        {
            Found = candidate;
            _arguments.Clear();
            _namesArguments = false;
            var (type, isAwaited) = NamedMethodReader.Awaited(candidate.ReturnType);
            isResult = NamedMethodReader.IsResult(type);
            Result = isResult ? ((INamedTypeSymbol)type).TypeArguments[0] : type;
            var fits = !SymbolEqualityComparer.Default.Equals(candidate, prompt) && TakesArguments(candidate) && isUsable(Result, isAwaited);
            return fits ? (AnswerKind.Output, isAwaited, _arguments.Exists(static argument => argument.Kind == CheckArgumentKind.Token)) : default;
        });
        return new CalledMethod(method with { IsResult = isResult }, _arguments.ToEquatableArray(), _namesArguments);
    }

    private bool TakesArguments(IMethodSymbol candidate)
    {
        foreach (var parameter in candidate.Parameters)
        {
            var isToken = KnownTypes.IsCancellationToken(parameter.Type);
            if (isToken || prompt.Parameters.Any(own => own.Name == parameter.Name && NamedMethodReader.Same(own.Type, parameter.Type)))
            {
                _arguments.Add(new CheckArgument(isToken ? CheckArgumentKind.Token : CheckArgumentKind.Parameter, parameter.Name));
            }
            else if (parameter.HasExplicitDefaultValue)
            {
                _namesArguments = true;
            }
            else
            {
                return false;
            }
        }

        return true;
    }
}
