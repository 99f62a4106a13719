using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Model;

namespace PromptGen.Generators.Declarations;

/// <summary>Finds and reads <c>[RepairTemplate]</c>.</summary>
internal static class RepairReader
{
    public const string AttributeName = "PromptGen.RepairTemplateAttribute";

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
