using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Writes how likely an answer has to be, and the maps of the models that the route can reach.</summary>
internal static class LikelihoodEmitter
{
    /// <summary>The list of a definition; empty where the prompt has none. A number out of range is as if it was not written.</summary>
    public static string List(PromptPlan plan)
    {
        var likelihoods = plan.Declaration.Likelihoods.Where(static likelihood => likelihood.IsInRange).Select(likelihood => Likelihood(plan, likelihood)).ToArray();
        return likelihoods.Length == 0 ? "" : $"[{string.Join(", ", likelihoods)}]";
    }

    private static string Likelihood(PromptPlan plan, LikelihoodDeclaration likelihood)
    {
        var member = likelihood.Member is { } name ? $", {Literal.String(name)}, {Literal.String(plan.Declaration.Judged!.FindMember(name)!.JsonName)}" : "";
        var whenUnknown = likelihood.WhenUnknown == WhenUnknown.Reject ? "" : ", WhenUnknown: global::PromptGen.WhenUnknown." + likelihood.WhenUnknown;
        var calibration = likelihood.Calibration?.Content is { } content ? $" {{ Calibration = [{string.Join(", ", Maps(plan.Route, content))}] }}" : "";
        return $"new({Literal.Double(likelihood.Probability)}{member}{whenUnknown}){calibration}";
    }

    private static IEnumerable<string> Maps(RoutePlan route, CalibrationContent content) =>
        from id in route.Steps.Concat(route.Entries).Concat(route.Choices).SelectMany(static step => step.All).Where(static model => model.Can(ModelFeatures.LogProbabilities)).Select(static model => model.Id).Distinct()
        let map = content.For(id)
        where map is not null
        select Map(id, map);

    /// <summary>The map of a model, or of all members of an ensemble.</summary>
    public static string Map(string id, CalibrationMap map) =>
        $"new({Literal.String(id)}, {Numbers(map.Points.Select(static point => point.Probability))}, {Numbers(map.Points.Select(static point => point.Share))})";

    private static string Numbers(IEnumerable<double> numbers) => $"[{string.Join(", ", numbers.Select(Literal.Double))}]";
}
