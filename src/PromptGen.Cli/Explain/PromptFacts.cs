using System.Globalization;
using System.Text.Json.Serialization;
using PromptGen.Catalog;
using PromptGen.Cli.Assemblies;
using PromptGen.Cli.Output;
using PromptGen.Evaluation;
using PromptGen.Routing;

namespace PromptGen.Cli.Explain;

/// <summary>What a build says of one prompt. Two builds are compared by these facts.</summary>
/// <param name="Name">The name of the prompt.</param>
/// <param name="Version">Changes with everything that changes what is asked or how an answer is judged, in the prompts that it calls too.</param>
/// <param name="Route">The steps, and beside them those at which calls may enter otherwise.</param>
/// <param name="Clauses">The other attributes, as written.</param>
/// <param name="Templates">The templates, by the models that they are for.</param>
/// <param name="Calls">The prompts that it calls: routers and judges.</param>
/// <param name="WorstCaseUsd">The most that one call costs beyond its parameters' tokens; null where a price or a limit is unknown.</param>
/// <param name="LongestSeconds">The deadline, or without one the time-outs of all attempts, repairs included and retries not.</param>
internal sealed record PromptFacts(
    string Name,
    string Version,
    IReadOnlyList<StepFacts> Route,
    IReadOnlyList<string> Clauses,
    IReadOnlyList<TemplateFacts> Templates,
    IReadOnlyList<string> Calls,
    decimal? WorstCaseUsd,
    double LongestSeconds)
{
    /// <summary>What its calls have cost and taken, from a ledger; null where none was given, or it has no answers of the prompt.</summary>
    public MeasuredFacts? Measured { get; init; }

    /// <summary>What <c>promptgen eval --check</c> checks items against; null where the prompt returns a stream or a client, which cannot be evaluated.</summary>
    public PromptSchemas? Schemas { get; init; }

    /// <summary>The worst case for people.</summary>
    [JsonIgnore]
    public string WorstCase => WorstCaseUsd is { } usd
        ? $"{Figures.Usd(usd)} and the tokens of the parameters"
        : $"{Figures.UnknownCost}: the catalog lacks a price or a token limit of a model";

    public static PromptFacts Of(PromptEntry prompt)
    {
        var definition = prompt.Definition;
        return new PromptFacts(
            definition.Name,
            definition.FullVersion,
            [.. definition.Route.Select(static step => StepFacts.Of(step, "step")), .. definition.Entries.Select(static step => StepFacts.Of(step, "entry"))],
            prompt.Clauses,
            [.. prompt.Templates.Select(static template => new TemplateFacts(template.For, template.File, template.Text, template.FixedPrefix))],
            [.. (definition.Children?.Invoke() ?? []).Select(static child => child.Name).Distinct().Order(StringComparer.Ordinal)],
            definition.FullWorstCaseUsd,
            Longest(definition))
        {
            Schemas = prompt.Schemas,
        };
    }

    private static double Longest(PromptDefinition definition)
    {
        var attempts = definition.Route.SelectMany(static step => step.Models.Concat(step.Fallbacks)).Sum(static model => model.Timeout.TotalSeconds) * (1 + definition.Repairs);
        return Math.Min(attempts, definition.Deadline?.TotalSeconds ?? double.PositiveInfinity);
    }
}

/// <summary>What the answers of a prompt have cost and taken.</summary>
/// <param name="Answers">How many there were.</param>
/// <param name="UsdPerAnswer">What one has cost, failed calls included, as far as that is known.</param>
/// <param name="IsCostComplete">Whether that is all.</param>
/// <param name="P50">The time within which half of them came.</param>
/// <param name="P95">The time within which 95 of 100 came.</param>
internal sealed record MeasuredFacts(long Answers, double UsdPerAnswer, bool IsCostComplete, TimeSpan P50, TimeSpan P95);

/// <summary>One step of a route.</summary>
/// <param name="Kind"><c>step</c>, or <c>entry</c> for one that only some calls enter.</param>
/// <param name="Tier">Its tier.</param>
/// <param name="Samples">How often each model is asked where all of them vote; 0 = they are asked in turn.</param>
/// <param name="Models">The models in the order in which they are asked.</param>
/// <param name="Fallbacks">The models that are asked where all of those are unavailable.</param>
internal sealed record StepFacts(string Kind, Tier Tier, int Samples, IReadOnlyList<string> Models, IReadOnlyList<string> Fallbacks)
{
    public static StepFacts Of(PromptStep step, string kind) =>
        new(kind, step.Tier, step.Samples, [.. step.Models.Select(Named)], [.. step.Fallbacks.Select(Named)]);

    public override string ToString() =>
        $"{(Samples > 0 ? "vote of" : Kind == "entry" ? "entry at" : "")} {Tier}: {string.Join(", ", Models)}{(Samples > 1 ? $", {Samples} times each" : "")}{(Fallbacks.Count > 0 ? "; unavailable: " + string.Join(", ", Fallbacks) : "")}".TrimStart();

    private static string Named(ModelInfo model) =>
        string.Create(CultureInfo.InvariantCulture, $"{model.Id} ({model.Provider}, {(model.InputPrice is { } input ? $"${input:0.####}" : "?")} / {(model.OutputPrice is { } output ? $"${output:0.####}" : "?")} per million tokens)");
}

/// <summary>One template.</summary>
/// <param name="For">The models that it is for.</param>
/// <param name="File">Its file; null = it is in the source.</param>
/// <param name="Text">Its text; null where it is in a file.</param>
/// <param name="FixedPrefix">The characters before its first value, which a provider can keep; null where the text is not known.</param>
internal sealed record TemplateFacts(string For, string? File, string? Text, int? FixedPrefix);
