using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model.Contracts;
using PromptGen.Generators.Schemas;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Declarations.Types;

internal sealed partial class OutputTypeReader
{
    private const int MaxCases = 64;

    private readonly List<UnionModel?> _unions = [];
    private readonly List<string> _unionPaths = [];

    private ValueModel ReadUnion(ValueModel value, INamedTypeSymbol type, string path, int depth)
    {
        value = value with { Kind = ValueKind.Union };
        if (_references.TryGetValue(type, out var reference))
        {
            return value with { Reference = reference };
        }

        var isTagged = UnionTypes.IsTagged(type);
        var cases = isTagged ? UnionTypes.Tagged(type) : UnionTypes.Derived(type);
        if (WhyNoUnion(type, cases, isTagged) is { } why)
        {
            return Unsupported(value, path, why);
        }

        _isObsolete |= Obsoletion.IsErrorToName(type);
        reference = _unions.Count;
        _references.Add(type, reference);
        _unions.Add(null);
        _unionPaths.Add(path);
        var name = UniqueName(type);
        var tag = isTagged ? UnionTypes.TagOf(type) : null;
        _unions[reference] = new UnionModel(
            name,
            TypeNames.Of(type),
            new MemberAttributes(type.GetAttributes()).Description ?? DocComment.Of(type).Summary,
            tag,
            cases.Select(item => ReadCase(item, tag, $"{path} as {item.Type.Name}", depth)).ToEquatableArray());
        return value with { Reference = reference };
    }

    private UnionCaseModel ReadCase(UnionCase item, string? tag, string path, int depth)
    {
        var type = (INamedTypeSymbol)item.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);
        var value = new ValueModel(ValueKind.Object, TypeNames.Of(type), false, false, ConstraintModel.None, -1, CollectionKind.None, default);
        if (tag is null)
        {
            return new UnionCaseModel(value with { Reference = ReadObject(type, path, depth + 1) }, null);
        }

        // Only as a case is the tag a member of it: the same type elsewhere has none.
        var kind = item.Tag is string ? ValueKind.String : ValueKind.Int32;
        var constant = ConstantValue.Of(item.Tag, kind)!;
        var text = new ValueModel(
            kind, kind == ValueKind.String ? "string" : "int", false, kind == ValueKind.Int32, new ConstraintModel(Allowed: new([constant])), -1, CollectionKind.None, default);
        var member = new MemberModel("Tag", tag, null, text, IsRequired: true, IsParameter: false, IsInitialized: false, null, null);
        return new UnionCaseModel(value with { Reference = ReadMembers(type, member, path, depth + 1) }, constant);
    }

    private string? WhyNoUnion(INamedTypeSymbol type, List<UnionCase> cases, bool isTagged)
    {
        if (cases.Count is 0 or > MaxCases)
        {
            return cases.Count > 0 ? $"{type.Name} has more than {MaxCases} cases; divide it into several types"
                : isTagged ? $"{type.Name} is polymorphic, but no [JsonDerivedType] names a case; add one for each case"
                : $"{type.Name} is abstract, and nothing in this project derives from it; derive the cases, or return a type that is not abstract";
        }

        if (isTagged && !JsonText.IsUnicode(UnionTypes.TagOf(type)))
        {
            return "the name of its discriminator has half of a surrogate pair, which is no Unicode text; correct it";
        }

        var tags = new HashSet<object>();
        foreach (var item in cases)
        {
            var why = isTagged && !JsonText.IsUnicode(item.Tag as string ?? "") ? $"the discriminator of its case {item.Type.Name} has half of a surrogate pair, which is no Unicode text; correct it"
                : isTagged && item.Tag is null ? $"its [JsonDerivedType] of {item.Type.Name} has no discriminator; write one as its second argument"
                : isTagged && !tags.Add(item.Tag!) ? $"two of its cases have the discriminator {item.Tag}; give each one of its own"
                : !UnionTypes.IsA(item.Type, type) ? $"its case {item.Type.Name} does not derive from it; remove it, or derive it"
                : item.Type.IsAbstract ? $"its case {item.Type.Name} is abstract; name the types that derive from it"
                : !isTagged && item.Type.TypeParameters.Length > 0 ? $"its case {item.Type.Name} is generic; name closed types with [JsonDerivedType]"
                : KnownTypes.IsReachable(item.Type, _assembly) ? null : $"its case {item.Type.Name} is not accessible to generated code; make it internal or public";
            if (why is not null)
            {
                return why;
            }
        }

        return null;
    }

    /// <summary>The contract, with a problem for every two cases that an answer could mean both.</summary>
    private ContractModel WithDistinctCases(ContractModel contract)
    {
        for (var union = 0; union < contract.Unions.Count; union++)
        {
            var cases = contract.Unions[union] is { Tag: null } untagged ? untagged.Cases : default;
            for (var i = 0; i < cases.Count; i++)
            {
                for (var j = i + 1; j < cases.Count; j++)
                {
                    var (left, right) = (contract.Objects[cases[i].Value.Reference], contract.Objects[cases[j].Value.Reference]);
                    if (!UnionCases.AreDistinct(left, right, contract))
                    {
                        _problems.Add(Finding.At(
                            new Place.ReturnType(),
                            "PG0301",
                            _unionPaths[union],
                            $"its cases {left.Name} and {right.Name} can't be distinguished; give one a required member that the other does not have, or name them with [JsonDerivedType]"));
                    }
                }
            }
        }

        return _problems.Count == 0 ? contract : contract with { Problems = _problems.ToEquatableArray() };
    }
}
