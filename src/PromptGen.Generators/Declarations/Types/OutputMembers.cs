using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Declarations.Types;

/// <summary>Finds what takes values in an output type.</summary>
internal static class OutputMembers
{
    /// <summary>The most members that an object may have.</summary>
    public const int Most = 512;

    /// <summary>The members in the order of the schema; <paramref name="why"/> says why the type can't be built, <paramref name="unset"/> what looks like a member and nothing can set.</summary>
    public static List<OutputMember> Of(INamedTypeSymbol type, IAssemblySymbol assembly, out string? why, out EquatableArray<string> unset)
    {
        unset = default;
        if (type.IsTupleType)
        {
            why = null;
            return type.TupleElements.Select(static element => new OutputMember(element.Name, element.Type)).ToList();
        }

        if (PositionalRecord.TryRead(type) is { } positional)
        {
            why = null;
            return positional;
        }

        var members = new List<OutputMember>();
        var constructor = ConstructorOf(type, assembly, out why);
        if (constructor is null)
        {
            return members;
        }

        var slots = SlotsOf(type);
        AddParameters(members, constructor, slots, ref why);
        AddSettable(members, slots, assembly, ref why);
        unset = UnsetMembers.Of(type, slots.Where(slot => !IsSettable(slot, assembly))).ToEquatableArray();
        why ??= members.Count == 0 ? $"{type.Name} has no members that can be set; give it properties with a setter, or a constructor that takes their values"
            : members.Count > Most ? $"{type.Name} has more than {Most} members; divide it into several types"
            : null;
        return members;
    }

    /// <summary>What the constructor takes, each with the property or field of its name, which is taken out of the slots.</summary>
    private static void AddParameters(List<OutputMember> members, IMethodSymbol constructor, List<ISymbol> slots, ref string? why)
    {
        var setsRequired = new MemberAttributes(constructor.GetAttributes()).Has(KnownAttribute.SetsRequiredMembers);
        foreach (var parameter in constructor.Parameters)
        {
            var index = slots.FindIndex(slot => string.Equals(slot.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
            var slot = index < 0 ? null : slots[index];
            var member = new OutputMember(slot, parameter, slot is not null && !setsRequired && IsRequired(slot));
            members.Add(member);
            if (index >= 0)
            {
                slots.RemoveAt(index);
            }

            if (member.IsInitialized && !member.IsOfParameterType)
            {
                why = $"the constructor's parameter {parameter.Name} is of another type than the required member {member.Name}; make the two types equal";
            }

            if (member.Attributes.Has(KnownAttribute.JsonIgnore) || parameter.RefKind != RefKind.None)
            {
                why = $"the constructor's parameter {parameter.Name} is {(parameter.RefKind == RefKind.None ? "ignored by [JsonIgnore]; remove the attribute" : "passed by reference; pass it by value")}";
            }
        }
    }

    private static void AddSettable(List<OutputMember> members, List<ISymbol> slots, IAssemblySymbol assembly, ref string? why)
    {
        foreach (var slot in slots.Where(slot => IsSettable(slot, assembly)))
        {
            var member = new OutputMember(slot, null, isInitialized: true);
            if (member.Attributes.Has(KnownAttribute.JsonExtensionData))
            {
                why = $"{member.Name} takes extension data, but a contract has no unknown members; mark it [JsonIgnore], or make it a dictionary that is an ordinary member";
            }
            else if (!member.Attributes.Has(KnownAttribute.JsonIgnore))
            {
                members.Add(member);
            }
            else if (member.IsRequired)
            {
                why = $"{member.Name} is required, but ignored by [JsonIgnore]; remove one of the two";
            }
        }
    }

    private static IMethodSymbol? ConstructorOf(INamedTypeSymbol type, IAssemblySymbol assembly, out string? why)
    {
        why = null;
        var candidates = type.InstanceConstructors
            .Where(constructor => KnownTypes.IsReachable(constructor, assembly) && !IsCopyConstructor(constructor, type))
            .ToList();
        var chosen = candidates.FirstOrDefault(constructor => new MemberAttributes(constructor.GetAttributes()).Has(KnownAttribute.JsonConstructor))
            ?? candidates.FirstOrDefault(IsPrimaryOfRecord)
            ?? (candidates.Count > 1 ? candidates.FirstOrDefault(constructor => IsUndoneByDeconstruct(constructor, type)) : null);
        if (chosen is null && candidates.Count > 1)
        {
            // Every struct has a constructor without parameters; one that is declared beside it is meant.
            candidates.RemoveAll(constructor => constructor.IsImplicitlyDeclared && constructor.Parameters.Length == 0);
            chosen = candidates.Count == 1 ? null : candidates.FirstOrDefault(constructor => constructor.Parameters.Length == 0);
        }

        chosen ??= candidates.Count == 1 ? candidates[0] : null;
        why = chosen is not null ? null
            : candidates.Count == 0 ? $"{type.Name} has no accessible constructor; make one public or internal"
            : $"{type.Name} has several constructors; mark one with [JsonConstructor]";
        return chosen;
    }

    private static bool IsCopyConstructor(IMethodSymbol constructor, INamedTypeSymbol type) =>
        type.IsRecord && constructor.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type);

    private static bool IsPrimaryOfRecord(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.Length == 1
        && constructor.Parameters.Length > 0
        && constructor.DeclaringSyntaxReferences[0].GetSyntax() is TypeDeclarationSyntax;

    /// <summary>Whether the constructor is the primary one of a record from another assembly, identified by the parameters of <c>Deconstruct</c>.</summary>
    private static bool IsUndoneByDeconstruct(IMethodSymbol constructor, INamedTypeSymbol type) =>
        type is { IsRecord: true, ContainingAssembly: not ISourceAssemblySymbol }
        && constructor.Parameters.Length > 0
        && type.GetMembers("Deconstruct").OfType<IMethodSymbol>().Any(method =>
            method.Parameters.Select(static parameter => (parameter.Name, parameter.Type.ToDisplayString()))
                .SequenceEqual(constructor.Parameters.Select(static parameter => (parameter.Name, parameter.Type.ToDisplayString()))));

    /// <summary>Public properties and fields, those of base types first.</summary>
    private static List<ISymbol> SlotsOf(INamedTypeSymbol type)
    {
        var types = new Stack<INamedTypeSymbol>();
        for (var current = type; current is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) }; current = current.BaseType)
        {
            types.Push(current);
        }

        var slots = new List<ISymbol>();
        var indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var current in types)
        {
            AddSlots(current, slots, indexes);
        }

        return slots;
    }

    private static void AddSlots(INamedTypeSymbol type, List<ISymbol> slots, Dictionary<string, int> indexes)
    {
        foreach (var member in type.GetMembers())
        {
            if (member is not (IPropertySymbol { IsIndexer: false } or IFieldSymbol { AssociatedSymbol: null, IsConst: false })
                || member.IsStatic || member.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal)
                || !(member.DeclaredAccessibility == Accessibility.Public || IsRequired(member)))
            {
                continue;
            }

            // An override or a new member takes the place of what it hides.
            if (indexes.TryGetValue(member.Name, out var hidden))
            {
                slots[hidden] = member;
            }
            else
            {
                indexes.Add(member.Name, slots.Count);
                slots.Add(member);
            }
        }
    }

    private static bool IsSettable(ISymbol slot, IAssemblySymbol assembly) => slot switch
    {
        IPropertySymbol property => property.SetMethod is { } setter && KnownTypes.IsReachable(setter, assembly),
        IFieldSymbol field => !field.IsReadOnly,
        _ => false,
    };

    private static bool IsRequired(ISymbol slot) => slot is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };
}
