using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Writes the members of an ensemble and how their votes count.</summary>
/// <param name="writer">Gets the text.</param>
/// <param name="plan">The prompt.</param>
/// <param name="ensemble">Its ensemble.</param>
internal sealed class EnsembleEmitter(SourceWriter writer, PromptPlan plan, EnsembleClause ensemble)
{
    private const string Room = "global::PromptGen.Ensembles.";

    private string Stem => plan.Declaration.Stem;

    /// <summary>The call that has the members vote.</summary>
    /// <param name="call">The name of the call.</param>
    /// <param name="template">The name of the template.</param>
    /// <param name="taken">The names that are taken in the method.</param>
    public string Vote(string call, string template, HashSet<string> taken) => ensemble.Declaration.Judge is { } judge
        ? $"await {Room}Ensemble.JudgeAsync({call}, {Stem}Ensemble, {template}, {DetachedCall.Of(judge, plan.Declaration.Container.FullName, "int", taken, "candidates")}).ConfigureAwait(false)"
        : $"await {Room}Ensemble.VoteAsync({call}, {Stem}Ensemble, {template}).ConfigureAwait(false)";

    /// <summary>Writes the field with the ensemble, and the method that writes what an answer votes for.</summary>
    /// <param name="step">How generated code names its step.</param>
    public void Write(string step)
    {
        var declaration = ensemble.Declaration;
        var output = plan.Declaration.OutputType;
        writer.Attributes(AcceptanceEmitter.IsObsolete(plan.Declaration));
        writer.Line($"private static readonly {Room}PromptEnsemble<{output}> {Stem}Ensemble =");
        writer.Indent().Line($"new({step}, {Stem}Choice){Settings()};").Unindent().Line();

        writer.Attributes(AcceptanceEmitter.IsObsolete(plan.Declaration));
        writer.Open($"private static void {Stem}Choice({Room}ChoiceWriter choice, {output} value)");
        if (plan.Declaration.Contract is not { } contract)
        {
            writer.Line("choice.Text(value);");
        }
        else
        {
            var choices = new ChoiceEmitter(writer, contract);
            var (voted, expression) = declaration.On is { } on ? (contract.FindMember(on)!.Value, "value." + CSharpName.Escape(on)) : (contract.Root, "value");
            choices.Emit(voted, expression);
            choices.EmitFunctions();
        }

        writer.Close();
    }

    private string Confidence(string name)
    {
        var value = plan.Declaration.Contract!.FindMember(name)!.Value;
        var member = "value." + CSharpName.Escape(name);
        return value.IsNullable ? $"(double?){member} ?? 0d" : $"(double){member}";
    }

    private string Settings()
    {
        var declaration = ensemble.Declaration;
        string?[] settings =
        [
            declaration.Quorum is { } quorum ? "Quorum = " + Literal.Int(quorum) : null,
            declaration.Judge is not null ? "IsJudged = true" : null,
            declaration.Eager ? "Eager = true" : null,
            ensemble.Weights is { } weights ? $"Weights = [{string.Join(", ", weights.Select(Literal.Double))}]" : null,
            declaration.Calibration?.Content?.For(CalibrationContent.All) is { } map ? "Calibration = " + LikelihoodEmitter.Map(CalibrationContent.All, map) : null,
            declaration.ConfidenceMember is { } name ? $"Confidence = static value => {Confidence(name)}" : null,
        ];
        var set = string.Join(", ", settings.OfType<string>());
        return set.Length == 0 ? "" : $" {{ {set} }}";
    }
}
