using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace PromptGen.Generators.Declarations;

/// <summary>A <c>[RepairTemplate]</c>.</summary>
/// <param name="Text">The text where it is inline, or was read from the file; null where it is neither.</param>
/// <param name="File">The file's path as written, or null where the template is inline.</param>
/// <param name="IsOwn">Whether it stands on the method, so that it can name the prompt's parameters.</param>
internal sealed record RepairDeclaration(string? Text, string? File, bool IsOwn)
{
    public const string AttributeName = "PromptGen.RepairTemplateAttribute";

    /// <summary>In place of the number of a <c>[PromptTemplate]</c>.</summary>
    public const int TemplateIndex = -1;

    /// <summary>The nearest one to a method, but for the assembly's.</summary>
    public static RepairDeclaration? Of(IMethodSymbol method)
    {
        if (Find(method) is { } own)
        {
            return From(own, isOwn: true);
        }

        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            if (Find(type) is { } attribute)
            {
                return From(attribute, isOwn: false);
            }
        }

        return null;
    }

    /// <summary>Those of the classes around a method and of its assembly, the nearest first.</summary>
    public static IEnumerable<AttributeData> Around(IMethodSymbol method)
    {
        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            if (Find(type) is { } attribute)
            {
                yield return attribute;
            }
        }

        if (Find(method.ContainingAssembly) is { } last)
        {
            yield return last;
        }
    }

    public static RepairDeclaration? Of(IAssemblySymbol assembly) => Find(assembly) is { } attribute ? From(attribute, isOwn: false) : null;

    private static AttributeData? Find(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.IsPromptGen("RepairTemplate"))
            {
                return attribute;
            }
        }

        return null;
    }

    private static RepairDeclaration From(AttributeData attribute, bool isOwn) => new(attribute.Text(0), attribute.Text("File"), isOwn);
}
