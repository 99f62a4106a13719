using System;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace PromptGen.Generators.Text;

/// <summary>Names as C# writes them.</summary>
internal static class CSharpName
{
    /// <summary>The name as an identifier, with <c>@</c> where it is a keyword, be it in some contexts only.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>The name as an identifier where the words that are keywords in some contexts only need no <c>@</c>.</summary>
    public static string EscapeReserved(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary>The name of one element of a collection: <c>lines</c> gives <c>line</c>, <c>Categories</c> gives <c>category</c>.</summary>
    public static string Singular(string name)
    {
        name = Camel(name);
        if (name.Length > 4 && name.EndsWith("ies", StringComparison.Ordinal))
        {
            return name.Substring(0, name.Length - 3) + "y";
        }

        return name.Length > 2 && name.EndsWith("s", StringComparison.Ordinal) && !name.EndsWith("ss", StringComparison.Ordinal)
            ? name.Substring(0, name.Length - 1)
            : name + "Item";
    }

    /// <summary>A name in Pascal case with nothing in it but letters and digits of ASCII.</summary>
    public static string Pascal(string text)
    {
        var name = new StringBuilder();
        var isStart = true;
        foreach (var c in text)
        {
            if (c < 128 && char.IsLetterOrDigit(c))
            {
                name.Append(isStart ? char.ToUpperInvariant(c) : c);
                isStart = false;
            }
            else
            {
                isStart = true;
            }
        }

        return name.ToString();
    }

    public static string Camel(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name.Substring(1);

    /// <summary>Whether two names are the same but for the case of their first letter.</summary>
    public static bool IsSameButForFirstLetter(string left, string right) =>
        left.Length == right.Length
        && left.Length > 0
        && char.ToUpperInvariant(left[0]) == char.ToUpperInvariant(right[0])
        && string.CompareOrdinal(left, 1, right, 1, left.Length - 1) == 0;
}
