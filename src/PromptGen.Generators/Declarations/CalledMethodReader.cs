using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Model;

namespace PromptGen.Generators.Declarations;

/// <summary>Looks up a method that gets parameters of the prompt by name.</summary>
/// <param name="prompt">The prompt.</param>
/// <param name="answer">
/// The type of the answer that the method gets beside them, as its parameter of the name that is given, else as its first one; null = it gets none.
/// </param>
/// <param name="answerName">The name of the parameter that gets the answer.</param>
internal sealed class CalledMethodReader(IMethodSymbol prompt, ITypeSymbol? answer = null, string answerName = "answer")
{
    /// <summary>The method that fits; null where none does.</summary>
    public MethodFit? Found { get; private set; }

    /// <param name="name">The name.</param>
    /// <param name="meaning">What a method means that gives this type, at once or as a task; <see cref="AnswerKind.None"/> where it does not fit.</param>
    public CalledMethod Read(string name, Func<IMethodSymbol, ITypeSymbol, bool, AnswerKind> meaning)
    {
        var (method, fit) = NamedMethodReader.Find(prompt, name, candidate => Fit(candidate, meaning));
        Found = fit;
        return new CalledMethod(method, fit?.NamesArguments == true);
    }

    private MethodFit? Fit(IMethodSymbol candidate, Func<IMethodSymbol, ITypeSymbol, bool, AnswerKind> meaning)
    {
        if (Arguments(candidate, out var namesArguments) is not { } arguments)
        {
            return null;
        }

        var (type, isAwaited) = NamedMethodReader.Awaited(candidate.ReturnType);
        var isResult = NamedMethodReader.IsResult(type);
        var result = isResult ? ((INamedTypeSymbol)type).TypeArguments[0] : type;
        return new MethodFit(candidate, meaning(candidate, result, isAwaited), result, arguments)
        {
            IsAwaited = isAwaited,
            IsResult = isResult,
            NamesArguments = namesArguments,
            TakesToken = arguments.Exists(static argument => argument.Argument.Kind == ArgumentKind.Token),
        };
    }

    /// <summary>What the method gets; null where it asks for something else.</summary>
    private List<PassedArgument>? Arguments(IMethodSymbol candidate, out bool namesArguments)
    {
        namesArguments = false;
        var arguments = new List<PassedArgument>();
        var checkedBy = answer is null ? null
            : candidate.Parameters.FirstOrDefault(parameter => parameter.Name == answerName) ?? candidate.Parameters.FirstOrDefault();
        if (answer is not null && (checkedBy is null || !MethodCall.IsConvertible(prompt, answer, checkedBy.Type)))
        {
            return null;
        }

        foreach (var parameter in candidate.Parameters)
        {
            if (ReferenceEquals(parameter, checkedBy))
            {
                Add(ArgumentKind.Answer, answer!);
            }
            else if (KnownTypes.IsCancellationToken(parameter.Type))
            {
                Add(ArgumentKind.Token, parameter.Type);
            }
            else if (prompt.Parameters.FirstOrDefault(own => own.Name == parameter.Name && MethodCall.IsConvertible(prompt, own.Type, parameter.Type)) is { } own)
            {
                Add(ArgumentKind.Parameter, own.Type);
            }
            else if (parameter.IsOptional || parameter.IsParams)
            {
                namesArguments = true;
            }
            else
            {
                return null;
            }

            void Add(ArgumentKind kind, ITypeSymbol type) =>
                arguments.Add(new PassedArgument(new MethodArgument(kind, parameter.Name) { Cast = MethodCall.Cast(type, parameter.Type) }, type, parameter));
        }

        return arguments;
    }
}
