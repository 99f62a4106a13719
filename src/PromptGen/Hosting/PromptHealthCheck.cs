using Microsoft.Extensions.Diagnostics.HealthChecks;
using PromptGen.Telemetry;

namespace PromptGen.Hosting;

/// <summary>
/// Whether prompts can be answered: unhealthy where the runtime cannot be made or every circuit is open, degraded where one is open, a budget is used up or the
/// budget store does not answer. Makes no request to a model.
/// </summary>
internal sealed class PromptHealthCheck(IServiceProvider services) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        PromptRuntime runtime;
        try
        {
            runtime = (PromptRuntime?)services.GetService(typeof(PromptRuntime)) ?? throw new PromptException(PromptErrorCode.Configuration, "AddPromptGen was not called.");
        }
        catch (PromptException exception)
        {
            return HealthCheckResult.Unhealthy(exception.Message);
        }

        var circuits = runtime.Circuits.ToArray();
        var open = circuits.Where(static circuit => circuit.State == Circuits.Open).Select(static circuit => circuit.ModelId).Distinct().Order(StringComparer.Ordinal).ToArray();
        var budgets = await runtime.LeftAsync(cancellationToken).ConfigureAwait(false);
        var problems = new List<string>();
        if (open.Length > 0)
        {
            problems.Add($"the circuit of {string.Join(", ", open)} is open");
        }

        problems.AddRange(budgets.Where(static budget => budget.LeftUsd == 0m).Select(static budget => $"budget '{budget.Budget}' is used up"));
        if (budgets.Any(static budget => budget.LeftUsd is null))
        {
            problems.Add("the budget store does not answer");
        }

        var data = circuits.GroupBy(static circuit => circuit.ModelId).ToDictionary(static group => "circuit:" + group.Key, static group => (object)group.Max(static circuit => circuit.State)!);
        foreach (var (budget, left) in budgets)
        {
            data["budget:" + budget] = left is { } usd ? usd : "unknown";
        }

        var status = problems.Count == 0 ? HealthStatus.Healthy : open.Length > 0 && open.Length == circuits.Select(static circuit => circuit.ModelId).Distinct().Count() ? HealthStatus.Unhealthy : HealthStatus.Degraded;
        return new HealthCheckResult(status, problems.Count == 0 ? null : string.Join("; ", problems), data: data);
    }
}
