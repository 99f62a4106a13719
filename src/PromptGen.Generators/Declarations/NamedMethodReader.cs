using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Model;

namespace PromptGen.Generators.Declarations;

/// <summary>Looks up the methods that <c>[AcceptIf]</c>, <c>[Fallback]</c> and the like name.</summary>
internal static class NamedMethodReader
{
    public static NamedMethod? Fallback(IMethodSymbol prompt, IEnumerable<AttributeData> attributes, Output output) => attributes
        .Where(static attribute => attribute.IsPromptGen("Fallback"))
        .Select(attribute => Find(prompt, attribute.Text(0) ?? "", candidate => StandIn(prompt, candidate, output)) with { Seconds = RouteReader.FallbackSeconds(attribute) })
        .FirstOrDefault();

    /// <summary>The first method of that name, in the prompt's class or a base of it, that fits.</summary>
    public static NamedMethod Find(IMethodSymbol prompt, string name, System.Func<IMethodSymbol, (AnswerKind Answer, bool IsAwaited, bool TakesToken)> fit)
    {
        var (exists, isObsolete) = (false, false);
        for (var type = prompt.ContainingType; type is not null; type = type.BaseType)
        {
            foreach (var member in type.GetMembers(name))
            {
                if (member is IMethodSymbol { TypeParameters.Length: 0 } candidate && (candidate.IsStatic || !prompt.IsStatic))
                {
                    exists = true;
                    var (answer, isAwaited, takesToken) = CanCall(prompt, candidate) ? fit(candidate) : default;
                    if (answer != AnswerKind.None && Obsoletion.IsError(candidate) && !Obsoletion.IsIn(prompt))
                    {
                        isObsolete = true;
                    }
                    else if (answer != AnswerKind.None)
                    {
                        return new NamedMethod(name, true, answer, isAwaited, takesToken, candidate.IsStatic) { Circle = PromptCircle.Through(prompt, candidate), TakesOptions = TakesOptions(candidate) };
                    }
                }
            }
        }

        return new NamedMethod(name, exists, AnswerKind.None, false, false, false) { IsObsolete = isObsolete };
    }

    private static bool CanCall(IMethodSymbol prompt, IMethodSymbol candidate) =>
        candidate.Parameters.All(static parameter => parameter.RefKind == RefKind.None)
        && (candidate.DeclaredAccessibility != Accessibility.Private || SymbolEqualityComparer.Default.Equals(candidate.ContainingType, prompt.ContainingType));

    private static bool TakesOptions(IMethodSymbol candidate) => candidate.Parameters.Any(static parameter => KnownTypes.IsOptions(parameter.Type));

    private static (AnswerKind Answer, bool IsAwaited, bool TakesToken) StandIn(IMethodSymbol prompt, IMethodSymbol candidate, Output output)
    {
        var takesOptions = TakesOptions(candidate);
        var data = prompt.Parameters.Where(parameter => !KnownTypes.IsCancellationToken(parameter.Type) && (takesOptions || !KnownTypes.IsOptions(parameter.Type))).ToArray();
        var takesToken = candidate.Parameters.Length == data.Length + 1 && KnownTypes.IsCancellationToken(candidate.Parameters[data.Length].Type);
        if (output.Type is null || SymbolEqualityComparer.Default.Equals(candidate, prompt) || candidate.Parameters.Length != data.Length + (takesToken ? 1 : 0))
        {
            return default;
        }

        for (var i = 0; i < data.Length; i++)
        {
            if (!Same(candidate.Parameters[i].Type, data[i].Type))
            {
                return default;
            }
        }

        if (output.Kind.IsStream())
        {
            return Same(candidate.ReturnType, prompt.ReturnType) ? (AnswerKind.Output, false, takesToken) : default;
        }

        var (result, isAwaited) = Awaited(candidate.ReturnType);
        if (Same(result, output.Type))
        {
            return (AnswerKind.Output, isAwaited, takesToken);
        }

        return output.Kind == ReturnKind.Result
            && result is INamedTypeSymbol { Name: "PromptResult", TypeArguments.Length: 1 } typed
            && Same(typed.TypeArguments[0], output.Type)
                ? (AnswerKind.Result, isAwaited, takesToken)
                : default;
    }

    public static (ITypeSymbol Result, bool IsAwaited) Awaited(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments.Length: 1 } task && KnownTypes.IsIn(task, "System", "Threading", "Tasks") ? (task.TypeArguments[0], true) : (type, false);

    /// <summary>Whether a type is <c>PromptResult</c> of another one.</summary>
    public static bool IsResult(ITypeSymbol type) => type is INamedTypeSymbol { Name: "PromptResult", TypeArguments.Length: 1 } && KnownTypes.IsIn(type, "PromptGen");

    public static bool Same(ITypeSymbol left, ITypeSymbol right) => SymbolEqualityComparer.Default.Equals(left, right);
}
