using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;

namespace PromptGen.Generators.Diagnostics;

/// <summary>
/// PG07: models come and go. A retirement is reported once, on the field in the catalog; where the catalog is in another assembly, on
/// the prompts that use the model.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LifecycleAnalyzer : PromptAnalyzer
{
    /// <summary><c>-2024-07-18</c>, <c>-20241022</c>, <c>-05-20</c>, <c>-0613</c>, <c>-002</c>, at the end or before a further part.</summary>
    private static readonly Regex Date = new(
        @"[-@]([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8}|[0-9]{2}-[0-9]{2}|[0-9]{4}|[0-9]{3})(?=$|[-@:])", RegexOptions.CultureInvariant);

    /// <summary>
    /// The families that have dated or numbered ids beside their aliases. Later ones, from GPT-5.6, Claude 4.6 and Gemini 2.5 on, are published under one id: there is nothing to pin.
    /// </summary>
    private static readonly Regex DatedFamily = new(
        @"^(gpt-(3\.5|4o?|4\.[15]|5(\.[1-5])?)|chatgpt-4o|o[1-9]|claude-([0-9]|instant|(haiku|sonnet|opus)-4(?!-([6-9]|[0-9]{2})))|gemini-(1\.[05]|2\.0))(?=$|[-@:])",
        RegexOptions.CultureInvariant);

    private readonly Func<DateTime> _today;

    public LifecycleAnalyzer()
        : this(static () => DateTime.UtcNow)
    {
    }

    /// <param name="today">The date by which retirement is judged.</param>
    internal LifecycleAnalyzer(Func<DateTime> today)
        : base(Descriptors.Retired, Descriptors.Unpinned) => _today = today;

    private protected override bool JudgesModels => true;

    private protected override IEnumerable<Finding> Judge(ModelDeclaration model, Catalog catalog) => Judge(model, new Place.Member(model.Catalog, model.Field));

    private protected override IEnumerable<Finding> Judge(PromptPlan plan, Catalog catalog)
    {
        var foreign = new HashSet<string>(catalog.Catalogs.Where(static candidate => !candidate.IsOwn).Select(static candidate => candidate.Name), StringComparer.Ordinal);
        return plan.Route.Models
            .Where(model => foreign.Contains(model.Catalog))
            .SelectMany(model => Judge(model, new Place.Attribute("RoutedPrompt")));
    }

    private IEnumerable<Finding> Judge(ModelDeclaration model, Place place)
    {
        if (model.Retires is { } retires && model.RetirementDay <= _today())
        {
            var remedy = model.ReplacedBy is { } successor ? $"replace it by '{successor}'" : "replace it by its successor";
            yield return Finding.At(place, "PG0701", model.Id, retires, remedy) with { Fix = model.ReplacedBy };
        }

        if (!model.SelfHosted && ModelDefaults.DialectOf(model.Provider) != SchemaDialect.Standard && IsAlias(model.Id))
        {
            yield return Finding.At(place, "PG0702", model.Id, model.Provider);
        }
    }

    private static bool IsAlias(string id) => id.EndsWith("-latest", StringComparison.Ordinal) || (DatedFamily.IsMatch(id) && !Date.IsMatch(id));
}
