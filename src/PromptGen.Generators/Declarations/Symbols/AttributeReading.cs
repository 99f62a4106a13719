using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Declarations.Symbols;

/// <summary>Reads attributes of namespace <c>PromptGen</c>. Half-typed arguments read as if they were not there.</summary>
internal static class AttributeReading
{
    private const string Suffix = "Attribute";

    /// <summary>The attribute's name without namespace and suffix, or null where it is not one of ours.</summary>
    public static string? PromptGenName(this AttributeData attribute)
    {
        var type = attribute.AttributeClass;
        return type is not null && IsOurs(type) && type.Name.EndsWith(Suffix, StringComparison.Ordinal)
                ? type.Name.Substring(0, type.Name.Length - Suffix.Length)
                : null;
    }

    /// <summary>Whether the attribute is the one of ours that has this name without its suffix.</summary>
    public static bool IsPromptGen(this AttributeData attribute, string name) =>
        attribute.AttributeClass is { } type
        && type.Name.Length == name.Length + Suffix.Length
        && type.Name.StartsWith(name, StringComparison.Ordinal)
        && type.Name.EndsWith(Suffix, StringComparison.Ordinal)
        && IsOurs(type);

    private static bool IsOurs(INamedTypeSymbol type) => type.ContainingNamespace is { Name: "PromptGen", ContainingNamespace.IsGlobalNamespace: true };

    public static bool HasPromptGenAttribute(this ISymbol symbol, string name)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.IsPromptGen(name))
            {
                return true;
            }
        }

        return false;
    }

    public static string? Text(this AttributeData attribute, int position) =>
        position < attribute.ConstructorArguments.Length ? attribute.ConstructorArguments[position] is { Kind: TypedConstantKind.Primitive, Value: string text } ? text : null : null;

    public static double Number(this AttributeData attribute, int position) =>
        position < attribute.ConstructorArguments.Length && attribute.ConstructorArguments[position] is { Kind: TypedConstantKind.Primitive, Value: double number } ? number : double.NaN;

    public static int? Enum(this AttributeData attribute, int position) =>
        position < attribute.ConstructorArguments.Length && attribute.ConstructorArguments[position] is { Kind: TypedConstantKind.Enum, Value: int value } ? value : null;

    public static bool Has(this AttributeData attribute, string name) => attribute.Find(name) is not null;

    public static string? Text(this AttributeData attribute, string name) => attribute.Find(name) is { Kind: TypedConstantKind.Primitive, Value: string text } ? text : null;

    public static double Number(this AttributeData attribute, string name, double missing) =>
        attribute.Find(name) is { Kind: TypedConstantKind.Primitive, Value: double number } ? number : missing;

    public static int Int(this AttributeData attribute, string name, int missing) =>
        attribute.Find(name) is { Kind: not TypedConstantKind.Array, Value: int number } ? number : missing;

    public static bool Bool(this AttributeData attribute, string name, bool missing) =>
        attribute.Find(name) is { Kind: TypedConstantKind.Primitive, Value: bool value } ? value : missing;

    public static EquatableArray<string> Texts(this AttributeData attribute, string name) =>
        attribute.Find(name) is { } constant ? Texts(constant) : default;

    public static EquatableArray<string> Texts(TypedConstant constant) =>
        constant is { Kind: TypedConstantKind.Array, IsNull: false }
            ? constant.Values.Select(static value => value.Kind == TypedConstantKind.Primitive ? value.Value as string ?? "" : "").ToEquatableArray()
            : default;

    public static EquatableArray<double> Numbers(this AttributeData attribute, string name) =>
        attribute.Find(name) is { Kind: TypedConstantKind.Array, IsNull: false } constant
            ? constant.Values.Select(static value => value is { Kind: TypedConstantKind.Primitive, Value: double number } ? number : double.NaN).ToEquatableArray()
            : default;

    private static TypedConstant? Find(this AttributeData attribute, string name)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == name && argument.Value.Kind is not (TypedConstantKind.Error or TypedConstantKind.Type))
            {
                return argument.Value;
            }
        }

        return null;
    }
}
