namespace PromptGen;

/// <summary>
/// Turns a partial method into a prompt: the compiler writes its rendering, route, validation and escalation.
/// </summary>
/// <remarks>
/// A rejected answer is sent back with its violations (<see cref="Repairs"/> times), then the next step is tried: the next tier
/// up to <see cref="EscalateTo"/>, or the next model of the list. An unavailable model is replaced within its step: by the other
/// models of the tier (in <see cref="Order"/>, another provider first), then by <see cref="Fallbacks"/>, then by the next step.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class RoutedPromptAttribute : Attribute
{
    /// <summary>Routes by tier: the first step is every model of <paramref name="tier"/>.</summary>
    /// <param name="tier">The tier to start with.</param>
    public RoutedPromptAttribute(Tier tier)
    {
        Tier = tier;
        EscalateTo = tier;
        Models = [];
    }

    /// <summary>Routes by name: each model is a step.</summary>
    /// <param name="models">Model ids of the catalog, ordered by strength, the weakest first.</param>
    public RoutedPromptAttribute(params string[] models) => Models = models;

    /// <summary>The tier to start with; not used where <see cref="Models"/> are named.</summary>
    public Tier Tier { get; }

    /// <summary>The models to try in order; empty where the prompt routes by tier.</summary>
    public string[] Models { get; }

    /// <summary>The strongest tier that a rejected answer may climb to. Default: the starting tier, which means no escalation.</summary>
    public Tier EscalateTo { get; set; }

    /// <summary>Model ids to use, in order, if every model of a step is unavailable. They may be weaker. Default: none.</summary>
    public string[] Fallbacks { get; set; } = [];

    /// <summary>The prompt's name in ledgers and telemetry. Default: <c>Class.Method</c>.</summary>
    public string? Name { get; set; }

    /// <summary>How often one model is asked again with the violations of its answer, 0 or more. Default: 1.</summary>
    public int Repairs { get; set; } = 1;

    /// <summary>Which deviations from the contract are tolerated in an answer. Default: <see cref="Tolerance.Lenient"/>.</summary>
    public Tolerance Tolerance { get; set; } = Tolerance.Lenient;

    /// <summary>In which order the models of a tier are asked. Without effect where <see cref="Models"/> are named. Default: <see cref="StepOrder.Catalog"/>.</summary>
    public StepOrder Order { get; set; }

    /// <summary>
    /// Seconds, above 0, at most 86,400, after which the next available model of a step is asked too if the one that is asked has not answered (a stream: has not sent its first item). The
    /// first accepted answer is returned, and the other request is cancelled. It starts only if every budget has room for both. Default: <see cref="double.NaN"/>, one model at a time.
    /// </summary>
    public double HedgeAfter { get; set; } = double.NaN;

    /// <summary>Sampling temperature, 0–2; not sent to a model that accepts none (<see cref="ModelAttribute.AcceptsTemperature"/>). Default: <see cref="double.NaN"/>, the provider's own.</summary>
    public double Temperature { get; set; } = double.NaN;

    /// <summary>Tokens that one answer may take, 0 or more. Default: 0, the model's own limit.</summary>
    public int MaxOutputTokens { get; set; }

    /// <summary>Features that every model of the route must have, beyond those that the parameters ask for. Default: none.</summary>
    public ModelFeatures Requires { get; set; }

    /// <summary>
    /// Whether another model continues a stream of text or elements that broke off after its first item: it gets what was delivered and is asked for the rest. Only for a
    /// prompt that returns <c>IAsyncEnumerable&lt;string&gt;</c> or the elements of a list, on a route with more than one model. Default: false, the stream ends with a
    /// <see cref="PromptStreamException"/>.
    /// </summary>
    public bool Resume { get; set; }

    /// <summary>
    /// A text that changes the prompt's version by hand, where something changed that the version does not cover: the body of a method that a template, a check or
    /// a substitute calls. Default: none.
    /// </summary>
    public string? Revision { get; set; }
}
