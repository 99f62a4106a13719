using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace PromptGen.Generators.Declarations;

/// <summary>The methods of one name in a class: which prompt is which among them.</summary>
internal sealed class OverloadNumbers
{
    private readonly Dictionary<ISymbol, int> _numbers = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _repeated = new(SymbolEqualityComparer.Default);

    /// <param name="members">The members of that name, in order.</param>
    public OverloadNumbers(IEnumerable<ISymbol> members)
    {
        var number = 0;
        var declared = new HashSet<IMethodSymbol>(SameParameters.Comparer);
        foreach (var member in members)
        {
            _numbers[member] = number;
            if (member is not IMethodSymbol method)
            {
                continue;
            }

            if (declared.Contains(method))
            {
                _repeated.Add(method);
            }
            else if (method.IsPartialDefinition)
            {
                declared.Add(method);
            }

            if (method.PartialDefinitionPart is null && PromptReader.AttributeOf(method.GetAttributes()) is not null)
            {
                number++;
            }
        }
    }

    /// <summary>How many prompts of its name are declared before a method.</summary>
    public int Of(IMethodSymbol method) => _numbers.TryGetValue(method, out var number) ? number : 0;

    /// <summary>Whether the method is declared before, as a copy is until it is renamed: one of the two is implemented.</summary>
    public bool IsRepeated(IMethodSymbol method) => _repeated.Contains(method);

    private sealed class SameParameters : IEqualityComparer<IMethodSymbol>
    {
        public static SameParameters Comparer { get; } = new();

        public bool Equals(IMethodSymbol? x, IMethodSymbol? y) => TypesOf(x).SequenceEqual(TypesOf(y), SymbolEqualityComparer.Default);

        public int GetHashCode(IMethodSymbol obj) =>
            TypesOf(obj).Aggregate(17, static (hash, type) => unchecked((hash * 31) + SymbolEqualityComparer.Default.GetHashCode(type)));

        private static IEnumerable<ITypeSymbol> TypesOf(IMethodSymbol? method) => method?.Parameters.Select(static parameter => parameter.Type) ?? [];
    }
}
