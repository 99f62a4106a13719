using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;
using PromptGen.Generators.Templates;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Diagnostics;

/// <summary>PG0211: what a template says without effect.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TemplateEffectAnalyzer() : PromptAnalyzer(Descriptors.WithoutEffect)
{
    /// <summary>A name in single braces. Two braces that are meant as text are written as <c>\\{{</c>.</summary>
    private static readonly Regex SingleBraces = new(@"(?<![{\\])\{[ \t]*(?<name>[A-Za-z_][A-Za-z0-9_]*)(?:\.[A-Za-z0-9_.]+)?[ \t]*\}(?!\})", RegexOptions.CultureInvariant);

    private static readonly char[] Wildcards = ['*', '?'];

    private protected override IEnumerable<Finding> Judge(PromptPlan plan, Catalog catalog)
    {
        var findings = plan.Findings.Concat(IgnoredFiles(plan.Declaration));
        if (plan.Route.Findings.Count == 0 && plan.Selection.Findings.Count == 0)
        {
            findings = findings.Concat(DeadPatterns(plan)).Concat(NeverSent(plan));
        }

        return plan.IsBound ? findings.Concat(NeverPrevious(plan)) : findings;
    }

    private protected override IEnumerable<Finding> Judge(IMethodSymbol method, PromptPlan plan, CancellationToken cancellationToken) =>
        plan.IsBound ? Braces(plan, template => IsInterpolated(method, template, cancellationToken)) : [];

    private static IEnumerable<Finding> IgnoredFiles(PromptDeclaration declaration) => declaration.Templates
        .Select(static (template, index) => (template.IgnoredFile, Index: index))
        .Where(static one => one.IgnoredFile is not null)
        .Select(static one => Finding.At(
            new Place.Attribute("PromptTemplate", one.Index, "File"), "PG0211", $"The file '{one.IgnoredFile}' is not read, because the attribute has a text too: remove one of the two"));

    /// <summary>Parts of a <c>For</c> that match no model of the route, beside others that do.</summary>
    private static IEnumerable<Finding> DeadPatterns(PromptPlan plan)
    {
        for (var i = 0; i < plan.Declaration.Templates.Count; i++)
        {
            var (text, tier) = (plan.Declaration.Templates[i].For, plan.Declaration.Templates[i].ForTier);
            if (text is null || text.IndexOf(',') < 0)
            {
                continue;
            }

            var models = plan.Route.Models.Concat(plan.Route.Choices.SelectMany(static step => step.Models));
            var ids = new HashSet<string>(models.Where(model => tier is null || model.Tier == tier).Select(static model => model.Id), System.StringComparer.OrdinalIgnoreCase);
            foreach (var span in Parts(text))
            {
                var pattern = text.Substring(span.Start, span.Length);
                if (pattern.IndexOfAny(Wildcards) < 0 ? !ids.Contains(pattern) : !ids.Any(id => Glob.IsMatch(pattern, id)))
                {
                    yield return Finding.At(
                        new Place.Attribute("PromptTemplate", i, "For") { Within = span }, "PG0211", $"No model of the route matches '{pattern}': fix the pattern, or remove it from For");
                }
            }
        }
    }

    /// <summary>The patterns of a comma-separated list, without the blanks around them.</summary>
    private static IEnumerable<TextSpan> Parts(string text)
    {
        for (var start = 0; start <= text.Length;)
        {
            var comma = text.IndexOf(',', start);
            var end = comma < 0 ? text.Length : comma;
            var part = text.Substring(start, end - start);
            if (part.Trim() is { Length: > 0 } pattern)
            {
                yield return new TextSpan(start + part.IndexOf(pattern, System.StringComparison.Ordinal), pattern.Length);
            }

            start = end + 1;
        }
    }

    /// <summary>Templates that match a model, where every such model has one that is more specific.</summary>
    private static IEnumerable<Finding> NeverSent(PromptPlan plan)
    {
        var sent = new HashSet<int>(plan.Selection.Choices.Select(static choice => choice.Template));
        for (var i = 0; i < plan.Declaration.Templates.Count && sent.Count > 0; i++)
        {
            if (!sent.Contains(i))
            {
                yield return Finding.At(
                    plan.Declaration.PlaceOfTemplate(i), "PG0211", "This template is never sent, because every model that it is for has a more specific one: remove it, or narrow For of the others");
            }
        }
    }

    /// <summary>Parameters in single braces that the template names in no other place.</summary>
    private static IEnumerable<Finding> Braces(PromptPlan plan, System.Func<int, bool> isInterpolated)
    {
        for (var i = 0; i < plan.Templates.Count; i++)
        {
            var unused = new HashSet<string>(plan.Declaration.Parameters.Where(PathResolver.IsBindable).Select(static parameter => parameter.Name).Except(plan.Templates[i].UsedParameters));
            foreach (var text in unused.Count == 0 ? [] : plan.Templates[i].Texts.AsEnumerable())
            {
                foreach (Match match in SingleBraces.Matches(text.Text))
                {
                    if (unused.Contains(match.Groups["name"].Value))
                    {
                        var place = new Place.Template(i, new TextSpan(text.Span.Start + match.Index, match.Length));
                        var message = isInterpolated(i)
                            ? $"'{match.Value}' is sent as text, because an interpolated string makes one brace of two: write {{{{{{{match.Value}}}}}}}, or join constants with +"
                            : $"'{match.Value}' is sent as text, because a placeholder has two braces: write {{{match.Value}}}";
                        yield return Finding.At(place, "PG0211", message) with { Fix = "{" + match.Value + "}" };
                    }
                }
            }
        }
    }

    private static bool IsInterpolated(IMethodSymbol method, int template, CancellationToken cancellationToken) =>
        method.GetAttributes().Where(static attribute => attribute.IsPromptGen("PromptTemplate")).ElementAtOrDefault(template)?.ApplicationSyntaxReference?.GetSyntax(cancellationToken)
            is AttributeSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } && arguments[0].Expression is InterpolatedStringExpressionSyntax;

    /// <summary>Templates that name the answer of an earlier step where no step before can have one that was rejected.</summary>
    private static IEnumerable<Finding> NeverPrevious(PromptPlan plan)
    {
        foreach (var sent in plan.Selection.Choices.Where(choice => plan.Route.Find(choice.ModelId) is not null).GroupBy(static choice => choice.Template))
        {
            if (plan.Templates[sent.Key].Previous is not { } previous)
            {
                continue;
            }

            var why = !plan.CanReject
                ? "any text is accepted, so no answer is rejected before: add [AcceptIf], or remove 'previous'"
                : sent.All(choice => !plan.Route.StepsBefore(plan.Route.Find(choice.ModelId)!).Any())
                    ? $"{Wording.List(sent.Select(static choice => choice.ModelId).ToArray())} {(sent.Count() == 1 ? "is" : "are")} asked in the first step only: add EscalateTo, or remove 'previous'"
                    : null;
            if (why is not null)
            {
                yield return Finding.At(new Place.Template(sent.Key, previous.Span), "PG0211", "'previous' is always absent: " + why);
            }
        }
    }
}
