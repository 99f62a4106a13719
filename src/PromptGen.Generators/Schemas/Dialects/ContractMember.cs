using System.Linq;
using PromptGen.Generators.Model.Contracts;

namespace PromptGen.Generators.Schemas.Dialects;

/// <summary>The member of an output type that a place in its schema belongs to.</summary>
/// <param name="Path">The way to it as people write it: <c>Invoice.Lines[].Price</c>.</param>
/// <param name="TypeName">The type that has it, fully qualified; null where the place belongs to no member.</param>
/// <param name="Name">Its name in C#.</param>
internal readonly record struct ContractMember(string Path, string? TypeName, string? Name)
{
    /// <summary>Goes along a pointer as far as the contract is known.</summary>
    public static ContractMember At(ContractModel contract, string pointer)
    {
        var value = contract.IsWrapped ? null : contract.Root;
        var type = TypeOf(contract, value);
        var found = new ContractMember(contract.DisplayName, null, null);
        var union = UnionOf(contract, value);
        var steps = pointer.Split('/');
        for (var i = 1; i < steps.Length; i++)
        {
            switch (steps[i])
            {
                case "$defs" when i + 1 < steps.Length:
                    var name = steps[++i];
                    type = contract.Objects.FirstOrDefault(candidate => candidate.Name == name);
                    union = contract.Unions.FirstOrDefault(candidate => candidate.Name == name);
                    found = new ContractMember(name, null, null);
                    break;
                case "properties" when i + 1 < steps.Length:
                    var jsonName = steps[++i].Replace("~1", "/").Replace("~0", "~");
                    if (contract.IsWrapped && i == 2)
                    {
                        value = contract.Root;
                    }
                    else if (type is not null && MemberTable.FindJson(type, jsonName) is { } member)
                    {
                        found = new ContractMember(found.Path + "." + member.Name, type.TypeName, member.Name);
                        value = member.Value;
                    }
                    else
                    {
                        return found;
                    }

                    (type, union) = (TypeOf(contract, value), UnionOf(contract, value));
                    break;
                case "anyOf" when union is not null && i + 1 < steps.Length:
                    value = int.TryParse(steps[++i], out var number) && number < union.Cases.Count ? union.Cases[number].Value : null;
                    (type, union) = (TypeOf(contract, value), null);
                    found = type is null ? found : found with { Path = found.Path + "<" + type.Name + ">" };
                    break;
                case "items" or "additionalProperties" when value is { Items.Count: > 0 }:
                    found = found with { Path = found.Path + "[]" };
                    value = value.Item;
                    (type, union) = (TypeOf(contract, value), UnionOf(contract, value));
                    break;
            }
        }

        return found;
    }

    private static UnionModel? UnionOf(ContractModel contract, ValueModel? value) =>
        value is { Kind: ValueKind.Union } ? contract.Unions[value.Reference] : null;

    private static ObjectModel? TypeOf(ContractModel contract, ValueModel? value) =>
        value is { Kind: ValueKind.Object } ? contract.Objects[value.Reference] : null;
}
