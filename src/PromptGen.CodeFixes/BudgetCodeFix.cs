using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace PromptGen.CodeFixes;

/// <summary>PG0502: raises the budget to what the route can cost.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BudgetCodeFix)), Shared]
public sealed class BudgetCodeFix() : LimitCodeFix("PG0502")
{
    private protected override string Title(string usd) => $"Raise the budget to {usd}";
}
