using PromptGen.Generators.Model.Contracts;

namespace PromptGen.Generators.Schemas;

/// <summary>How often a contract uses each of its types: one that is used more than once, or in itself, is written once under <c>$defs</c>.</summary>
internal sealed class TypeUses
{
    private readonly ContractModel _contract;
    private readonly int[] _objects;
    private readonly int[] _unions;
    private readonly int[] _enums;

    public TypeUses(ContractModel contract)
    {
        _contract = contract;
        _objects = new int[contract.Objects.Count];
        _unions = new int[contract.Unions.Count];
        _enums = new int[contract.Enums.Count];
        Count(contract.Root);
        foreach (var type in contract.Objects)
        {
            foreach (var member in type.Members)
            {
                Count(member.Value);
            }
        }

        foreach (var type in contract.Unions)
        {
            foreach (var item in type.Cases)
            {
                Count(item.Value);
            }
        }
    }

    /// <summary>Whether a type is defined under <c>$defs</c>.</summary>
    /// <param name="kind">What it is: an object, a union or an enum.</param>
    /// <param name="reference">Its number among the contract's types of that kind.</param>
    public bool IsDefined(ValueKind kind, int reference) => kind switch
    {
        ValueKind.Object => _objects[reference] > 1 && !IsRoot(reference),
        ValueKind.Union => _unions[reference] > 1,
        _ => _enums[reference] > 1,
    };

    /// <summary>The pointer to the type of a value; null where the type is written in place.</summary>
    public string? ReferenceTo(ValueModel value) => value.Kind switch
    {
        ValueKind.Object when _objects[value.Reference] > 1 && IsRoot(value.Reference) => "#",
        ValueKind.Object when _objects[value.Reference] > 1 => "#/$defs/" + _contract.Objects[value.Reference].Name,
        ValueKind.Union when _unions[value.Reference] > 1 => "#/$defs/" + _contract.Unions[value.Reference].Name,
        ValueKind.Enum or ValueKind.Flags when _enums[value.Reference] > 1 && !value.Constraints.HasConstants => "#/$defs/" + _contract.Enums[value.Reference].Name,
        _ => null,
    };

    private bool IsRoot(int reference) => !_contract.IsWrapped && _contract.Root.Reference == reference;

    private void Count(ValueModel value)
    {
        if (value.Kind == ValueKind.Object)
        {
            _objects[value.Reference]++;
        }
        else if (value.Kind is ValueKind.Enum or ValueKind.Flags)
        {
            // One that allows some of its names only is written in place.
            _enums[value.Reference] += value.Constraints.HasConstants ? 0 : 1;
        }
        else if (value.Kind == ValueKind.Union)
        {
            _unions[value.Reference]++;
        }
        else if (value.Items.Count > 0)
        {
            Count(value.Item);
        }
    }
}
