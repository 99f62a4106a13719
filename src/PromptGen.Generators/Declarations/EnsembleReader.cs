using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Model;

namespace PromptGen.Generators.Declarations;

/// <summary>Reads <c>[Ensemble]</c>.</summary>
internal static class EnsembleReader
{
    public static EnsembleDeclaration? Read(IMethodSymbol prompt, IEnumerable<AttributeData> attributes, Output output, ContainerFacts facts)
    {
        if (attributes.FirstOrDefault(static attribute => attribute.IsPromptGen("Ensemble")) is not { } ensemble)
        {
            return null;
        }

        var reader = output.Type is null ? null : new CalledMethodReader(prompt, OutputReader.ListOf(prompt, output.Type), "candidates");
        var judge = ensemble.Text("Judge") is { } name
            ? reader?.Read(name, static (_, type, _) => type.SpecialType == SpecialType.System_Int32 ? AnswerKind.Output : AnswerKind.None)
            : null;
        return new EnsembleDeclaration(
            ensemble.ConstructorArguments.Length == 1 ? AttributeReading.Texts(ensemble.ConstructorArguments[0]) : default,
            ensemble.Text("On"),
            ensemble.Has("Quorum") ? ensemble.Int("Quorum", 0) : null,
            ensemble.Int("Samples", 1),
            ensemble.Bool("Eager", false),
            ensemble.Has("Weights") ? ensemble.Numbers("Weights") : null,
            ensemble.Text("ConfidenceMember"))
        {
            Calibration = ensemble.Text("Calibration") is { } file ? new CalibrationDeclaration(file) : null,
            Judge = judge,
            JudgePrompt = CalledPromptReader.Of(reader?.Found, prompt, facts),
        };
    }
}
