using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace PromptGen.CodeFixes;

/// <summary>PG0505: writes a number that was given in milliseconds or cents in seconds or dollars.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnitCodeFix)), Shared]
public sealed class UnitCodeFix() : LimitCodeFix("PG0505")
{
    private protected override string Title(string number) => $"Change to {number}";
}
