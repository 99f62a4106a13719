using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;

namespace PromptGen.Generators.Declarations;

/// <summary>Types of references that have an <c>extern alias</c> only: their names do not begin with <c>global::</c>, as those in generated code do.</summary>
internal static class ExternAliases
{
    private static readonly ConditionalWeakTable<Compilation, HashSet<IAssemblySymbol>> Known = new();

    /// <summary>A type that the prompt's generated code would have to name and cannot; null where there is none.</summary>
    public static ITypeSymbol? HiddenFrom(IMethodSymbol prompt)
    {
        if (prompt.ContainingAssembly is not ISourceAssemblySymbol { Compilation: var compilation }
            || Known.GetValue(compilation, Find) is not { Count: > 0 } hidden)
        {
            return null;
        }

        var seen = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        var signature = prompt.ContainingType.InstanceConstructors.SelectMany(static constructor => constructor.Parameters)
            .Concat(prompt.Parameters).Select(static parameter => parameter.Type).Append(prompt.ReturnType);
        return signature.Select(type => Hidden(type, hidden, seen)).FirstOrDefault(static type => type is not null)
            ?? (hidden.Contains(Attribute(prompt)!) ? prompt.ContainingType : null);
    }

    private static IAssemblySymbol? Attribute(IMethodSymbol prompt) =>
        prompt.GetAttributes().First(static attribute => attribute.IsPromptGen("RoutedPrompt")).AttributeClass!.ContainingAssembly;

    private static HashSet<IAssemblySymbol> Find(Compilation compilation) => new(
        compilation.References
            .Where(static reference => !reference.Properties.Aliases.IsDefaultOrEmpty && !reference.Properties.Aliases.Contains("global"))
            .Select(compilation.GetAssemblyOrModuleSymbol)
            .OfType<IAssemblySymbol>(),
        SymbolEqualityComparer.Default);

    /// <summary>The first type that is hidden, in a type and in what its values are made of.</summary>
    private static ITypeSymbol? Hidden(ITypeSymbol type, HashSet<IAssemblySymbol> hidden, HashSet<ITypeSymbol> seen)
    {
        var open = new Stack<ITypeSymbol>();
        open.Push(type);
        while (open.Count > 0)
        {
            var next = open.Pop();
            if (!seen.Add(next))
            {
                continue;
            }

            if (next.ContainingAssembly is { } assembly && hidden.Contains(assembly))
            {
                return next;
            }

            foreach (var part in Parts(next))
            {
                open.Push(part);
            }
        }

        return null;
    }

    private static IEnumerable<ITypeSymbol> Parts(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => ImmutableArray.Create(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Concat(named.ContainingAssembly is ISourceAssemblySymbol ? Members(named) : []),
        _ => [],
    };

    private static IEnumerable<ITypeSymbol> Members(INamedTypeSymbol type) => type.GetMembers()
        .Select(static member => member is IPropertySymbol property ? property.Type : (member as IFieldSymbol)?.Type)
        .OfType<ITypeSymbol>();
}
