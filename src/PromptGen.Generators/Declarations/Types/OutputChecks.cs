using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Declarations.Types;

/// <summary>Checks of the user's own that a value has to pass.</summary>
internal static class OutputChecks
{
    private const string Attribute = "ContractCheck";

    /// <summary>The methods that <c>[ContractCheck]</c> names on the type and on what it derives from, fully qualified; a problem for each that can't be called.</summary>
    public static EquatableArray<string> Of(INamedTypeSymbol type, IAssemblySymbol assembly, List<Finding> problems)
    {
        List<string>? checks = null;
        for (var current = type; current is { SpecialType: SpecialType.None }; current = Derives(current) ? current.BaseType : null)
        {
            var index = 0;
            foreach (var attribute in current.GetAttributes())
            {
                if (!attribute.IsPromptGen(Attribute))
                {
                    continue;
                }

                var name = attribute.Text(0) ?? "";
                if (Find(current, name, assembly, out var exists) is { } method)
                {
                    (checks ??= []).Add($"{TypeNames.Of(method.ContainingType)}.{CSharpName.Escape(name)}");
                }
                else
                {
                    problems.Add(Finding.At(
                        new Place.TypeAttribute(TypeNames.Metadata(current), Attribute, index),
                        "PG0413",
                        Attribute,
                        name,
                        exists ? "whose shape does not fit" : $"which '{current.Name}' does not have",
                        $"'internal static string? {name}({TypeNames.Short(current)} value)', which returns what is wrong, or null"));
                }

                index++;
            }
        }

        return checks?.ToEquatableArray() ?? default;
    }

    /// <summary>Whether the type is an <c>IValidatableObject</c>.</summary>
    public static bool IsValidatable(INamedTypeSymbol type) =>
        Derives(type) && type.AllInterfaces.Any(static item => item.Name == "IValidatableObject" && KnownTypes.IsIn(item, "System", "ComponentModel", "DataAnnotations"));

    /// <summary>Whether the declaration names a base type or interface. Asked for them, the compiler makes all members of a record.</summary>
    private static bool Derives(INamedTypeSymbol type) =>
        !type.IsTupleType && (type.DeclaringSyntaxReferences.Length == 0 || type.DeclaringSyntaxReferences.Any(static reference => reference.GetSyntax() is TypeDeclarationSyntax { BaseList: not null }));

    private static IMethodSymbol? Find(INamedTypeSymbol type, string name, IAssemblySymbol assembly, out bool exists)
    {
        exists = false;
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var method in current.GetMembers(name).OfType<IMethodSymbol>())
            {
                exists = true;
                if (method is { IsStatic: true, TypeParameters.Length: 0, ReturnType.SpecialType: SpecialType.System_String, Parameters.Length: 1 }
                    && method.Parameters[0].RefKind == RefKind.None && method.Parameters[0].Type is INamedTypeSymbol taken && (type.IsValueType ? SymbolEqualityComparer.Default.Equals(type, taken) : UnionTypes.IsA(type, taken)) && KnownTypes.IsReachable(method, assembly))
                {
                    return method;
                }
            }
        }

        return null;
    }
}
