using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Declarations;

/// <summary>Looks up a method that gets parameters of the prompt by name.</summary>
/// <param name="prompt">The prompt.</param>
/// <param name="answer">
/// The type of the answer that the method gets beside them, as its parameter of the name that is given, else as its first one; null = it gets none.
/// </param>
/// <param name="answerName">The name of the parameter that gets the answer.</param>
internal sealed class CalledMethodReader(IMethodSymbol prompt, ITypeSymbol? answer = null, string answerName = "answer")
{
    private readonly List<MethodArgument> _arguments = [];
    private bool _namesArguments;

    /// <summary>The method that fits; where <see cref="NamedMethod.Fits"/> is false, the last one that was looked at.</summary>
    public IMethodSymbol? Found { get; private set; }

    /// <summary>What the method gives, tasks and <c>PromptResult</c> unwrapped.</summary>
    public ITypeSymbol? Result { get; private set; }

    /// <param name="name">The name.</param>
    /// <param name="meaning">What a method means that gives this type, at once or as a task; <see cref="AnswerKind.None"/> where it does not fit.</param>
    public CalledMethod Read(string name, System.Func<IMethodSymbol, ITypeSymbol, bool, AnswerKind> meaning)
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
            var kind = TakesArguments(candidate) ? meaning(candidate, Result, isAwaited) : AnswerKind.None;
            return (kind, isAwaited, _arguments.Exists(static argument => argument.Kind == ArgumentKind.Token));
        });
        return new CalledMethod(method with { IsResult = isResult }, _arguments.ToEquatableArray(), _namesArguments);
    }

    private bool TakesArguments(IMethodSymbol candidate)
    {
        var checkedBy = answer is null ? null
            : candidate.Parameters.FirstOrDefault(parameter => parameter.Name == answerName) ?? candidate.Parameters.FirstOrDefault();
        if (answer is not null && (checkedBy is null || !NamedMethodReader.Same(checkedBy.Type, answer)))
        {
            return false;
        }

        foreach (var parameter in candidate.Parameters)
        {
            var kind = ReferenceEquals(parameter, checkedBy) ? ArgumentKind.Answer
                : KnownTypes.IsCancellationToken(parameter.Type) ? ArgumentKind.Token
                : ArgumentKind.Parameter;
            if (kind != ArgumentKind.Parameter || prompt.Parameters.Any(own => own.Name == parameter.Name && NamedMethodReader.Same(own.Type, parameter.Type)))
            {
                _arguments.Add(new MethodArgument(kind, parameter.Name));
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
