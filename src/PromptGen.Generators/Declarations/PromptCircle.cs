using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;

namespace PromptGen.Generators.Declarations;

/// <summary>Finds prompts that call each other in a circle by the methods that their attributes name.</summary>
internal static class PromptCircle
{
    private static readonly string[] Callers = ["AcceptIf", "Fallback", "RouteBy", "Ensemble"];

    /// <returns>The circle that leads from a prompt through one that it calls back to it, for example <c>A → B → A</c>; null where there is none.</returns>
    public static string? Through(IMethodSymbol prompt, IMethodSymbol called)
    {
        if (!called.HasPromptGenAttribute("RoutedPrompt"))
        {
            return null;
        }

        var path = new List<IMethodSymbol> { prompt };
        return Leads(called, prompt, path, new HashSet<ISymbol>(SymbolEqualityComparer.Default))
            ? string.Join(" → ", path.Select(static method => method.Name))
            : null;
    }

    private static bool Leads(IMethodSymbol from, IMethodSymbol to, List<IMethodSymbol> path, HashSet<ISymbol> seen)
    {
        path.Add(from);
        if (SymbolEqualityComparer.Default.Equals(from, to))
        {
            return true;
        }

        if (seen.Add(from) && Called(from).Any(next => Leads(next, to, path, seen)))
        {
            return true;
        }

        path.RemoveAt(path.Count - 1);
        return false;
    }

    private static IEnumerable<IMethodSymbol> Called(IMethodSymbol prompt)
    {
        foreach (var attribute in prompt.GetAttributes())
        {
            if (attribute.PromptGenName() is { } kind && Callers.Contains(kind) && (kind == "Ensemble" ? attribute.Text("Judge") : attribute.Text(0)) is { } name)
            {
                for (var type = prompt.ContainingType; type is not null; type = type.BaseType)
                {
                    foreach (var method in type.GetMembers(name).OfType<IMethodSymbol>())
                    {
                        if (method.HasPromptGenAttribute("RoutedPrompt"))
                        {
                            yield return method;
                        }
                    }
                }
            }
        }
    }
}
