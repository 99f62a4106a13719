using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Model.Shapes;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Declarations;

/// <summary>
/// Reads the shape of a parameter's type. Runs for every parameter of every prompt on every keystroke: the common types cost nothing,
/// others one walk over the members of the program's own types.
/// </summary>
internal sealed class TypeShapeReader
{
    /// <summary>The most object types that one parameter's shape describes; members of types beyond it can't be reached.</summary>
    private const int MaxObjects = 64;

    /// <summary>The deepest nesting of generic arguments that is looked into.</summary>
    private const int MaxGenericDepth = 8;

    /// <summary>The most letters of brackets that a name shows.</summary>
    private const int MaxRanks = 2 * MaxGenericDepth;

    private static readonly TypeShape TextShape = new(ValueShape.String);
    private static readonly TypeShape BooleanShape = new(ValueShape.Boolean);
    private static readonly TypeShape IntegerShape = new(ValueShape.Int32);

    private static readonly SymbolDisplayFormat TypeNameFormat = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private readonly Dictionary<ITypeSymbol, int> _indexes = new(SymbolEqualityComparer.Default);
    private readonly List<ITypeSymbol> _pending = [];

    private TypeShapeReader()
    {
    }

    public static TypeShape Read(ITypeSymbol type)
    {
        switch (type.SpecialType)
        {
            case SpecialType.System_String: return TextShape;
            case SpecialType.System_Boolean: return BooleanShape;
            case SpecialType.System_Int32: return IntegerShape;
            default: return new TypeShapeReader().ReadAll(type);
        }
    }

    private TypeShape ReadAll(ITypeSymbol type)
    {
        var value = ReadValue(type, 0);
        if (_pending.Count == 0)
        {
            return new TypeShape(value);
        }

        // Reading an object's members may add further object types to the end of the list.
        var objects = new List<ObjectShape>();
        for (var i = 0; i < _pending.Count; i++)
        {
            var pending = _pending[i];
            objects.Add(new ObjectShape(
                pending.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(TypeNameFormat),
                ShortName(pending),
                ReadMembers(pending))
            {
                IsObsolete = Obsoletion.IsErrorToName(pending),
            });
        }

        return new TypeShape(value, objects.ToEquatableArray());
    }

    private ValueShape ReadValue(ITypeSymbol type, int depth)
    {
        if (TemplateTypes.Simple(type) is { } simple)
        {
            return simple;
        }

        if (depth > MaxGenericDepth)
        {
            return Other(type);
        }

        switch (type)
        {
            case IArrayTypeSymbol { Rank: 1 } array:
                return array.ElementType.SpecialType == SpecialType.System_Byte
                    ? new ValueShape(ShapeKind.Bytes, "byte[]", IsValueType: false)
                    : new ValueShape(ShapeKind.Enumerable, ShortName(type), IsValueType: false, Element: ReadValue(array.ElementType, depth + 1), CountMember: "Length");
            case INamedTypeSymbol { ConstructedFrom.SpecialType: SpecialType.System_Nullable_T } nullable:
                return ReadValue(nullable.TypeArguments[0], depth + 1) with { IsNullable = true };
            case INamedTypeSymbol { TypeKind: TypeKind.Enum }:
                return new ValueShape(ShapeKind.Enum, type.Name, IsValueType: true);
            case INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface } named:
                return ReadNamed(named, depth);
            default:
                return Other(type);
        }
    }

    private ValueShape ReadNamed(INamedTypeSymbol type, int depth)
    {
        if (TemplateTypes.TryReadCollection(type, out var element, out var key, out var count))
        {
            return new ValueShape(
                key is null ? ShapeKind.Enumerable : ShapeKind.Dictionary,
                ShortName(type),
                type.IsValueType,
                Element: ReadValue(element, depth + 1),
                Key: key is null ? null : ReadValue(key, depth + 1),
                CountMember: count);
        }

        var isFormattable = TemplateTypes.IsSpanFormattable(type);
        var isOpaque = TemplateTypes.IsFrameworkType(type);
        if (isOpaque)
        {
            return isFormattable ? new ValueShape(ShapeKind.Formattable, type.Name, type.IsValueType) : Other(type);
        }

        var index = IndexOf(type);
        return isFormattable
            ? new ValueShape(ShapeKind.Formattable, type.Name, type.IsValueType, Object: index)
            : index < 0 ? Other(type) : new ValueShape(ShapeKind.Object, ShortName(type), type.IsValueType, Object: index);
    }

    private int IndexOf(INamedTypeSymbol type)
    {
        if (_indexes.TryGetValue(type, out var index))
        {
            return index;
        }

        if (_pending.Count == MaxObjects)
        {
            return -1;
        }

        _indexes.Add(type, _pending.Count);
        _pending.Add(type);
        return _pending.Count - 1;
    }

    private EquatableArray<MemberShape> ReadMembers(ITypeSymbol type)
    {
        var members = new List<MemberShape>();
        var names = new HashSet<string>();
        if (type.IsTupleType)
        {
            foreach (var field in ((INamedTypeSymbol)type).TupleElements)
            {
                members.Add(new MemberShape(field.Name, JsonName.CamelCase(field.Name), ReadValue(field.Type, 0)));
            }

            return members.ToEquatableArray();
        }

        for (var current = type; current is not null && !TemplateTypes.IsFrameworkType(current); current = current.BaseType)
        {
            AddMembers(current, members, names, ImmutableArray<INamedTypeSymbol>.Empty);
        }

        if (type.TypeKind == TypeKind.Interface)
        {
            foreach (var inherited in type.AllInterfaces)
            {
                AddMembers(inherited, members, names, type.AllInterfaces);
            }
        }

        return members.ToEquatableArray();
    }

    /// <summary>Adds the members that C# reads by their names: one of a derived type hides those of its bases, whatever it is.</summary>
    private void AddMembers(ITypeSymbol type, List<MemberShape> members, HashSet<string> names, ImmutableArray<INamedTypeSymbol> beside)
    {
        foreach (var member in type.GetMembers())
        {
            // An override without a getter leaves the inherited one.
            if (member.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal
                || member is IMethodSymbol { MethodKind: not MethodKind.Ordinary } or IFieldSymbol { IsImplicitlyDeclared: true } or IPropertySymbol { IsOverride: true, GetMethod: null }
                || !names.Add(member.Name))
            {
                continue;
            }

            var memberType = member switch
            {
                { IsStatic: true } or not { DeclaredAccessibility: Accessibility.Public } => null,
                IPropertySymbol { IsIndexer: false, GetMethod.DeclaredAccessibility: Accessibility.Public } property => property.Type,
                IFieldSymbol field => field.Type,
                _ => null,
            };

            if (memberType is not null && !Obsoletion.IsErrorToRead(member) && !IsAmbiguous(type, member.Name, beside))
            {
                members.Add(new MemberShape(member.Name, JsonNameOf(member), ReadValue(memberType, 0)));
            }
        }
    }

    /// <summary>Whether another interface, which neither hides the member nor is hidden by it, has one of its name: the name is ambiguous.</summary>
    private static bool IsAmbiguous(ITypeSymbol type, string name, ImmutableArray<INamedTypeSymbol> beside)
    {
        foreach (var other in beside)
        {
            if (!other.Equals(type, SymbolEqualityComparer.Default) && other.GetMembers(name).Length > 0
                && !other.AllInterfaces.Contains(type, SymbolEqualityComparer.Default) && !type.AllInterfaces.Contains(other, SymbolEqualityComparer.Default))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The name given by <c>JsonPropertyName</c>, else the camelCase one; null where <c>JsonIgnore</c> hides the member.</summary>
    private static string? JsonNameOf(ISymbol member)
    {
        foreach (var attribute in member.GetAttributes())
        {
            switch (attribute.AttributeClass?.Name)
            {
                case "JsonPropertyNameAttribute" when attribute.ConstructorArguments.Length == 1 && attribute.ConstructorArguments[0].Value is string name:
                    return name;
                case "JsonIgnoreAttribute" when attribute.NamedArguments.IsEmpty:
                    return null;
            }
        }

        return JsonName.CamelCase(member.Name);
    }

    private static ValueShape Other(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Error ? ValueShape.Missing : new ValueShape(ShapeKind.Other, ShortName(type), type.IsValueType);

    private static string ShortName(ITypeSymbol type)
    {
        var ranks = "";
        for (; type is IArrayTypeSymbol array; type = array.ElementType)
        {
            ranks = ranks.Length < MaxRanks ? ranks + "[]" : ranks;
        }

        return (type switch
        {
            { IsTupleType: true } => "tuple",
            INamedTypeSymbol { TypeArguments.Length: > 0 } generic => generic.Name + "<>",
            _ => TemplateTypes.Simple(type)?.Name ?? type.Name,
        }) + ranks;
    }
}
