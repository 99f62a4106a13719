using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using PromptGen.Generators.Declarations;
using PromptGen.Generators.Routing;

namespace PromptGen.Generators.Diagnostics;

/// <summary>PG03: whether the output type can be a contract.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContractAnalyzer() : PromptAnalyzer(Descriptors.UnsupportedType, Descriptors.ContradictoryConstraint, Descriptors.UnusableMethod)
{
    private protected override IEnumerable<Finding> Judge(PromptPlan plan, Catalog catalog) =>
        (plan.Declaration.Element ?? plan.Declaration.Contract) is { } contract ? contract.Problems : [];
}
