using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Declarations;

/// <summary>Reads <c>[AcceptIf]</c>: the method that it names, what the method gets and what its answer means.</summary>
internal sealed class CheckReader
{
    private readonly IMethodSymbol _prompt;
    private readonly Output _output;
    private readonly AttributeData _attribute;
    private readonly double _atLeast;
    private readonly double _atMost;
    private readonly List<CheckArgument> _arguments = [];
    private IMethodSymbol? _found;
    private bool _namesArguments;
    private bool _isResult;

    private CheckReader(IMethodSymbol prompt, Output output, AttributeData attribute)
    {
        (_prompt, _output, _attribute) = (prompt, output, attribute);
        (_atLeast, _atMost) = (attribute.Number("AtLeast", double.NaN), attribute.Number("AtMost", double.NaN));
    }

    public static EquatableArray<CheckDeclaration> Read(IMethodSymbol prompt, IEnumerable<AttributeData> attributes, Output output, ContainerFacts facts) => attributes
        .Where(static attribute => attribute.IsPromptGen("AcceptIf"))
        .Select(attribute => new CheckReader(prompt, output, attribute).Read(facts))
        .ToEquatableArray();

    private CheckDeclaration Read(ContainerFacts facts)
    {
        var method = NamedMethodReader.Find(_prompt, _attribute.Text(0) ?? "", Fit) with { IsResult = _isResult };
        return new CheckDeclaration(
            method,
            _arguments.ToEquatableArray(),
            _atLeast,
            _atMost,
            _attribute.Int("WhenUnknown", 0) is >= 0 and <= (int)WhenUnknown.Throw and var unknown ? (WhenUnknown)unknown : WhenUnknown.Reject,
            _attribute.Bool("Repair", false))
        {
            Judge = method.Fits ? JudgeReader.Of(_found!, _prompt, facts) : null,
            NamesArguments = _namesArguments,
        };
    }

    private (AnswerKind Answer, bool IsAwaited, bool TakesToken) Fit(IMethodSymbol candidate)
    {
        _found = candidate;
        _arguments.Clear();
        _namesArguments = false;
        if (_output.Type is null || _output.Kind.IsHandedOverUnjudged() || !TakesArguments(candidate, _output.Type))
        {
            return default;
        }

        var (result, isAwaited) = NamedMethodReader.Awaited(candidate.ReturnType);
        _isResult = NamedMethodReader.IsResult(result);
        var answer = Meaning(_isResult ? ((INamedTypeSymbol)result).TypeArguments[0] : result, candidate.HasPromptGenAttribute("RoutedPrompt"));
        return (answer, isAwaited, _arguments.Exists(static argument => argument.Kind == CheckArgumentKind.Token));
    }

    /// <summary>The answer goes to the parameter of that name, else to the first; all others are parameters of the prompt, or the token.</summary>
    private bool TakesArguments(IMethodSymbol candidate, ITypeSymbol output)
    {
        var answer = candidate.Parameters.FirstOrDefault(static parameter => parameter.Name == "answer") ?? candidate.Parameters.FirstOrDefault();
        if (answer is null || !NamedMethodReader.Same(answer.Type, output))
        {
            return false;
        }

        foreach (var parameter in candidate.Parameters)
        {
            var kind = ReferenceEquals(parameter, answer) ? CheckArgumentKind.Answer
                : KnownTypes.IsCancellationToken(parameter.Type) ? CheckArgumentKind.Token
                : CheckArgumentKind.Parameter;
            if (kind != CheckArgumentKind.Parameter || _prompt.Parameters.Any(own => own.Name == parameter.Name && NamedMethodReader.Same(own.Type, parameter.Type)))
            {
                _arguments.Add(new CheckArgument(kind, parameter.Name));
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

    /// <summary>What a value of a type says of an answer. A prompt that gives plain text would reject every answer.</summary>
    private AnswerKind Meaning(ITypeSymbol type, bool isPrompt)
    {
        if (!double.IsNaN(_atLeast) || !double.IsNaN(_atMost))
        {
            return IsNumber(type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type) ? AnswerKind.Score : AnswerKind.None;
        }

        return type.SpecialType switch
        {
            SpecialType.System_Boolean => AnswerKind.Verdict,
            SpecialType.System_String when !isPrompt || type.NullableAnnotation == NullableAnnotation.Annotated => AnswerKind.Reason,
            _ => AnswerKind.None,
        };
    }

    private static bool IsNumber(ITypeSymbol type) => type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double;
}
