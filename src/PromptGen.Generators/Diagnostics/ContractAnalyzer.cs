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
    Descriptors.UncheckedKeyword)
{
    private protected override IEnumerable<Finding> Judge(PromptPlan plan, Catalog catalog) =>
        (plan.Declaration.Element ?? plan.Declaration.Contract) is { } contract
            ? plan.Findings.Concat(contract.Problems).Concat(DialectJudge.Judge(plan))
            : plan.Findings;
}
