using System;
using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Model;
using PromptGen.Generators.Model.Contracts;
using PromptGen.Generators.Routing;
using PromptGen.Generators.Schemas.Files;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>
/// The names of contract classes that more than one contract would have, as <c>List&lt;Item&gt;</c> and a type <c>ListOfItem</c>: each of those gets
/// a hash of what sets it apart.
/// </summary>
/// <param name="Ambiguous">The classes, fully qualified; usually none.</param>
internal sealed record ContractNames(EquatableArray<string> Ambiguous)
{
    /// <summary>The names that are ambiguous.</summary>
    /// <param name="contracts">The class of each contract and what sets it apart from others.</param>
    public static ContractNames Of(IEnumerable<(string Class, string Key)> contracts)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var ambiguous = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, key) in contracts)
        {
            if (!known.TryGetValue(name, out var other))
            {
                known.Add(name, key);
            }
            else if (other != key)
            {
                ambiguous.Add(name);
            }
        }

        return new ContractNames(ambiguous.OrderBy(static name => name, StringComparer.Ordinal).ToEquatableArray());
    }

    /// <summary>What sets the contract of an output type apart.</summary>
    public static (string Class, string Key) KeyOf(ContractModel contract) => (contract.ContractTypeName, contract.TypeName);

    /// <summary>What sets the contract of a schema file apart.</summary>
    public static (string Class, string Key) KeyOf(SchemaContract contract) => (contract.ContractTypeName, contract.File + "\0" + contract.TypeName);

    public PromptDeclaration Apply(PromptDeclaration declaration) => Ambiguous.Count == 0
        ? declaration
        : declaration with { Contract = Apply(declaration.Contract), Element = Apply(declaration.Element) };

    public PromptPlan Apply(PromptPlan plan) => plan.Schema is { } schema && Suffix(KeyOf(schema)) is { Length: > 0 } suffix
        ? plan with { Schema = schema with { ClassName = schema.ClassName + suffix } }
        : plan;

    private ContractModel? Apply(ContractModel? contract) => contract is not null && Suffix(KeyOf(contract)) is { Length: > 0 } suffix
        ? contract with { ClassName = contract.ClassName + suffix, HintName = contract.HintName.Replace(".Contract.g.cs", suffix + ".Contract.g.cs") }
        : contract;

    private string Suffix((string Class, string Key) contract) => Ambiguous.Contains(contract.Class) ? "_" + new TextHash().Add(contract.Key) : "";
}
