using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Model.Contracts;
using PromptGen.Generators.Schemas;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Declarations.Types;

/// <summary>Reads an output type as a contract.</summary>
internal sealed partial class OutputTypeReader
{
    private const int MaxDepth = 64;
    private const int MaxTypes = 256;

    private readonly Dictionary<ITypeSymbol, int> _references = new(SymbolEqualityComparer.IncludeNullability);
    private readonly List<ObjectModel?> _objects = [];
    private readonly List<EnumModel> _enums = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Finding> _problems = [];
    private bool _isResolved = true;
    private bool _isObsolete;

    // The member that is being read: what cannot be part of a contract is marked there.
    private (INamedTypeSymbol Type, string Name)? _member;

    private readonly IAssemblySymbol _assembly;

    private OutputTypeReader(IAssemblySymbol assembly) => _assembly = assembly;

    /// <summary>Reads a type; the model lists its problems.</summary>
    /// <param name="type">The type: the <c>T</c> of what the prompt method returns.</param>
    /// <param name="annotation">Whether the result may be null.</param>
    /// <param name="assembly">The prompt's assembly, whose code is to build it.</param>
    public static ContractModel Read(ITypeSymbol type, NullableAnnotation annotation, IAssemblySymbol assembly)
    {
        var reader = new OutputTypeReader(assembly);
        var path = type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        var root = reader.ReadValue(type, annotation, path, 0);
        var name = OutputTypeName.Of(type, annotation);
        var contract = new ContractModel(
            root.AnnotatedTypeName,
            root.IsNullable && !path.EndsWith("?", StringComparison.Ordinal) ? path + "?" : path,
            GeneratedSpace.Of(name.Namespace),
            name.Identifier + "Contract",
            name.HintName,
            name.SchemaName,
            root,
            reader._objects.Select(model => model!).ToEquatableArray(),
            reader._enums.ToEquatableArray(),
            reader._problems.ToEquatableArray(),
            reader._isResolved)
        {
            Unions = reader._unions.Select(model => model!).ToEquatableArray(),
            IsObsolete = reader._isObsolete,
        };
        contract = contract.CanEmit ? reader.WithDistinctCases(contract) : contract;
        return contract.IsText || !contract.CanEmit ? contract : contract with { SchemaJson = JsonSchemaWriter.Write(contract) };
    }

    private ValueModel ReadValue(ITypeSymbol type, NullableAnnotation annotation, string path, int depth)
    {
        // T? of an unconstrained T is no Nullable<T> where T is a value type.
        var isNullable = annotation == NullableAnnotation.Annotated && !type.IsValueType;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            type = nullable.TypeArguments[0];
            isNullable = true;
        }

        type = type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);
        var value = new ValueModel(
            KnownTypes.KindOf(type) ?? ValueKind.Object, TypeNames.Of(type), isNullable, type.IsValueType, ConstraintModel.None, -1, CollectionKind.None, default);
        if (value.Kind != ValueKind.Object)
        {
            return value.Kind != ValueKind.Enum ? value
                : KnownTypes.WhyUnreachable(type, _assembly) is { } reason ? Unsupported(value, path, reason)
                : ReadEnum(value, (INamedTypeSymbol)type, path);
        }

        if (depth > MaxDepth || _references.Count > MaxTypes)
        {
            return Unsupported(value, path, depth > MaxDepth ? "it is nested more than 64 levels deep; return a flatter type" : "it consists of more than 256 types; return a smaller type, or ask by several prompts");
        }

        if (CollectionTypes.Of(type) is { } collection)
        {
            return ReadCollection(value, collection, path, depth);
        }

        if (KnownTypes.WhyUnsupported(type, _assembly) is { } why)
        {
            _isResolved &= type.TypeKind != TypeKind.Error;
            return type.TypeKind == TypeKind.Error ? value with { Kind = ValueKind.Boolean } : Unsupported(value, path, why);
        }

        var named = (INamedTypeSymbol)type;
        return named.TypeKind != TypeKind.Struct && (named.IsAbstract || UnionTypes.IsTagged(named))
            ? ReadUnion(value, named, path, depth)
            : value with { Reference = ReadObject(named, path, depth) };
    }

    private Place Here() => _member is var (type, name) ? new Place.Member(TypeNames.Metadata(type), name) : new Place.ReturnType();

    private ValueModel Unsupported(ValueModel value, string path, string why)
    {
        _problems.Add(Finding.At(Here(), "PG0301", path, why));
        // Any scalar will do: nothing is emitted from a model with problems.
        return value with { Kind = ValueKind.Boolean };
    }

    private ValueModel ReadCollection(ValueModel value, CollectionType collection, string path, int depth)
    {
        var item = ReadValue(collection.Item, collection.Item.NullableAnnotation, path + "[]", depth + 1);
        var isMap = collection.Key is not null;
        ValueModel? key = null;
        if (collection.Key is { SpecialType: not SpecialType.System_String } keyType)
        {
            var problems = _problems.Count;
            key = ReadValue(keyType, NullableAnnotation.NotAnnotated, path + "[]", depth + 1);
            if (!key.Kind.IsKey())
            {
                return keyType.TypeKind == TypeKind.Error || _problems.Count > problems ? value with { Kind = ValueKind.Boolean }
                    : Unsupported(value, path, $"the keys of a dictionary are strings, integers, enums or Guids, not {TypeNames.Short(keyType)}; use one of these, or a list of pairs of your own");
            }
        }

        var sorted = collection.Key ?? collection.Item;
        return collection.IsSorted && sorted.TypeKind != TypeKind.Error && !CollectionTypes.IsComparable(sorted)
            ? Unsupported(value, path, $"it is sorted, but {TypeNames.Short(sorted)} is not comparable; use a collection that is not sorted, or implement IComparable")
            : value with
            {
                Kind = isMap ? ValueKind.Map : ValueKind.Array,
                Collection = collection.Kind,
                Items = new(key is null ? [item] : [item, key]),
            };
    }

    private ValueModel ReadEnum(ValueModel value, INamedTypeSymbol type, string path)
    {
        if (!_references.TryGetValue(type, out var reference))
        {
            reference = _enums.Count;
            _references.Add(type, reference);
            _enums.Add(ReadEnum(type, path));
        }

        return value with { Kind = _enums[reference].IsFlags ? ValueKind.Flags : ValueKind.Enum, Reference = reference };
    }

    private EnumModel ReadEnum(INamedTypeSymbol type, string path)
    {
        var attributes = new MemberAttributes(type.GetAttributes());
        var isFlags = attributes.Has(KnownAttribute.Flags);
        var members = new List<EnumMemberModel>();
        var descriptions = new List<string>();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        _isObsolete |= Obsoletion.IsErrorToName(type);
        foreach (var field in type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue))
        {
            _isObsolete |= Obsoletion.IsError(field);
            if (isFlags && Convert.ToDecimal(field.ConstantValue, CultureInfo.InvariantCulture) == 0)
            {
                // The empty array says so.
                continue;
            }

            var own = new MemberAttributes(field.GetAttributes());
            var name = own.EnumMemberName ?? field.Name;
            CheckJsonName(type, field.Name, name);
            members.Add(new EnumMemberModel(CSharpName.Escape(field.Name), name));
            if ((own.Description ?? DocComment.Of(field).Summary) is { } description)
            {
                descriptions.Add($"{name}: {description}");
            }

            CheckDistinct(type, field.Name, name, names, "JsonStringEnumMemberName");
        }

        if (members.Count == 0 || (isFlags && members.Count > 64))
        {
            _problems.Add(Finding.At(Here(), "PG0301", path, members.Count == 0
                ? $"the enum {type.Name} has no members; add the values that an answer may have"
                : $"the [Flags] enum {type.Name} has more than 64 members; remove some, or return a list of an ordinary enum"));
        }

        var text = string.Join("; ", new[] { attributes.Description ?? DocComment.Of(type).Summary }.Concat(descriptions).Where(part => part is not null));
        return new EnumModel(UniqueName(type), TypeNames.Of(type), text.Length == 0 ? null : text, members.ToEquatableArray()) { IsFlags = isFlags };
    }

    private int ReadObject(INamedTypeSymbol type, string path, int depth)
    {
        if (_references.TryGetValue(type, out var reference))
        {
            return reference;
        }

        // Registered before its members are read: they may lead back to it.
        _references.Add(type, _objects.Count);
        return ReadMembers(type, null, path, depth);
    }

    private int ReadMembers(INamedTypeSymbol type, MemberModel? tag, string path, int depth)
    {
        var reference = _objects.Count;
        _objects.Add(null);
        var name = UniqueName(type);
        var doc = DocComment.Of(type);
        var members = OutputMembers.Of(type, _assembly, out var why, out var unset);
        var checks = OutputChecks.Of(type, _assembly, _problems);
        _isObsolete |= Obsoletion.IsErrorToName(type) || IsErrorToBuild(type, members, checks);
        if ((why ?? WhyPromptClass(type, members)) is { } reason)
        {
            _problems.Add(Finding.At(Here(), "PG0301", path, reason));
        }

        var models = new List<MemberModel>(members.Count + 1);
        var jsonNames = new Dictionary<string, string>(StringComparer.Ordinal);
        if (tag is not null)
        {
            models.Add(tag);
            jsonNames.Add(tag.JsonName, "the type discriminator");
        }

        foreach (var member in members)
        {
            var model = ReadMember(type, member, doc, path, depth);
            models.Add(model);
            CheckJsonName(type, member.Name, model.JsonName);
            CheckDistinct(type, member.Name, model.JsonName, jsonNames, "JsonPropertyName");
        }

        _objects[reference] = new ObjectModel(
            name, TypeNames.Of(type), type.IsValueType, new MemberAttributes(type.GetAttributes()).Description ?? doc.Summary, models.ToEquatableArray())
        {
            MetadataName = TypeNames.Metadata(type),
            IsTuple = type.IsTupleType,
            Checks = checks,
            IsValidatable = OutputChecks.IsValidatable(type),
            Unset = unset,
        };
        return reference;
    }

    private static string? WhyPromptClass(INamedTypeSymbol type, List<OutputMember> members) =>
        IsAsked(members) && type.GetMembers().Any(static member => member is IMethodSymbol { IsPartialDefinition: true } && member.HasPromptGenAttribute("RoutedPrompt"))
            ? $"{type.Name} is a prompt class, whose constructor takes the runtime; return a type of its own"
            : null;

    private static bool IsErrorToBuild(INamedTypeSymbol type, List<OutputMember> members, EquatableArray<string> checks) =>
        members.Exists(static member => Obsoletion.IsErrorToSet(member.Slot) || Obsoletion.IsErrorToRead(member.Slot))
        || (IsAsked(members) && type.InstanceConstructors.Any(Obsoletion.IsError))
        || (checks.Count > 0 && type.GetMembers().Any(Obsoletion.IsError));

    // For a positional record both are empty: reading its members would create all those that the compiler adds.
    private static bool IsAsked(List<OutputMember> members) => members.Exists(static member => member.Slot is not null || member.Parameter is not null);

    private MemberModel ReadMember(INamedTypeSymbol type, OutputMember member, DocComment doc, string path, int depth)
    {
        var memberPath = $"{path}.{member.Name}";
        var around = _member;
        _member = (type, member.Name);
        var value = ReadValue(member.Type, member.Annotation, memberPath, depth + 1);
        var isGiven = member.IsParameter ? !member.Default.HasValue : member.IsRequired;
        if (value.IsNullable && (member.Attributes.Has(KnownAttribute.Required) || (isGiven && ConstraintReader.ExcludesNull(member.Attributes))))
        {
            value = value with { IsNullable = false };
        }

        value = ConstraintReader.Apply(member.Attributes, value, out var contradiction);
        if (contradiction is not null)
        {
            Contradicts(type, member.Name, contradiction);
        }

        if (member.Attributes.HasForeignConverter)
        {
            _problems.Add(Finding.At(Here(), "PG0301", memberPath, "a [JsonConverter] decides its JSON at run time, so its schema is not known; remove the attribute, or use a type without one"));
        }

        _member = around;
        var isRequired = isGiven || (!member.IsParameter && !value.IsNullable);
        var (text, json) = isRequired ? (null, null) : DefaultValue.Of(member, value, value.Kind is ValueKind.Enum or ValueKind.Flags ? _enums[value.Reference] : null);
        return new MemberModel(
            member.Name,
            member.Attributes.JsonName ?? JsonName.CamelCase(member.Name),
            member.Attributes.Description ?? DocComment.Of(member.Slot).Summary ?? (member.IsParameter ? doc.Parameter(member.Name) : null),
            value,
            isRequired,
            member.IsParameter,
            member.IsInitialized,
            text,
            json)
        {
            IsReadable = member.IsReadable(_assembly),
        };
    }

    /// <summary>A name that no JSON document can hold, and no UTF-8 literal: half of a pair of surrogates.</summary>
    private void CheckJsonName(INamedTypeSymbol type, string member, string name)
    {
        if (!JsonText.IsUnicode(name))
        {
            Contradicts(type, member, "its name in JSON has half of a surrogate pair, which is no Unicode text");
        }
    }

    private void CheckDistinct(INamedTypeSymbol type, string member, string name, Dictionary<string, string> taken, string attribute)
    {
        if (taken.TryGetValue(name, out var other))
        {
            Report(type, member, $"'{type.Name}.{member}' has the same JSON name '{name}' as {other}; rename one with [{attribute}]");
        }
        else
        {
            taken.Add(name, $"'{type.Name}.{member}'");
        }
    }

    private void Contradicts(INamedTypeSymbol type, string member, string why) => Report(type, member, $"The constraint on '{member}' contradicts itself or its type: {why}; correct or remove it");

    private void Report(INamedTypeSymbol type, string member, string message) =>
        _problems.Add(Finding.At(new Place.Member(TypeNames.Metadata(type), member), "PG0302", message));

    private string UniqueName(INamedTypeSymbol type)
    {
        var name = OutputTypeName.Simple(type);
        var unique = name;
        for (var number = 2; !_names.Add(unique); number++)
        {
            unique = name + number.ToString(CultureInfo.InvariantCulture);
        }

        return unique;
    }
}
