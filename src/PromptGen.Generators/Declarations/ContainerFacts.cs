using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Model;

namespace PromptGen.Generators.Declarations;

/// <summary>What is the same for all prompts of a class, read once and kept as long as the class's symbol lives.</summary>
internal sealed class ContainerFacts
{
    private static readonly ConditionalWeakTable<INamedTypeSymbol, ContainerFacts> Known = new();

    private readonly INamedTypeSymbol _type;
    private readonly FreeNames _free;
    private readonly ConcurrentDictionary<(bool IsStatic, bool IsObsolete), ContainerDeclaration> _declarations = new();
    private readonly ConcurrentDictionary<string, OverloadNumbers> _overloads = new();

    private ContainerFacts(INamedTypeSymbol type)
    {
        _type = type;
        _free = new FreeNames(type);
        Flaw = FlawOf(type);
        IsVarTaken = _free.IsVarTaken;
        for (var outer = type; outer is not null; outer = outer.ContainingType)
        {
            IsFileLocal |= outer.IsFileLocal;
        }
    }

    /// <summary>Why no method of the class can be a prompt, as the message of PG0101 says it; null where one can.</summary>
    public string? Flaw { get; }

    /// <summary>Whether <c>var</c> is the name of a type in the class.</summary>
    public bool IsVarTaken { get; }

    /// <summary>Whether no other file can hold a part of the class.</summary>
    public bool IsFileLocal { get; }

    public static ContainerFacts Of(INamedTypeSymbol type) => Known.GetValue(type, static key => new ContainerFacts(key));

    /// <summary>The class as a prompt sees it.</summary>
    public ContainerDeclaration DeclarationFor(IMethodSymbol method) => _declarations.GetOrAdd(
        (method.IsStatic, Obsoletion.IsIn(method)),
        key => ContainerReader.Read(_type, _free, key.IsStatic, key.IsObsolete));

    /// <inheritdoc cref="FreeNames.Stem"/>
    public string StemOf(IMethodSymbol prompt) => _free.Stem(prompt, Overloads(prompt).Of(prompt));

    /// <summary>The name in ledgers and telemetry: class and method, and the number of an overload from the second on.</summary>
    public string PromptNameOf(IMethodSymbol prompt)
    {
        var overload = Overloads(prompt).Of(prompt);
        return _type.Name + "." + prompt.Name + (overload == 0 ? "" : "#" + (overload + 1).ToString(CultureInfo.InvariantCulture));
    }

    /// <inheritdoc cref="OverloadNumbers.IsRepeated"/>
    public bool IsRepeated(IMethodSymbol method) => Overloads(method).IsRepeated(method);

    private OverloadNumbers Overloads(IMethodSymbol method) =>
        _overloads.GetOrAdd(method.Name, key => new OverloadNumbers(_type.GetMembers(key)));

    private static string? FlawOf(INamedTypeSymbol container)
    {
        for (var type = container; type is not null; type = type.ContainingType)
        {
            if (!ContainerReader.IsPartial(type))
            {
                return $"its class '{type.Name}' is not partial: add 'partial' to its declaration";
            }

            if (type.IsFileLocal)
            {
                return $"its class '{type.Name}' is visible in its own file only, and generated code is in another one: remove 'file', as in 'internal partial class {type.Name}'";
            }

            if (type.TypeParameters.Length > 0)
            {
                return $"its class '{type.Name}' is generic, but a route and its contract are written for closed types: move the prompt into a class that is not generic";
            }
        }

        return container.TypeKind != TypeKind.Class ? $"'{container.Name}' is not a class: declare the prompt in a partial class" : null;
    }
}
