using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;

namespace PromptGen.Generators.Diagnostics;

/// <summary>PG03: whether the output type or the schema file can be a contract, and what the routed providers can enforce.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContractAnalyzer() : PromptAnalyzer(
    Descriptors.UnsupportedType, Descriptors.ContradictoryConstraint, Descriptors.UnusableSchema, Descriptors.Inexpressible, Descriptors.OnlyDescribed,
    Descriptors.UncheckedKeyword, Descriptors.Impossible, Descriptors.Unset)
{
    private protected override IEnumerable<Finding> Judge(PromptPlan plan, Catalog catalog)
    {
        var findings = plan.Findings.Concat(Schema(plan));
        return (plan.Declaration.Element ?? plan.Declaration.Contract) is { } contract
            ? findings.Concat(contract.Problems).Concat(ContractJudge.Judge(contract)).Concat(DialectJudge.Judge(plan))
            : findings;
    }

    private static IEnumerable<Finding> Schema(PromptPlan plan) => plan.Schema is { } schema
        ? SchemaJudge.Judge(schema.Program).Select(problem => Finding.At(new Place.File(problem.Problem.Path, problem.Problem.Span), "PG0307", problem.Problem.Message) with
        {
            Severity = problem.IsCertain ? null : DiagnosticSeverity.Warning,
        })
        : [];
}
