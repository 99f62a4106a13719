using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;

namespace PromptGen.Generators.Declarations.Types;

/// <summary>A member of an output type that takes a value: a constructor parameter with its property, or a property or field that is set.</summary>
internal readonly struct OutputMember
{
    public OutputMember(ISymbol? slot, IParameterSymbol? parameter, bool isInitialized)
    {
        Name = slot?.Name ?? parameter!.Name;
        Type = parameter?.Type ?? TypeOf(slot!);
        Default = parameter is { HasExplicitDefaultValue: true } ? new Optional<object?>(parameter.ExplicitDefaultValue) : default;
        IsParameter = parameter is not null;
        IsInitialized = isInitialized;
        IsRequired = slot is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };
        Slot = slot;
        Parameter = parameter;
        Attributes = new((slot?.GetAttributes() ?? ImmutableArray<AttributeData>.Empty).AddRange(parameter?.GetAttributes() ?? ImmutableArray<AttributeData>.Empty));
    }

    /// <summary>The element of a tuple: a parameter with a property, without attributes and without a default.</summary>
    public OutputMember(string name, ITypeSymbol type)
    {
        Name = name;
        Type = type;
        IsParameter = true;
    }

    public string Name { get; }

    public ITypeSymbol Type { get; }

    public NullableAnnotation Annotation => Type.NullableAnnotation;

    /// <summary>The default of the parameter, where it has one.</summary>
    public Optional<object?> Default { get; }

    /// <summary>Whether a parameter of the constructor takes it.</summary>
    public bool IsParameter { get; }

    /// <summary>Whether the object initializer sets it.</summary>
    public bool IsInitialized { get; }

    public bool IsRequired { get; }

    /// <summary>Whether code of an assembly can read what the member took.</summary>
    public bool IsReadable(IAssemblySymbol assembly) => Slot switch
    {
        IPropertySymbol property => property.GetMethod is { } getter && KnownTypes.IsReachable(getter, assembly) && IsOfParameterType,
        IFieldSymbol field => KnownTypes.IsReachable(field, assembly) && IsOfParameterType,
        _ => Parameter is null,
    };

    /// <summary>Whether the property or field is of the type of the constructor's parameter, where there are both.</summary>
    public bool IsOfParameterType => Parameter is null || Slot is null || SymbolEqualityComparer.Default.Equals(Parameter.Type, TypeOf(Slot));

    /// <summary>The property or field, where there is one.</summary>
    public ISymbol? Slot { get; }

    /// <summary>The parameter of the constructor, where there is one.</summary>
    public IParameterSymbol? Parameter { get; }

    /// <summary>Those of the property and, in a positional record, of the parameter.</summary>
    public MemberAttributes Attributes { get; }

    private static ITypeSymbol TypeOf(ISymbol slot) => slot is IPropertySymbol property ? property.Type : ((IFieldSymbol)slot).Type;
}
