using PromptGen.Budgets;
using PromptGen.Catalog;
using PromptGen.Routing;

namespace PromptGen.Execution;

/// <summary>Collects what calls would do in place of doing it.</summary>
internal sealed class CallExplainer
{
    private readonly List<PromptExplanation> _explained = [];

    /// <summary>The calls so far: routers before the call that asks them.</summary>
    public IReadOnlyList<PromptExplanation> Explained => _explained;

    /// <summary>Explains a call that is about to take its first step.</summary>
    /// <returns>What ends the call.</returns>
    public ExplainedException Explain(CallAccount account, IExchange exchange, ModelGate gate, PromptStep first, string? routedBy)
    {
        var steps = new List<PromptExplanationStep>();
        var worst = new WorstCase(account, exchange.IsStream);
        for (var step = first; step is not null; step = step.NextWithin(gate.Ceiling))
        {
            var arranged = StepArrangement.Arrange(step, account);
            var models = new PromptExplanationModel[arranged.Count];
            var asked = new List<(ModelInfo, decimal?)>();
            for (var i = 0; i < models.Length; i++)
            {
                models[i] = Explain(account, exchange, gate, arranged, i, worst, asked);
            }

            steps.Add(new PromptExplanationStep(step.Tier, models) { HedgeAfter = step.Samples == 0 && asked.Count > 1 ? account.Prompt.HedgeAfter : null });
            worst.Add(asked, step.Samples);
        }

        PromptExplanation[] routers = account.IsInsideCall ? [] : [.. _explained];
        _explained.Add(new PromptExplanation
        {
            Prompt = account.Prompt.Name,
            Version = account.Prompt.FullVersion,
            RoutedBy = routedBy,
            Ceiling = gate.Ceiling,
            Steps = steps,
            Routers = routers,
            WorstCaseUsd = worst.Usd(routers),
            WorstCaseDuration = worst.Duration(routers),
        });
        return new ExplainedException();
    }

    private static PromptExplanationModel Explain(
        CallAccount account, IExchange exchange, ModelGate gate, PromptStep step, int position, WorstCase worst, List<(ModelInfo, decimal?)> asked)
    {
        var endpoint = account.Find(step[position]);
        if (gate.Refuse(endpoint, step, position, account, out _) is { } why)
        {
            return new PromptExplanationModel(endpoint.Model.Id, why.Text, [], 0, null);
        }

        var request = exchange.Render(endpoint, null);
        asked.Add((endpoint.Model, worst.Usd(request, endpoint.Model)));
        return new PromptExplanationModel(
            endpoint.Model.Id,
            null,
            request.Messages,
            request.EstimatedTokens,
            request.Options.MaxOutputTokens is { } limit ? CostCalculator.Estimate(request.EstimatedTokens, limit, endpoint.Model) : null);
    }
}

/// <summary>Ends a call that is explained. Only <see cref="PromptRuntime.ExplainAsync"/> catches it.</summary>
internal sealed class ExplainedException() : Exception("The call is explained, and makes no request.");
