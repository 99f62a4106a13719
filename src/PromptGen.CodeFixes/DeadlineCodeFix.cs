using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace PromptGen.CodeFixes;

/// <summary>PG0503: raises the deadline so that the last step has its time.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeadlineCodeFix)), Shared]
public sealed class DeadlineCodeFix() : LimitCodeFix("PG0503")
{
    private protected override string Title(string seconds) => $"Raise the deadline to {seconds} seconds";
}
