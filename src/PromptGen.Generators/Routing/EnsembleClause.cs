using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Routing;

/// <summary><c>[Ensemble]</c>.</summary>
/// <param name="Declaration">What is declared.</param>
/// <param name="Step">The members: a step before the first one of the route.</param>
internal sealed record EnsembleClause(EnsembleDeclaration Declaration, PlannedStep Step) : RouteClause
{
    /// <summary>How many votes there are.</summary>
    public int Votes => Step.Models.Count * Step.Samples;

    /// <summary>The weights of the members as log-odds of their accuracy; null where each has one vote, or its confidence.</summary>
    public IEnumerable<double>? Weights => Declaration.Weights?.Select(static accuracy => System.Math.Max(0, System.Math.Log(accuracy / (1 - accuracy))));

    /// <summary>How many votes are asked for at the beginning: all, or as many as can decide.</summary>
    public int AskedFirst
    {
        get
        {
            if (Declaration.Eager || Declaration.Judge is not null)
            {
                return Votes;
            }

            // As an election counts: sums of weights are rounded.
            const double Rounding = 1e-9;
            var most = Weights?.ToArray() ?? [.. Step.Models.Select(static _ => 1d)];
            var whole = most.Sum() * Step.Samples;
            var (asked, weight) = (0, 0d);
            while (asked < Votes && !(Declaration.Quorum is { } quorum ? weight > 0 && weight * Votes >= (quorum * whole) - Rounding : weight * 2 > whole + Rounding))
            {
                weight += most[asked++ % most.Length];
            }

            return asked;
        }
    }

    public override string Description
    {
        get
        {
            var needed = Declaration.Quorum is { } quorum ? $"{Number(quorum)} of {Number(Votes)}" : $"more than half of {Number(Votes)}";
            if (Declaration.Judge is { } judge)
            {
                return $"{judge.Method.Name}{(Declaration.JudgePrompt is null ? "" : " (a prompt, asked in both orders)")} selects among the answers of all {Number(Votes)}, of which it needs {(Declaration.Quorum is { } least ? Number(least) : "more than half")}";
            }

            var weight = Declaration.Weights is not null ? ", weighted by accuracy"
                : Declaration.ConfidenceMember is { } member ? $", weighted by {member}"
                : "";
            var calibration = Declaration.Calibration?.Content is { } content ? $", agreement calibrated ({Wording.Number(content.Labels)} labels of {content.Date})" : "";
            return $"{needed} votes for the same {Declaration.On ?? "answer"}{weight}, asked {(Declaration.Eager ? "all at once" : "as many as can decide, then one by one")}{calibration}";
        }
    }

    public override IEnumerable<string> Children => Declaration.JudgePrompt?.Definition is { } definition ? [definition] : [];

    /// <summary>The parameters of the prompt that its judge gets.</summary>
    public IEnumerable<string> UsedParameters => Declaration.Judge?.Arguments.Where(static argument => argument.Kind == ArgumentKind.Parameter).Select(static argument => argument.Name) ?? [];

    public override void AddTo(TextHash version) => version
        .Add('\u0008').Add(Declaration.On)
        .Add('\u0001').Add(Declaration.Quorum is { } quorum ? Number(quorum) : null)
        .Add('\u0001').Add(Number(Declaration.Samples))
        .Add('\u0001').Add(Declaration.Weights is { } weights ? string.Join(",", weights.Select(static weight => weight.ToString("R", CultureInfo.InvariantCulture))) : null)
        .Add('\u0001').Add(Declaration.ConfidenceMember)
        .Add('\u0001').Add(Declaration.Judge?.Method.Name).Add('\u0001').Add(string.Join(",", UsedParameters));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
