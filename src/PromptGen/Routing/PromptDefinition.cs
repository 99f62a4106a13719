using System.ComponentModel;
using System.Text;
using Microsoft.Extensions.AI;
using PromptGen.Catalog;
using PromptGen.Contracts;
using PromptGen.Likelihoods;
using PromptGen.Telemetry;

namespace PromptGen.Routing;

/// <summary>What is known of a prompt at compile time. Written by the generator, one static instance per prompt.</summary>
/// <param name="name">The prompt's name in ledgers and telemetry.</param>
/// <param name="version">Hash of templates, schema and route: eight hexadecimal digits.</param>
/// <param name="route">The first step of the route, which leads to the others; null = the route has none.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class PromptDefinition(string name, string version, PromptStep? route)
{
    /// <summary>The prompt's name in ledgers and telemetry.</summary>
    public string Name { get; } = name;

    /// <summary>Hash of templates, schema and route: eight hexadecimal digits.</summary>
    public string Version { get; } = version;

    /// <summary>The steps of the route in order.</summary>
    public IReadOnlyList<PromptStep> Route { get; } = Steps(route);

    /// <summary>How often one model is asked again with the violations of its answer. Default: 1.</summary>
    public int Repairs { get; init; } = 1;

    /// <summary>What is overlooked in an answer. Default: <see cref="Tolerance.Lenient"/>.</summary>
    public Tolerance Tolerance { get; init; } = Tolerance.Lenient;

    /// <summary>In which order the models of a step are asked. Default: <see cref="StepOrder.Catalog"/>.</summary>
    public StepOrder Order { get; init; }

    /// <summary>How long one model of a step may take before the next one is asked too; null = one is asked at a time.</summary>
    public TimeSpan? HedgeAfter { get; init; }

    /// <summary>Whether another model continues a stream of text or elements that broke off after its first item. Default: false.</summary>
    public bool Resume { get; init; }

    /// <summary>Sampling temperature; null = the provider's own.</summary>
    public float? Temperature { get; init; }

    /// <summary>Tokens that one answer may take; null = the model's own limit.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>The most that one call may cost, in USD; null = no limit.</summary>
    public decimal? MaxUsd { get; init; }

    /// <summary>The longest that one call may take; null = no limit.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Whether the prompt may reach self-hosted models only. Checked again at run time, whatever the build said.</summary>
    public bool SelfHostedOnly { get; init; }

    /// <summary>The model whose embeddings decide where calls enter the route; null = none do.</summary>
    public string? EmbeddingModel { get; init; }

    /// <summary>Whether a template names <c>previous</c>, so that a rejected answer is kept for the steps that follow. Default: false.</summary>
    public bool UsesPrevious { get; init; }

    /// <summary>
    /// The most that a call can cost beyond its parameters' tokens, in USD: in every step the most expensive model (with <see cref="HedgeAfter"/> the two most expensive ones)
    /// answers, is asked again as often as repairs are allowed, and is rejected. Where <see cref="Resume"/>, every model answers in turn, behind all that those before it have
    /// delivered; together with <see cref="HedgeAfter"/>, the most expensive one answers twice. The prompts that it calls do not count. Null where a price or an output limit is not
    /// known at build time.
    /// </summary>
    public decimal? WorstCaseUsd { get; init; }

    /// <summary>How long accepted answers are kept; null = they are not. Default: null.</summary>
    public TimeSpan? CacheFor { get; init; }

    /// <summary>Whether each <see cref="PromptBudget.Scope"/> has answers of its own. Default: false.</summary>
    public bool CachePerScope { get; init; }

    /// <summary>Steps at which calls enter that are none of <see cref="Route"/>: below its first one, beside it, or of one model. Default: none.</summary>
    public IReadOnlyList<PromptStep> Entries { get; init; } = [];

    /// <summary>
    /// Steps at which a call enters whose <see cref="PromptOptions"/> name a model: that model is the only one of its step, before the fallbacks. Empty where the prompt
    /// has no such parameter. Default: none.
    /// </summary>
    public IReadOnlyList<PromptStep> Choices { get; init; } = [];

    /// <summary>A candidate that takes the place of the route's first model for a share of the calls; its step is one of <see cref="Entries"/>. Default: none.</summary>
    public PromptCanary? Canary { get; init; }

    /// <summary>How likely an answer has to be by its model's own tokens; null = that is not asked.</summary>
    public IReadOnlyList<PromptLikelihood>? Likelihoods { get; init; }

    /// <summary>The prompts that this one calls: judges, routers. A function, because prompts of one class may name each other. Default: none.</summary>
    public Func<PromptDefinition[]>? Children { get; init; }

    /// <summary>Those of <see cref="Children"/> that judge answers: each of them is asked for every answer. Default: none.</summary>
    public Func<PromptDefinition[]>? Judges { get; init; }

    /// <summary>The one of <see cref="Children"/> that selects among the answers of an ensemble, in both orders. Default: none.</summary>
    public Func<PromptDefinition>? Selector { get; init; }

    /// <summary>
    /// <see cref="WorstCaseUsd"/> with what the prompts that it calls cost at most beyond their parameters' tokens: a router once, a judge once for every answer. Null where a
    /// price or an output limit is not known at build time, or prompts call each other in a circle.
    /// </summary>
    public decimal? FullWorstCaseUsd => Children is null ? WorstCaseUsd : PromptWorstCase.Usd(this);

    /// <summary>
    /// <see cref="Version"/> where the prompt calls no other ones; else a hash of it and of the versions of all that it calls, directly or not: eight hexadecimal digits.
    /// </summary>
    public string FullVersion => field ??= PromptVersion.Combine(this);

    /// <summary>Every model that the route can reach, as declared, each once.</summary>
    public IEnumerable<ModelInfo> Models => AllModels;

    /// <summary>The same, for calls: going through an array allocates nothing.</summary>
    internal ModelInfo[] AllModels => field ??= [.. Route.Concat(Entries).SelectMany(static step => step.Models.Concat(step.Fallbacks)).Distinct()];

    /// <summary>Whether a tier is no stronger than the strongest step of the route.</summary>
    internal bool Reaches(Tier tier) => tier == Tier.SelfHosted || Route.Any(step => step.Tier != Tier.SelfHosted && step.Tier >= tier);

    /// <summary>What telemetry says of the prompt.</summary>
    internal PromptProfile Profile => field ??= new PromptProfile(
        Name, FullVersion, [.. Route.Select(static step => step.Tier)], Route.Any(static step => step.Count > 1), Entries.Any(static step => step.Samples > 0), HedgeAfter is not null);

    /// <summary>Whether the answer is plain text without a schema.</summary>
    internal abstract bool AnswersText { get; }

    /// <summary>The contract's schema as a template or an instruction writes it.</summary>
    internal abstract string SchemaText { get; }

    /// <summary>Asks a model for an answer by the contract's schema.</summary>
    internal SchemaRequest SchemaRequest => field ??= new SchemaRequest(SchemaText);

    /// <summary>The contract's schema as the request has it for a model with structured output; null where its dialect can't express the contract.</summary>
    internal abstract ChatResponseFormat? SchemaFormat(SchemaDialect dialect);

    private static PromptStep[] Steps(PromptStep? first)
    {
        var steps = new List<PromptStep>();
        for (var step = first; step is not null; step = step.Next)
        {
            steps.Add(step);
        }

        return [.. steps];
    }
}

/// <inheritdoc />
/// <typeparam name="T">The output type of the prompt.</typeparam>
/// <param name="name">The prompt's name in ledgers and telemetry.</param>
/// <param name="version">Hash of templates, schema and route: eight hexadecimal digits.</param>
/// <param name="contract">The output contract.</param>
/// <param name="route">The first step of the route, which leads to the others; null = the route has none.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PromptDefinition<T>(string name, string version, PromptContract<T> contract, PromptStep? route)
    : PromptDefinition(name, version, route)
{
    private readonly ChatResponseFormat?[] _formats = new ChatResponseFormat?[ModelDefaults.DialectCount];

    /// <summary>The output contract.</summary>
    public PromptContract<T> Contract { get; } = contract;

    /// <summary>Bounds of members that are calibrated by the model that gave them; null = there are none.</summary>
    public IReadOnlyList<PromptConfidence<T>>? Confidences { get; init; }

    // Made at the first call and the same ever after: two threads that make them at once lose nothing.
    internal override bool AnswersText => Contract.IsText;

    internal override string SchemaText => field ??= Encoding.UTF8.GetString(Contract.SchemaUtf8);

    internal override ChatResponseFormat? SchemaFormat(SchemaDialect dialect)
    {
        var known = _formats[(int)dialect];
        return known is not null || Contract.SchemaUtf8For(dialect).IsEmpty
            ? known
            : _formats[(int)dialect] = ChatResponseFormat.ForJsonSchema(Contract.SchemaFor(dialect), Contract.Name);
    }

    /// <summary>The members of the answer's root object in JSON, in the order of the contract.</summary>
    internal string[] MemberNames => field ??= [.. Contract.Schema.GetProperty("properties").EnumerateObject().Select(static member => member.Name)];
}
