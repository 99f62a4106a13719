using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;

namespace PromptGen.Generators.Declarations.Types;

/// <summary>Attributes of the framework that mean something for a contract.</summary>
internal enum KnownAttribute
{
    Description,
    Flags,
    Required,
    Range,
    MinLength,
    MaxLength,
    Length,
    StringLength,
    RegularExpression,
    EmailAddress,
    Url,
    Base64String,
    AllowedValues,
    DeniedValues,
    JsonConstructor,
    JsonConverter,
    JsonExtensionData,
    JsonIgnore,
    JsonInclude,
    JsonPropertyName,
    JsonStringEnumMemberName,
    SetsRequiredMembers,
}

/// <summary>The attributes of a symbol, by what they mean.</summary>
internal readonly struct MemberAttributes
{
    private readonly List<(KnownAttribute Kind, AttributeData Data)>? _known;

    public MemberAttributes(ImmutableArray<AttributeData> attributes)
    {
        foreach (var data in attributes)
        {
            if (data.AttributeClass is { } type && KindOf(type) is { } kind)
            {
                (_known ??= []).Add((kind, data));
            }
        }
    }

    /// <summary><c>[Description]</c>.</summary>
    public string? Description => Text(KnownAttribute.Description);

    /// <summary><c>[JsonPropertyName]</c>.</summary>
    public string? JsonName => Text(KnownAttribute.JsonPropertyName);

    /// <summary><c>[JsonStringEnumMemberName]</c>.</summary>
    public string? EnumMemberName => Text(KnownAttribute.JsonStringEnumMemberName);

    /// <summary>A converter other than the one that writes enums as the contract does.</summary>
    public bool HasForeignConverter =>
        Find(KnownAttribute.JsonConverter) is { } converter
        && converter.ConstructorArguments.FirstOrDefault() is var type
        && (type.Kind != TypedConstantKind.Type || type.Value is not INamedTypeSymbol { Name: "JsonStringEnumConverter" });

    public bool IsEmpty => _known is null;

    private MemberAttributes(List<(KnownAttribute Kind, AttributeData Data)> known) => _known = known;

    /// <summary>Those of these kinds.</summary>
    public MemberAttributes Only(KnownAttribute[] kinds) => new(_known?.FindAll(known => Array.IndexOf(kinds, known.Kind) >= 0) ?? []);

    /// <summary>Those of other kinds.</summary>
    public MemberAttributes Except(KnownAttribute[] kinds) => new(_known?.FindAll(known => Array.IndexOf(kinds, known.Kind) < 0) ?? []);

    public bool Has(KnownAttribute attribute) => Find(attribute) is { } data && (attribute != KnownAttribute.JsonIgnore || IsAlways(data));

    public AttributeData? Find(KnownAttribute attribute)
    {
        if (_known is not null)
        {
            foreach (var (kind, data) in _known)
            {
                if (kind == attribute)
                {
                    return data;
                }
            }
        }

        return null;
    }

    private string? Text(KnownAttribute attribute) =>
        Find(attribute)?.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Primitive, Value: string { Length: > 0 } text } ? text : null;

    // JsonIgnoreCondition.Always is 1; the other conditions are about writing.
    private static bool IsAlways(AttributeData data) =>
        data.NamedArguments.FirstOrDefault(argument => argument.Key == "Condition").Value is { Kind: TypedConstantKind.Enum, Value: int condition }
            ? condition == 1
            : true;

    private static KnownAttribute? KindOf(INamedTypeSymbol type) => type.Name switch
    {
        "DescriptionAttribute" when KnownTypes.IsIn(type, "System", "ComponentModel") => KnownAttribute.Description,
        "FlagsAttribute" when KnownTypes.IsIn(type, "System") => KnownAttribute.Flags,
        "RequiredAttribute" when IsAnnotation(type) => KnownAttribute.Required,
        "RangeAttribute" when IsAnnotation(type) => KnownAttribute.Range,
        "MinLengthAttribute" when IsAnnotation(type) => KnownAttribute.MinLength,
        "MaxLengthAttribute" when IsAnnotation(type) => KnownAttribute.MaxLength,
        "LengthAttribute" when IsAnnotation(type) => KnownAttribute.Length,
        "StringLengthAttribute" when IsAnnotation(type) => KnownAttribute.StringLength,
        "RegularExpressionAttribute" when IsAnnotation(type) => KnownAttribute.RegularExpression,
        "EmailAddressAttribute" when IsAnnotation(type) => KnownAttribute.EmailAddress,
        "Base64StringAttribute" when IsAnnotation(type) => KnownAttribute.Base64String,
        "AllowedValuesAttribute" when IsAnnotation(type) => KnownAttribute.AllowedValues,
        "DeniedValuesAttribute" when IsAnnotation(type) => KnownAttribute.DeniedValues,
        "UrlAttribute" when IsAnnotation(type) => KnownAttribute.Url,
        "JsonConstructorAttribute" when IsJson(type) => KnownAttribute.JsonConstructor,
        "JsonConverterAttribute" when IsJson(type) => KnownAttribute.JsonConverter,
        "JsonExtensionDataAttribute" when IsJson(type) => KnownAttribute.JsonExtensionData,
        "JsonIgnoreAttribute" when IsJson(type) => KnownAttribute.JsonIgnore,
        "JsonIncludeAttribute" when IsJson(type) => KnownAttribute.JsonInclude,
        "JsonPropertyNameAttribute" when IsJson(type) => KnownAttribute.JsonPropertyName,
        "JsonStringEnumMemberNameAttribute" when IsJson(type) => KnownAttribute.JsonStringEnumMemberName,
        "SetsRequiredMembersAttribute" when KnownTypes.IsIn(type, "System", "Diagnostics", "CodeAnalysis") => KnownAttribute.SetsRequiredMembers,
        _ => null,
    };

    private static bool IsAnnotation(INamedTypeSymbol type) => KnownTypes.IsIn(type, "System", "ComponentModel", "DataAnnotations");

    private static bool IsJson(INamedTypeSymbol type) => KnownTypes.IsIn(type, "System", "Text", "Json", "Serialization");
}
