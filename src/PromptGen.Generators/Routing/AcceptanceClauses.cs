using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Routing;

/// <summary>A condition on a valid answer.</summary>
internal abstract record AcceptanceClause : RouteClause
{
    /// <summary>All conditions of a prompt in the order in which they are checked: probabilities and members first, which cost nothing.</summary>
    public static IEnumerable<AcceptanceClause> Of(PromptDeclaration declaration) => declaration.Likelihoods
        .Select(static likelihood => (AcceptanceClause)new LikelihoodClause(likelihood))
        .Concat(declaration.Bounds.Select(static bound => new BoundClause(bound)))
        .Concat(declaration.Checks.Select(static check => new CheckClause(check)));

    private protected static string Between(string what, double atLeast, double atMost) => (double.IsNaN(atLeast), double.IsNaN(atMost)) switch
    {
        (false, true) => $"{what} ≥ {Number(atLeast)}",
        (true, false) => $"{what} ≤ {Number(atMost)}",
        (false, false) => $"{Number(atLeast)} ≤ {what} ≤ {Number(atMost)}",
        _ => what + " is there",
    };

    private protected static string Calibrated(CalibrationDeclaration? calibration) => calibration is null ? "" : "calibrated ";

    private protected static string Labels(CalibrationDeclaration? calibration) => calibration?.Content is { } content ? $" ({Wording.Number(content.Labels)} labels of {content.Date})" : "";

    private static string Number(double value) => value.ToString("0.############", CultureInfo.InvariantCulture);
}

/// <summary><c>[AcceptLikely]</c>: the model's own probability of its answer.</summary>
internal sealed record LikelihoodClause(LikelihoodDeclaration Likelihood) : AcceptanceClause
{
    public override string Description =>
        Between(Calibrated(Likelihood.Calibration) + "probability of " + (Likelihood.Member ?? "the answer"), Likelihood.Probability, double.NaN)
        + Labels(Likelihood.Calibration)
        + (Likelihood.WhenUnknown == WhenUnknown.Accept ? " or not known" : "");

    public override void AddTo(TextHash version)
    {
        version.Add('\u0005').Add(Likelihood.Member).Add(Literal.Double(Likelihood.Probability)).Add(Likelihood.WhenUnknown.ToString());
        Likelihood.Calibration?.Content?.AddTo(version);
    }
}

/// <summary><c>[AcceptWhen]</c>: a member within bounds.</summary>
internal sealed record BoundClause(MemberBound Bound) : AcceptanceClause
{
    public override string Description => Between(Calibrated(Bound.Calibration) + Bound.Member, Bound.AtLeast, Bound.AtMost) + Labels(Bound.Calibration);

    public override void AddTo(TextHash version)
    {
        version.Add(Bound.Member).Add(Literal.Double(Bound.AtLeast)).Add(Literal.Double(Bound.AtMost));
        Bound.Calibration?.Content?.AddTo(version);
    }
}

/// <summary><c>[AcceptIf]</c>: a method, or a prompt that is the judge.</summary>
internal sealed record CheckClause(CheckDeclaration Check) : AcceptanceClause
{
    public override string Description =>
        (Check.HasBounds ? Between(Check.Method.Name, Check.AtLeast, Check.AtMost) : Check.Method.Name + " agrees")
        + (Check.Judge is null ? "" : " (a prompt)")
        + (Check.WhenUnknown == WhenUnknown.Accept ? " or gives no verdict" : "");

    public override IEnumerable<string> Children => Check.Judge?.Definition is { } definition ? [definition] : [];

    public override void AddTo(TextHash version)
    {
        version.Add('\u0004').Add(Check.Method.Name).Add(Literal.Double(Check.AtLeast)).Add(Literal.Double(Check.AtMost)).Add(Check.WhenUnknown.ToString()).Add(Check.Repair ? '+' : '-');
        foreach (var argument in Check.Arguments)
        {
            version.Add(argument.Name).Add('\u0001');
        }
    }
}
