using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Declarations;

/// <summary>Looks up the methods that <c>[AcceptIf]</c>, <c>[Fallback]</c> and the like name.</summary>
internal static class NamedMethodReader
{
    public static NamedMethod? Fallback(IMethodSymbol prompt, IEnumerable<AttributeData> attributes, Output output) => attributes
        .Where(static attribute => attribute.IsPromptGen("Fallback"))
        .Select(attribute => Find(prompt, attribute.Text(0) ?? "", candidate => StandIn(prompt, candidate, output)).Method with { Seconds = RouteReader.FallbackSeconds(attribute) })
        .FirstOrDefault();

    /// <summary>The method that C# calls by that name in the prompt's class: of the class or, where none of its own can be called, of its bases.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="name">The name.</param>
    /// <param name="fit">How a method can be called with what the clause gives it; null where it cannot.</param>
    public static (NamedMethod Method, MethodFit? Fit) Find(IMethodSymbol prompt, string name, Func<IMethodSymbol, MethodFit?> fit)
    {
        var (exists, isObsolete, members) = (false, false, 0);
        MethodFit? found = null;
        for (var type = prompt.ContainingType; type is not null; type = type.BaseType)
        {
            var isHidden = found is not null;
            foreach (var member in type.GetMembers(name))
            {
                members++;
                if (member is not IMethodSymbol { TypeParameters.Length: 0 } candidate || (!candidate.IsStatic && prompt.IsStatic))
                {
                    continue;
                }

                exists = true;
                if (isHidden || !MethodCall.IsPossible(prompt, candidate) || fit(candidate) is not { } one)
                {
                    continue;
                }

                if (one.Answer != AnswerKind.None && IsErrorToCall(one) && !Obsoletion.IsIn(prompt))
                {
                    isObsolete = true;
                }
                else if (found is null || Rank(one) < Rank(found))
                {
                    found = one;
                }
            }
        }

        return found is { Answer: not AnswerKind.None } && (members == 1 || MethodCall.Binds(prompt, found))
            ? (Named(prompt, name, found) with { IsOverloaded = members > 1 }, found)
            : (new NamedMethod(name, exists, AnswerKind.None, false, false, false) { IsObsolete = isObsolete }, null);
    }

    /// <summary>Generated code names the type of the result, and those that arguments are converted to.</summary>
    private static bool IsErrorToCall(MethodFit fit) =>
        Obsoletion.IsError(fit.Method) || Obsoletion.IsErrorToName(fit.Result)
        || fit.Arguments.Any(static argument => argument.Argument.Cast is not null && Obsoletion.IsErrorToName(argument.Parameter.Type));

    /// <summary>The lower, the better: a result that can be used before one that cannot, then as few conversions as possible.</summary>
    private static int Rank(MethodFit fit) => (fit.Answer == AnswerKind.None ? 1000 : 0) + fit.Arguments.Count(static argument => argument.Argument.Cast is not null);

    private static NamedMethod Named(IMethodSymbol prompt, string name, MethodFit fit) =>
        new(name, true, fit.Answer, fit.IsAwaited, fit.TakesToken, fit.Method.IsStatic)
        {
            Circle = PromptCircle.Through(prompt, fit.Method),
            IsResult = fit.IsResult,
            TakesOptions = TakesOptions(fit.Method),
            Arguments = fit.Arguments.Select(static argument => argument.Argument).ToEquatableArray(),
        };

    private static bool TakesOptions(IMethodSymbol candidate) => candidate.Parameters.Any(static parameter => KnownTypes.IsOptions(parameter.Type));

    private static MethodFit? StandIn(IMethodSymbol prompt, IMethodSymbol candidate, Output output)
    {
        var takesOptions = TakesOptions(candidate);
        var data = prompt.Parameters.Where(parameter => !KnownTypes.IsCancellationToken(parameter.Type) && (takesOptions || !KnownTypes.IsOptions(parameter.Type))).ToArray();
        var takesToken = candidate.Parameters.Length > data.Length && KnownTypes.IsCancellationToken(candidate.Parameters[data.Length].Type);
        if (output.Type is null || SymbolEqualityComparer.Default.Equals(candidate, prompt)
            || candidate.Parameters.Length < data.Length || !candidate.Parameters.Skip(data.Length + (takesToken ? 1 : 0)).All(static parameter => parameter.IsOptional || parameter.IsParams))
        {
            return null;
        }

        for (var i = 0; i < data.Length; i++)
        {
            // The values are passed in order: names in another order would exchange them.
            if (!MethodCall.IsConvertible(prompt, data[i].Type, candidate.Parameters[i].Type)
                || (candidate.Parameters[i].Name is var name && name != data[i].Name && data.Any(other => other.Name == name)))
            {
                return null;
            }
        }

        var (result, isAwaited) = Awaited(candidate.ReturnType);
        var arguments = data.Select((parameter, index) => new PassedArgument(
            new MethodArgument(ArgumentKind.Parameter, parameter.Name) { Cast = MethodCall.Cast(parameter.Type, candidate.Parameters[index].Type) }, parameter.Type, candidate.Parameters[index])).ToList();
        if (takesToken)
        {
            var token = candidate.Parameters[data.Length];
            arguments.Add(new PassedArgument(new MethodArgument(ArgumentKind.Token, token.Name), token.Type, token));
        }

        return new MethodFit(candidate, Meaning(prompt, candidate, output, result), result, arguments)
        {
            IsAwaited = isAwaited && !output.Kind.IsStream(),
            TakesToken = takesToken,
        };
    }

    private static AnswerKind Meaning(IMethodSymbol prompt, IMethodSymbol candidate, Output output, ITypeSymbol result) =>
        output.Kind.IsStream() ? Same(candidate.ReturnType, prompt.ReturnType) ? AnswerKind.Output : AnswerKind.None
        : Same(result, output.Type!) ? AnswerKind.Output
        : output.Kind == ReturnKind.Result && IsResult(result) && Same(((INamedTypeSymbol)result).TypeArguments[0], output.Type!) ? AnswerKind.Result
        : AnswerKind.None;

    public static (ITypeSymbol Result, bool IsAwaited) Awaited(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments.Length: 1 } task && KnownTypes.IsIn(task, "System", "Threading", "Tasks") ? (task.TypeArguments[0], true) : (type, false);

    /// <summary>Whether a type is <c>PromptResult</c> of another one.</summary>
    public static bool IsResult(ITypeSymbol type) => type is INamedTypeSymbol { Name: "PromptResult", TypeArguments.Length: 1 } && KnownTypes.IsIn(type, "PromptGen");

    public static bool Same(ITypeSymbol left, ITypeSymbol right) => SymbolEqualityComparer.Default.Equals(left, right);
}
