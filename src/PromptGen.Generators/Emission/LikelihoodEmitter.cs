using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Writes how likely an answer has to be, by its tokens or by what it states, and the maps of the models that the route can reach.</summary>
internal static class LikelihoodEmitter
{
    /// <summary>The list of a definition; empty where the prompt has none. A number out of range is as if it was not written.</summary>
    public static string List(PromptPlan plan)
    {
        var likelihoods = plan.Declaration.Likelihoods.Where(static likelihood => likelihood.IsInRange).Select(likelihood => Likelihood(plan, likelihood)).ToArray();
        return likelihoods.Length == 0 ? "" : $"[{string.Join(", ", likelihoods)}]";
    }

    /// <summary>The calibrated bounds of a definition; empty where the prompt has none.</summary>
    public static string Bounds(PromptPlan plan)
    {
        var bounds = plan.Declaration.Bounds.Where(static bound => bound.Calibration?.Content is not null).Select(bound => Bound(plan.Route, bound)).ToArray();
        return bounds.Length == 0 ? "" : $"[{string.Join(", ", bounds)}]";
    }

    private static string Bound(RoutePlan route, MemberBound bound)
    {
        var maps = string.Join(", ", Maps(route, bound.Calibration!.Content!, static _ => true));
        return $"new({Literal.String(bound.Member)}, static value => (double?)value.{CSharpName.Escape(bound.Member)}, {Number(bound.AtLeast)}, {Number(bound.AtMost)}, [{maps}])";
    }

    private static string Likelihood(PromptPlan plan, LikelihoodDeclaration likelihood)
    {
        var member = likelihood.Member is { } name ? $", {Literal.String(name)}, {Literal.String(plan.Declaration.Judged!.FindMember(name)!.JsonName)}" : "";
        var whenUnknown = likelihood.WhenUnknown == WhenUnknown.Reject ? "" : ", WhenUnknown: global::PromptGen.WhenUnknown." + likelihood.WhenUnknown;
        var calibration = likelihood.Calibration?.Content is { } content ? $" {{ Calibration = [{string.Join(", ", Maps(plan.Route, content, static model => model.Can(ModelFeatures.LogProbabilities)))}] }}" : "";
        return $"new({Literal.Double(likelihood.Probability)}{member}{whenUnknown}){calibration}";
    }

    private static IEnumerable<string> Maps(RoutePlan route, CalibrationContent content, System.Func<ModelDeclaration, bool> isMapped) =>
        from id in route.Steps.Concat(route.Entries).Concat(route.Choices).SelectMany(static step => step.All).Where(isMapped).Select(static model => model.Id).Distinct()
        let map = content.For(id)
        where map is not null
        select Map(id, map);

    /// <summary>The map of a model, or of all members of an ensemble.</summary>
    public static string Map(string id, CalibrationMap map) =>
        $"new({Literal.String(id)}, {Numbers(map.Points.Select(static point => point.Probability))}, {Numbers(map.Points.Select(static point => point.Share))})";

    private static string Number(double bound) => double.IsNaN(bound) ? "null" : Literal.Double(bound);

    private static string Numbers(IEnumerable<double> numbers) => $"[{string.Join(", ", numbers.Select(Literal.Double))}]";
}
