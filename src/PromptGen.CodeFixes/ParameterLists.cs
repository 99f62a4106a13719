using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.CodeFixes;

/// <summary>Adds parameters to methods as text.</summary>
internal static class ParameterLists
{
    /// <summary>Adds a required parameter behind the last one that is required.</summary>
    public static TextChange AddRequired(this ParameterListSyntax list, string parameter) =>
        list.Add(list.Parameters.FirstOrDefault(static candidate => candidate.Default is not null || IsLast(candidate) || IsToken(candidate)), parameter);

    /// <summary>Adds an optional parameter at the end.</summary>
    public static TextChange AddOptional(this ParameterListSyntax list, string parameter) =>
        list.Add(list.Parameters.FirstOrDefault(IsLast), parameter);

    private static TextChange Add(this ParameterListSyntax list, ParameterSyntax? before, string parameter) =>
        before is not null ? Fix.Insert(before.SpanStart, parameter + ", ")
        : list.Parameters.Count > 0 ? Fix.Insert(list.Parameters.Last().Span.End, ", " + parameter)
        : Fix.Insert(list.OpenParenToken.Span.End, parameter);

    private static bool IsLast(ParameterSyntax parameter) => parameter.Modifiers.Any(SyntaxKind.ParamsKeyword);

    private static bool IsToken(ParameterSyntax parameter) => parameter.Type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        IdentifierNameSyntax name => name.Identifier.ValueText,
        _ => "",
    } == "CancellationToken";
}
