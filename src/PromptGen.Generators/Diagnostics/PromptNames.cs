using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;

namespace PromptGen.Generators.Diagnostics;

/// <summary>The names that prompts of an assembly give themselves, each with the prompt that has it first. Read once, and only where a prompt gives itself a name.</summary>
internal static class PromptNames
{
    private static readonly ConditionalWeakTable<IAssemblySymbol, Dictionary<string, IMethodSymbol>> Known = new();

    /// <summary>The prompt that has the name of this one, before it in the source; null where the name is its own.</summary>
    public static IMethodSymbol? Earlier(IMethodSymbol prompt) =>
        NameOf(prompt) is { } name && Known.GetValue(prompt.ContainingAssembly, Read).TryGetValue(name, out var first) && !SymbolEqualityComparer.Default.Equals(first, prompt) ? first : null;

    private static string? NameOf(IMethodSymbol method) =>
        method.GetAttributes().FirstOrDefault(static attribute => attribute.IsPromptGen("RoutedPrompt"))?.Text("Name") is { Length: > 0 } name ? name : null;

    private static Dictionary<string, IMethodSymbol> Read(IAssemblySymbol assembly)
    {
        var first = new Dictionary<string, IMethodSymbol>();
        var open = new Stack<INamespaceOrTypeSymbol>();
        open.Push(assembly.GlobalNamespace);
        while (open.Count > 0)
        {
            foreach (var member in open.Pop().GetMembers())
            {
                if (member is INamespaceOrTypeSymbol inner)
                {
                    open.Push(inner);
                }
                else if (member is IMethodSymbol { PartialDefinitionPart: null } method && NameOf(method) is { } name && (!first.TryGetValue(name, out var known) || IsBefore(method, known)))
                {
                    first[name] = method;
                }
            }
        }

        return first;
    }

    private static bool IsBefore(IMethodSymbol one, IMethodSymbol other)
    {
        var (left, right) = (one.Locations.FirstOrDefault(), other.Locations.FirstOrDefault());
        var order = string.CompareOrdinal(left?.SourceTree?.FilePath, right?.SourceTree?.FilePath);
        return order != 0 ? order < 0 : left?.SourceSpan.Start < right?.SourceSpan.Start;
    }
}
