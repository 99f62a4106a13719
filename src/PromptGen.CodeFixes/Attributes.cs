using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PromptGen.CodeFixes;

/// <summary>Attributes as they are written.</summary>
internal static class Attributes
{
    /// <summary>Whether the attribute has this name, with or without its suffix, qualified or not.</summary>
    public static bool IsNamed(this AttributeSyntax attribute, string name) => attribute.Name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    } is var written && (written == name || written == name + "Attribute");

    /// <summary>The last attribute of that name on a method; null where there is none.</summary>
    public static AttributeSyntax? LastAttribute(this MethodDeclarationSyntax method, string name) =>
        method.AttributeLists.SelectMany(static list => list.Attributes).LastOrDefault(attribute => attribute.IsNamed(name));

    /// <summary>The first positional argument of an attribute of that name, as it is written; null where there is none.</summary>
    public static string? FirstArgumentOf(this MethodDeclarationSyntax method, string name) =>
        method.LastAttribute(name)?.ArgumentList?.Arguments.FirstOrDefault(static argument => argument.NameEquals is null)?.Expression.ToString();
}
