using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace PromptGen.Generators.Diagnostics;

/// <summary>
/// Every diagnostic of PromptGen. Each has a page in <c>Rules/</c>, a row in the release table and a test class; a test holds them together.
/// </summary>
internal static class Descriptors
{
    private const string Declaration = "PromptGen.Declaration";
    private const string Template = "PromptGen.Template";
    private const string Contract = "PromptGen.Contract";
    private const string Routing = "PromptGen.Routing";
    private const string Limits = "PromptGen.Limits";
    private const string DataPolicy = "PromptGen.DataPolicy";
    private const string Lifecycle = "PromptGen.Lifecycle";
    private const string Catalog = "PromptGen.Catalog";

    public static readonly DiagnosticDescriptor NotAPrompt = Error(
        "PG0101", Declaration, "Not a usable prompt method", "'{0}' cannot be a prompt: {1}");

    public static readonly DiagnosticDescriptor NoRuntime = Error(
        "PG0102", Declaration, "No way to reach the runtime", "'{0}' cannot reach the PromptRuntime: {1}");

    public static readonly DiagnosticDescriptor IncompleteDeclaration = Error(
        "PG0103", Declaration, "Declaration that does not say what is meant", "{0}");

    public static readonly DiagnosticDescriptor UnusableLibraryName = Error(
        "PG0104", Declaration, "Prompt library whose method cannot have its name",
        "[PromptLibrary] cannot name its method '{0}': {1}; write an identifier such as AddAcmePrompts");

    public static readonly DiagnosticDescriptor NoTemplate = Error(
        "PG0201", Template, "A reachable model has no template",
        "The route of '{0}' reaches {1}, for which there is no template: add a [PromptTemplate] without For, or let one match");

    public static readonly DiagnosticDescriptor UnknownPlaceholder = Error(
        "PG0202", Template, "Placeholder names no parameter or member", "'{0}' names no parameter or member: {1}");

    public static readonly DiagnosticDescriptor UnusedParameter = Warning(
        "PG0203", Template, "Parameter used in no template",
        "No template uses the parameter '{0}': write {{{{{0}}}}} where its value belongs, or remove it");

    public static readonly DiagnosticDescriptor MissingForModel = Warning(
        "PG0204", Template, "Parameter missing in another model's template",
        "The template for {0} does not use the parameter '{1}', the one for {2} does, so those models are asked different questions: write {{{{{1}}}}} in both, or remove it from both");

    public static readonly DiagnosticDescriptor TemplateSyntax = Error(
        "PG0205", Template, "Template syntax error", "{0}");

    public static readonly DiagnosticDescriptor MatchesNoModel = Warning(
        "PG0206", Template, "Template for no reachable model",
        "{0}, so this template is never sent: {1}");

    public static readonly DiagnosticDescriptor EquallySpecific = Error(
        "PG0207", Template, "Two templates equally specific for one model",
        "Templates {1} and {2} are equally specific for '{0}': write its id in For on the intended template");

    public static readonly DiagnosticDescriptor FileNotFound = Error(
        "PG0208", Template, "File not found among AdditionalFiles",
        "'{0}' is not among the project's AdditionalFiles: {1}");

    public static readonly DiagnosticDescriptor NothingToAsk = Warning(
        "PG0209", Template, "Template without a message of the user", "{0}");

    public static readonly DiagnosticDescriptor MessageOrder = Warning(
        "PG0210", Template, "Messages in an order that providers change or refuse", "{0}");

    public static readonly DiagnosticDescriptor WithoutEffect = Warning(
        "PG0211", Template, "Template text without effect", "{0}");

    public static readonly DiagnosticDescriptor UnsupportedType = Error(
        "PG0301", Contract, "Output type not supported", "'{0}' cannot be part of an output contract: {1}");

    public static readonly DiagnosticDescriptor ContradictoryConstraint = Error(
        "PG0302", Contract, "Constraint contradicts itself or its type", "{0}");

    public static readonly DiagnosticDescriptor UnusableSchema = Error(
        "PG0303", Contract, "Schema file invalid, or does not match the output type", "The schema '{0}' cannot be the contract: {1}");

    public static readonly DiagnosticDescriptor Inexpressible = Warning(
        "PG0304", Contract, "A routed provider cannot express the contract",
        "The structured output of {1} ({2}) cannot express '{0}' ({3}), so {4}, and only the generated reader enforces it: change the type, or route to a model that takes it");

    public static readonly DiagnosticDescriptor OnlyDescribed = Info(
        "PG0305", Contract, "Constraint that the provider does not enforce",
        "{1} on '{0}'; {2} checked when the answer is read");

    public static readonly DiagnosticDescriptor UncheckedKeyword = Warning(
        "PG0306", Contract, "Keyword or format of a schema file that is not checked", "The schema '{0}' contains a keyword or format that is not enforced: {1}");

    public static readonly DiagnosticDescriptor Impossible = Error(
        "PG0307", Contract, "No answer can keep the contract", "{0}");

    public static readonly DiagnosticDescriptor Unset = Info(
        "PG0308", Contract, "Member that no answer can set",
        "Nothing can set '{0}', so it is not part of the contract, and no model is asked for it: give it a public 'init' or 'set', or mark it [JsonIgnore]");

    public static readonly DiagnosticDescriptor UnknownModel = Error(
        "PG0401", Routing, "Unknown model id", "No catalog has a model '{0}'{1}");

    public static readonly DiagnosticDescriptor EmptyTier = Error(
        "PG0402", Routing, "Tier without a model",
        "No catalog has a model of tier {0}: add one to a class marked [ModelCatalog], or import a catalog with [assembly: UseCatalog]");

    public static readonly DiagnosticDescriptor EscalationDown = Warning(
        "PG0403", Routing, "Escalation does not climb", "{0}: {1}");

    public static readonly DiagnosticDescriptor NothingRejected = Warning(
        "PG0404", Routing, "Nothing can be rejected, so nothing escalates",
        "'{0}' {1}, so no answer is ever rejected and {2} is never asked: {3}, or drop the escalation");

    public static readonly DiagnosticDescriptor ModelTwice = Warning(
        "PG0405", Routing, "The same model twice in one route", "'{0}' is in this route already, {1}: asking it again changes nothing, so remove one of the two");

    public static readonly DiagnosticDescriptor OneProvider = Info(
        "PG0406", Routing, "Only one provider in the route",
        "Every model of this route is served by '{0}', so nothing answers while it is down: add a model of another provider to the tier, or name one in Fallbacks");

    public static readonly DiagnosticDescriptor NeverDecides = Warning(
        "PG0407", Routing, "Rule or case without effect", "{0} has no effect: {1}; correct it, or remove it");

    public static readonly DiagnosticDescriptor UncoveredValue = Warning(
        "PG0408", Routing, "Value without a case, or case without a value", "[RouteBy] over '{0}' {1}");

    public static readonly DiagnosticDescriptor CostlyRouter = Warning(
        "PG0409", Routing, "Router costs as much as it can save",
        "The router '{0}' can cost {1}, and its choice saves at most {2}: lower its MaxOutputTokens, route it to a cheaper model, or route by a rule or a value");

    public static readonly DiagnosticDescriptor UnusableEnsemble = Error(
        "PG0410", Routing, "Ensemble that cannot decide", "[Ensemble] cannot decide: {0}");

    public static readonly DiagnosticDescriptor JudgeVotes = Warning(
        "PG0411", Routing, "Judge is one of the voters, or of their family",
        "The judge '{0}' is answered by '{1}', {2}");

    public static readonly DiagnosticDescriptor UnusableBound = Error(
        "PG0412", Routing, "Acceptance bound cannot be checked", "[AcceptWhen] cannot use '{0}': {1}");

    public static readonly DiagnosticDescriptor UnusableMethod = Error(
        "PG0413", Routing, "Named method missing or of the wrong shape", "[{0}] names '{1}', {2}: write {3}");

    public static readonly DiagnosticDescriptor MissingFeature = Error(
        "PG0414", Routing, "Model lacks a needed feature",
        "The prompt needs {1}, which {0} lacks: route it to a model that has it, or add the feature to the model in the catalog");

    public static readonly DiagnosticDescriptor PromptCircle = Error(
        "PG0415", Routing, "Prompts call each other in a circle", "The prompts call each other in a circle: {0}; name a method in [{1}] that is not one of them");

    public static readonly DiagnosticDescriptor UnusableCanary = Error(
        "PG0416", Routing, "Canary that cannot be tried", "[Canary] cannot be tried: {0}");

    public static readonly DiagnosticDescriptor UnusableCache = Error(
        "PG0417", Routing, "Answers that cannot be kept", "[Cached] cannot keep the answers of '{0}': {1}");

    public static readonly DiagnosticDescriptor DecidesNothing = Warning(
        "PG0418", Routing, "Acceptance that accepts or rejects every answer", "{0}");

    public static readonly DiagnosticDescriptor NoProbability = Error(
        "PG0419", Routing, "Probability of a model or member that has none", "[AcceptLikely] has no probability to compare: {0}");

    public static readonly DiagnosticDescriptor UnusableCalibration = Error(
        "PG0420", Routing, "Calibration file that cannot be used", "The calibration '{0}' cannot be used: {1}");

    public static readonly DiagnosticDescriptor UnusableRouter = Error(
        "PG0421", Routing, "Router file that cannot be used", "The router '{0}' cannot be used: {1}");

    public static readonly DiagnosticDescriptor ForeignRouter = Warning(
        "PG0422", Routing, "Router that was trained for something else",
        "The router '{0}' was trained for {1}: train it with labels of this prompt and its models, or name another file");

    public static readonly DiagnosticDescriptor OldRouter = Warning(
        "PG0423", Routing, "Router older than MaxAgeDays",
        "The router '{0}' is {1} days old (its labels are of {2}), and MaxAgeDays is {3}: train it with new labels, or raise MaxAgeDays");

    public static readonly DiagnosticDescriptor UselessRouter = Warning(
        "PG0424", Routing, "Router that chooses no better than chance",
        "The router '{0}' chooses no better than chance: on labels that training did not see it is right in {1}, and {2}; train it with more labels, or remove [RouteLearned]");

    public static readonly DiagnosticDescriptor WindowExceeded = Warning(
        "PG0501", Limits, "Context window exceeded",
        "{0}");

    public static readonly DiagnosticDescriptor BudgetExceeded = Warning(
        "PG0502", Limits, "Worst case exceeds the budget",
        "{0}");

    public static readonly DiagnosticDescriptor LastStepTooLate = Warning(
        "PG0503", Limits, "Deadline leaves no time for the last step",
        "{0}");

    public static readonly DiagnosticDescriptor UnpricedModel = Warning(
        "PG0504", Limits, "Budget on a route with an unpriced model",
        "The budget cannot be enforced for {0}, whose price is unknown: set InputPrice and OutputPrice in the catalog (0 if it costs nothing)");

    public static readonly DiagnosticDescriptor MeaninglessNumber = Error(
        "PG0505", Limits, "Number out of range", "{0}: set it to {1}, or leave it out");

    public static readonly DiagnosticDescriptor TemperatureNotSent = Info(
        "PG0506", Limits, "Temperature that is not sent to a model",
        "Temperature is not sent to {0} (AcceptsTemperature is false in the catalog): remove it, or route to models that accept one");

    public static readonly DiagnosticDescriptor HostedModelReached = Error(
        "PG0601", DataPolicy, "Protected data can reach a hosted model",
        "{0}, but the route can reach {1}: {2}");

    public static readonly DiagnosticDescriptor UntrustedSystemMessage = Warning(
        "PG0602", DataPolicy, "Untrusted parameter in a system message",
        "{0}: move it after {{{{role \"user\"}}}}");

    public static readonly DiagnosticDescriptor Secret = Warning(
        "PG0603", DataPolicy, "Secret in a template",
        "This looks like {0}, and a template is sent with every call: remove it, and replace the secret if it was real");

    public static readonly DiagnosticDescriptor Retired = Warning(
        "PG0701", Lifecycle, "Model past its retirement", "Model '{0}' was retired on {1}: {2}");

    public static readonly DiagnosticDescriptor Unpinned = Info(
        "PG0702", Lifecycle, "Model id is an alias",
        "'{0}' is an alias, which {1} moves to a new model without notice: pin a dated id, so that the tested model is the model that runs");

    public static readonly DiagnosticDescriptor NoModel = Error(
        "PG0801", Catalog, "[Model] without effect", "'{0}' is no model that a prompt can use: {1}");

    public static readonly DiagnosticDescriptor ContradictoryModel = Warning(
        "PG0802", Catalog, "Limits or flags of a model contradict each other", "{0}");

    public static readonly DiagnosticDescriptor DoubtfulPrice = Warning(
        "PG0803", Catalog, "Price that cannot be right", "{0}");

    public static readonly DiagnosticDescriptor ModelDescribedTwice = Warning(
        "PG0804", Catalog, "One model id with two sets of facts", "{0}");

    public static readonly DiagnosticDescriptor UnreadableDate = Warning(
        "PG0805", Catalog, "Retirement date that cannot be read", "{0}");

    public static readonly DiagnosticDescriptor LeadsNowhere = Warning(
        "PG0806", Catalog, "Successor or provider that does not exist", "{0}");

    /// <summary>All of them, in order of their ids.</summary>
    public static readonly ImmutableArray<DiagnosticDescriptor> All = ImmutableArray.Create(
        NotAPrompt, NoRuntime, IncompleteDeclaration, UnusableLibraryName,
        NoTemplate, UnknownPlaceholder, UnusedParameter, MissingForModel, TemplateSyntax, MatchesNoModel, EquallySpecific, FileNotFound, NothingToAsk, MessageOrder, WithoutEffect,
        UnsupportedType, ContradictoryConstraint, UnusableSchema, Inexpressible, OnlyDescribed, UncheckedKeyword, Impossible, Unset,
        UnknownModel, EmptyTier, EscalationDown, NothingRejected, ModelTwice, OneProvider, NeverDecides, UncoveredValue, CostlyRouter, UnusableEnsemble, JudgeVotes, UnusableBound, UnusableMethod, MissingFeature, PromptCircle, UnusableCanary, UnusableCache, DecidesNothing, NoProbability, UnusableCalibration, UnusableRouter, ForeignRouter, OldRouter, UselessRouter,
        WindowExceeded, BudgetExceeded, LastStepTooLate, UnpricedModel, MeaninglessNumber, TemperatureNotSent,
        HostedModelReached, UntrustedSystemMessage, Secret,
        Retired, Unpinned,
        NoModel, ContradictoryModel, DoubtfulPrice, ModelDescribedTwice, UnreadableDate, LeadsNowhere);

    private static DiagnosticDescriptor Error(string id, string category, string title, string message) =>
        Create(id, category, title, message, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string category, string title, string message) =>
        Create(id, category, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Info(string id, string category, string title, string message) =>
        Create(id, category, title, message, DiagnosticSeverity.Info);

    private static DiagnosticDescriptor Create(string id, string category, string title, string message, DiagnosticSeverity severity) => new(
        id,
        title,
        message,
        category,
        severity,
        isEnabledByDefault: true,
        helpLinkUri: $"https://github.com/promptgen/promptgen/blob/main/src/PromptGen.Generators/Rules/{id}.md");
}
