using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model.Contracts;
using PromptGen.Generators.Model.Shapes;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Model;

/// <summary>A method marked <c>[RoutedPrompt]</c>, or with a clause alone, read from its symbol once. Everything after works on this alone.</summary>
/// <param name="Container">The class that contains it.</param>
/// <param name="Name">The method's name.</param>
/// <param name="Stem">What the names start with that the generator introduces for this prompt.</param>
/// <param name="PromptName">Its name in ledgers and telemetry.</param>
/// <param name="Modifiers">Accessibility and further modifiers as written, without <c>partial</c>.</param>
/// <param name="ReturnType">The return type as generated code writes it.</param>
/// <param name="Return">How the result is handed over.</param>
/// <param name="OutputType">The output type as generated code writes it: that of an element where elements are streamed.</param>
/// <param name="OutputName">The output type as people read it.</param>
/// <param name="Contract">The output contract; null where the answer is text or the return type is not usable.</param>
/// <param name="Element">The contract of one element where elements are streamed.</param>
/// <param name="Repair">What is sent to a model with a broken answer; null = the runtime's text.</param>
/// <param name="Flaw">Why the method cannot be a prompt, as the message of PG0101 says it; null where it can.</param>
/// <param name="CanImplement">Whether an implementing part may be written at all.</param>
internal sealed record PromptDeclaration(
    ContainerDeclaration Container,
    string Name,
    string Stem,
    string PromptName,
    string Modifiers,
    string ReturnType,
    ReturnKind Return,
    string OutputType,
    string OutputName,
    ContractModel? Contract,
    ContractModel? Element,
    EquatableArray<ParameterDeclaration> Parameters,
    RouteDeclaration Route,
    EquatableArray<TemplateDeclaration> Templates,
    RepairDeclaration? Repair,
    EquatableArray<MemberBound> Bounds,
    EquatableArray<CheckDeclaration> Checks,
    NamedMethod? Fallback,
    string? Flaw,
    bool CanImplement)
{
    /// <summary>The rules where a call enters its route, in source order.</summary>
    public EquatableArray<RuleDeclaration> Rules { get; init; }

    /// <summary>The value by which a call enters its route; null where there is none.</summary>
    public RouteByDeclaration? RouteBy { get; init; }

    /// <summary>The learned router by which a call enters its route; null where there is none.</summary>
    public LearnedDeclaration? Learned { get; init; }

    /// <summary>The candidate that takes the place of the first model for a share of the calls; null where there is none.</summary>
    public CanaryDeclaration? Canary { get; init; }

    /// <summary>How likely an answer has to be by its model's own tokens.</summary>
    public EquatableArray<LikelihoodDeclaration> Likelihoods { get; init; }

    /// <summary>The models that vote before the route; null where there are none.</summary>
    public EnsembleDeclaration? Ensemble { get; init; }

    /// <summary>How long accepted answers are kept; null where they are not.</summary>
    public CacheDeclaration? Cache { get; init; }

    /// <summary>What a template can do with a value of the output type; null where no template can name one.</summary>
    public TypeShape? OutputShape { get; init; }

    /// <summary>Where the clauses of entry lead.</summary>
    public IEnumerable<EntryTarget> Targets => Rules.Select(static rule => rule.Target)
        .Concat(RouteBy?.Cases.Select(static one => one.Target) ?? [])
        .Concat(RouteBy?.Otherwise is { } otherwise ? [otherwise] : []);

    /// <summary>The schema file that is the contract; null where that follows from the output type.</summary>
    public SchemaDeclaration? Schema { get; init; }

    /// <summary>Whether the method is obsolete, so that it may use what is.</summary>
    public bool IsObsolete { get; init; }

    /// <summary>The clause of a method without <c>[RoutedPrompt]</c>; null where it has that.</summary>
    public string? Clause { get; init; }

    /// <summary>The type parameters of a method that cannot be a prompt because it has some, as a stub repeats them.</summary>
    public string TypeParameters { get; init; } = "";

    /// <summary>Their constraints, as a stub repeats them.</summary>
    public string Constraints { get; init; } = "";

    /// <summary>Whether the answer is text that is returned as it came.</summary>
    public bool IsText => Return != ReturnKind.Unsupported && Contract is null && Schema is null;

    /// <summary>The parameter with the options of the call; null where there is none.</summary>
    public ParameterDeclaration? Options => Parameters.FirstOrDefault(static parameter => parameter.IsOptions);

    public bool IsStream => Return.IsStream();

    /// <summary>Whether another model continues a stream that broke off. Snapshots are no parts of an answer that could be continued.</summary>
    public bool Resumes => Route.Resume && (Return is ReturnKind.TextStream or ReturnKind.ElementStream);

    /// <summary>The calibrations that its clauses name.</summary>
    public IEnumerable<ClauseCalibration> Calibrations =>
        ClauseCalibration.Of("AcceptLikely", CalibrationContent.Likelihood, Likelihoods.Select(static likelihood => likelihood.Calibration))
            .Concat(ClauseCalibration.Of("AcceptWhen", CalibrationContent.Confidence, Bounds.Select(static bound => bound.Calibration)))
            .Concat(ClauseCalibration.Of("Ensemble", CalibrationContent.Agreement, [Ensemble?.Calibration]));

    /// <inheritdoc cref="ReturnKindExtensions.IsHandedOverUnjudged"/>
    public bool IsHandedOverUnjudged => Return.IsHandedOverUnjudged();

    /// <summary>The contract of what acceptance checks judge; null where it has no members, or is handed over before it is judged.</summary>
    public ContractModel? Judged => IsHandedOverUnjudged ? null : Element ?? Contract;

    /// <summary>How often a model is asked again with its violations. Text has none unless a check gives them, and of a stream a part is gone already.</summary>
    public int Repairs => IsStream || (IsText && !Checks.Any(static check => check.Repair)) ? 0 : Route.Repairs;

    /// <summary>Whether the method gives the route as a client: no template, no contract, nothing to reject.</summary>
    public bool IsChatClient => Return == ReturnKind.ChatClient;

    /// <summary>The argument that says for which models a template is, else the one that holds it.</summary>
    public Place.Attribute PlaceOfTemplate(int index)
    {
        var template = Templates[index];
        return new Place.Attribute("PromptTemplate", index, template.For is not null ? "For" : template.ForTier is not null ? "ForTier" : template.File is not null ? "File" : null);
    }

    /// <summary>The declaration with the assembly's template for repairs, where none is nearer.</summary>
    public PromptDeclaration WithRepair(RepairDeclaration? repair) => Repair is null && repair is not null ? this with { Repair = repair } : this;

    public string HintName => Container.FileName + "." + Stem + ".g.cs";
}
