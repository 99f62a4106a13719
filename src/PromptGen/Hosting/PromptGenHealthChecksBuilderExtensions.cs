using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PromptGen.Hosting;

namespace PromptGen;

/// <summary>Registers the health check of PromptGen.</summary>
public static class PromptGenHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check of circuits, budgets and the budget store. Degraded: the circuit of a model is open, a budget is used up, or the store does not answer.
    /// Unhealthy: the circuit of every model that was asked is open, or the runtime cannot be made. It makes no request to a model.
    /// </summary>
    /// <param name="builder">The builder that <c>AddHealthChecks()</c> returns.</param>
    /// <param name="name">The name of the check. Default: <c>promptgen</c>.</param>
    /// <param name="tags">Its tags. Default: none.</param>
    /// <returns>The builder.</returns>
    public static IHealthChecksBuilder AddPromptGen(this IHealthChecksBuilder builder, string name = "promptgen", IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(name, static services => new PromptHealthCheck(services), null, tags));
    }
}
