using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace PromptGen.Generators.Declarations;

/// <summary>What the language version of a file allows generated code to be.</summary>
internal static class LanguageSupport
{
    /// <summary>Whether all generated code compiles: raw and UTF-8 literals, primary constructors of structs and collection expressions need C# 12.</summary>
    public static bool IsEnough(SyntaxTree tree) => Has(tree, LanguageVersion.CSharp12);

    /// <summary>Whether a partial method may have a result, so that a stub can replace it.</summary>
    public static bool HasPartialMethods(SyntaxTree tree) => Has(tree, LanguageVersion.CSharp9);

    private static bool Has(SyntaxTree tree, LanguageVersion least) => tree.Options is CSharpParseOptions options && options.LanguageVersion >= least;
}
