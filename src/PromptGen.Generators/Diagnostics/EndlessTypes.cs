using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Model.Contracts;

namespace PromptGen.Generators.Diagnostics;

/// <summary>The types of a contract of which no value can be written, because each one needs another one.</summary>
internal sealed class EndlessTypes
{
    private readonly ContractModel _contract;
    private readonly bool[] _ends;

    private EndlessTypes(ContractModel contract)
    {
        _contract = contract;
        _ends = new bool[contract.Objects.Count];

        // A type ends once all that it needs does. Contracts have 256 types at most.
        for (var hasChanged = true; hasChanged;)
        {
            hasChanged = false;
            for (var i = 0; i < _ends.Length; i++)
            {
                if (!_ends[i] && contract.Objects[i].Members.All(member => !member.IsRequired || Ends(member.Value)))
                {
                    _ends[i] = hasChanged = true;
                }
            }
        }
    }

    /// <summary>The members by which a type needs itself.</summary>
    public static IEnumerable<(ObjectModel Type, MemberModel Member)> In(ContractModel contract)
    {
        var endless = new EndlessTypes(contract);
        for (var i = 0; i < contract.Objects.Count; i++)
        {
            foreach (var member in endless._ends[i] ? [] : contract.Objects[i].Members.AsEnumerable())
            {
                if (member.IsRequired && !endless.Ends(member.Value) && endless.LeadsTo(i, member.Value, []))
                {
                    yield return (contract.Objects[i], member);
                }
            }
        }
    }

    private bool Ends(ValueModel value) => value.IsNullable || value.Kind switch
    {
        ValueKind.Object => _ends[value.Reference],
        ValueKind.Union => _contract.Unions[value.Reference].Cases.Any(one => Ends(one.Value)),
        ValueKind.Array or ValueKind.Map => value.Constraints.MinLength == 0 || Ends(value.Item),
        _ => true,
    };

    private bool LeadsTo(int target, ValueModel value, HashSet<int> seen) => value.Kind switch
    {
        ValueKind.Object => value.Reference == target
            || (seen.Add(value.Reference) && _contract.Objects[value.Reference].Members.Any(member => member.IsRequired && !Ends(member.Value) && LeadsTo(target, member.Value, seen))),
        ValueKind.Union => _contract.Unions[value.Reference].Cases.Any(one => LeadsTo(target, one.Value, seen)),
        ValueKind.Array or ValueKind.Map => LeadsTo(target, value.Item, seen),
        _ => false,
    };
}
