using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.Text;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Schemas.Files;
using PromptGen.Generators.Templates;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Routing;

/// <summary>Binds a declaration to the catalog: the one step between reading and writing, shared by generator and analyzers.</summary>
internal static class PromptPlanner
{
    /// <param name="declaration">The declaration, its template files read.</param>
    /// <param name="catalog">The models that there are.</param>
    public static PromptPlan Plan(PromptDeclaration declaration, Catalog catalog)
    {
        var findings = new List<Finding>();
        var templates = new BoundTemplate[declaration.Templates.Count];
        var previous = PreviousParameter.Of(declaration);
        for (var i = 0; i < templates.Length; i++)
        {
            var template = declaration.Templates[i];
            templates[i] = Bind("PromptTemplate", template.Text, template.File, declaration.Parameters, i, findings, previous);
        }

        findings.AddRange(declaration.Calibrations
            .Where(static clause => clause.Calibration.Content is null)
            .Select(static clause => Finding.At(clause.Place, "PG0208", clause.Calibration.File)));
        if (declaration.Learned is { Content: null } router)
        {
            findings.Add(Finding.At(new Place.Attribute("RouteLearned", 0, "#0"), "PG0208", router.File));
        }

        var schema = SchemaContractReader.Read(declaration, findings);
        var needed = new NeededFeatures(declaration, templates);
        var (entry, route) = EntryPlanner.Plan(declaration, catalog, needed, RoutePlanner.Plan(declaration.Route, catalog, needed));
        (entry, route) = CanaryPlanner.Plan(declaration, catalog, needed, entry, route);
        (var ensemble, route) = EnsemblePlanner.Plan(declaration, catalog, needed, route);
        (var cache, route) = CachePlanner.Plan(declaration, route);
        var selection = declaration.IsChatClient ? TemplateSelection.None : TemplateSelector.Select(declaration.Templates, route);
        if (route.Choices.Count > 0)
        {
            route = route with { Choices = route.Choices.Where(step => selection.TemplateOf(step.Models[0].Id) >= 0).ToEquatableArray() };
        }

        var clauses = entry.Clauses.Concat(ensemble is null ? [] : [ensemble]).ToArray();
        return new PromptPlan(
            declaration,
            new EquatableArray<BoundTemplate>(templates),
            BindRepair(declaration, findings),
            route,
            selection,
            Version(declaration, route, clauses, schema),
            findings.ToEquatableArray())
        {
            Schema = schema,
            VersionWithoutRouter = entry.Learned is null ? null : Version(declaration, route, clauses.Where(static clause => clause is not LearnedClause), schema),
            Entry = entry,
            Ensemble = ensemble,
            Cache = cache,
        };
    }

    /// <summary>A prompt whose answers are never sent back needs none, whatever its class or assembly says.</summary>
    private static BoundTemplate? BindRepair(PromptDeclaration declaration, List<Finding> findings) =>
        declaration.Repair is { } repair && (repair.IsOwn || declaration.Repairs > 0)
            ? Bind("RepairTemplate", repair.Text, repair.File, RepairParameters.Of(declaration), RepairDeclaration.TemplateIndex, findings)
            : null;

    private static BoundTemplate Bind(
        string attribute, string? inline, string? path, EquatableArray<ParameterDeclaration> parameters, int index, List<Finding> findings, PreviousParameter? previous = null)
    {
        if (inline is null && path is not null)
        {
            findings.Add(Finding.At(new Place.Attribute(attribute, System.Math.Max(index, 0), "File"), "PG0208", path));
        }

        var text = inline ?? "";
        if (path is not null && text.StartsWith("---", System.StringComparison.Ordinal))
        {
            findings.Add(Finding.At(
                new Place.Template(index, new TextSpan(0, 3)),
                "PG0205",
                "Front matter is not read: set the model and the output type in the attributes, and begin the file with the prompt"));
        }

        var bound = TemplateBinder.Bind(TemplateParser.Parse(text), parameters, index, previous);
        findings.AddRange(bound.Findings);
        return bound;
    }

    /// <summary>What most prompts leave as it is changes no version.</summary>
    private static void AddSettings(PromptDeclaration declaration, TextHash text)
    {
        var route = declaration.Route;
        Add("Tolerance", route.Tolerance != Tolerance.Lenient, route.Tolerance.ToString());
        Add("Temperature", !double.IsNaN(route.Temperature), Literal.Double(route.Temperature));
        Add("MaxOutputTokens", route.MaxOutputTokens > 0, Literal.Int(route.MaxOutputTokens));
        Add("Repairs", route.Repairs != 1, Literal.Int(route.Repairs));
        Add("Order", route.Order != StepOrder.Catalog, route.Order.ToString());
        Add("HedgeAfter", !double.IsNaN(route.HedgeAfter), Literal.Double(route.HedgeAfter));
        Add("Resume", declaration.Resumes, "true");
        Add("Revision", route.Revision is not null, route.Revision);

        void Add(string name, bool isSet, string? value)
        {
            if (isSet)
            {
                text.Add('\u0002').Add(name).Add('\u0001').Add(value);
            }
        }
    }

    /// <summary>A hash of everything that is declared and changes what a model is asked or how its answer is judged.</summary>
    private static string Version(PromptDeclaration declaration, RoutePlan route, IEnumerable<RouteClause> clauses, SchemaContract? schema)
    {
        var text = new TextHash();
        foreach (var template in declaration.Templates)
        {
            text.Add(template.For).Add('\u0001').Add(template.ForTier?.ToString()).Add('\u0001').Add(template.Text).Add('\u0002');
        }

        if (declaration.Repair is { } repair && declaration.Repairs > 0)
        {
            text.Add(repair.Text).Add('\u0003');
        }

        text.Add(schema?.SchemaJson ?? declaration.Contract?.SchemaJson).Add('\u0002');
        foreach (var step in route.Steps.Concat(route.Entries))
        {
            foreach (var model in step.All)
            {
                text.Add(model.Id).Add('\u0001');
                if (model.Dialect != ModelDefaults.DialectOf(model.Provider))
                {
                    text.Add(model.Dialect.ToString()).Add('\u0001');
                }
            }

            text.Add('\u0002');
        }

        foreach (var clause in clauses.Concat(AcceptanceClause.Of(declaration)))
        {
            clause.AddTo(text);
        }

        AddSettings(declaration, text);
        return text.ToString();
    }
}
