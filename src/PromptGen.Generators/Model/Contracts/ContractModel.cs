using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Model.Contracts;

/// <summary>An output type as a contract: what is sent as its schema and what is checked when the answer comes.</summary>
/// <param name="TypeName">The type, fully qualified and with nullable annotations, as generated code writes it.</param>
/// <param name="DisplayName">The type as a person writes it, without namespaces.</param>
/// <param name="Namespace">The namespace of the contract class.</param>
/// <param name="ClassName">The name of the contract class.</param>
/// <param name="HintName">The name of the generated file.</param>
/// <param name="SchemaName">The name that goes out with the schema.</param>
/// <param name="Root">The value of the answer; for a wrapped answer, the value in the wrapper.</param>
/// <param name="Objects">Every object type that the value is made of, each once, in the order they are met.</param>
/// <param name="Enums">Every enum that the value is made of.</param>
/// <param name="Problems">What is wrong with it: PG0301 and PG0302.</param>
/// <param name="IsResolved">Whether every type exists; where one does not, the compiler says so itself.</param>
internal sealed record ContractModel(
    string TypeName,
    string DisplayName,
    string Namespace,
    string ClassName,
    string HintName,
    string SchemaName,
    ValueModel Root,
    EquatableArray<ObjectModel> Objects,
    EquatableArray<EnumModel> Enums,
    EquatableArray<Finding> Problems,
    bool IsResolved)
{
    /// <summary>Every type that the value is made of and that is one of several objects.</summary>
    public EquatableArray<UnionModel> Unions { get; init; }

    /// <summary>Whether it is an error to use one of its types or members, but in code that is obsolete itself.</summary>
    public bool IsObsolete { get; init; }

    /// <summary>Whether the result is the answer's text; there is no class to generate then.</summary>
    public bool IsText => Root.Kind == ValueKind.String && !Root.IsNullable;

    /// <summary>Whether a class can be generated.</summary>
    public bool CanEmit => IsResolved && Problems.Count == 0;

    /// <summary>Whether the value goes over the wire as <c>{"value": …}</c>.</summary>
    public bool IsWrapped => Root.Kind != ValueKind.Object || Root.IsNullable;

    /// <summary>The contract class, fully qualified.</summary>
    public string ContractTypeName => IsText ? "global::PromptGen.Contracts.TextContract" : $"global::{Namespace}.{ClassName}";

    /// <summary>The JSON Schema on one line; empty for text. Set once by the reader of the output type: the version and the contract's file both use it.</summary>
    public string SchemaJson { get; init; } = "";

    /// <summary>Whether values are judged by the user's own code.</summary>
    public bool HasChecks => Objects.Any(static type => type.IsChecked);

    /// <summary>The names that a value of an enum may have here, as JSON.</summary>
    public IEnumerable<string> NamesOf(ValueModel value)
    {
        var constraints = value.Constraints;
        var names = Enums[value.Reference].Members.Select(static member => JsonText.String(member.JsonName));
        if (constraints.Allowed.Count == 0 && constraints.Denied.Count == 0)
        {
            return names;
        }

        var allowed = new HashSet<string>(constraints.Allowed.Select(static constant => constant.Json), System.StringComparer.Ordinal);
        var denied = new HashSet<string>(constraints.Denied.Select(static constant => constant.Json), System.StringComparer.Ordinal);
        return names.Where(name => (allowed.Count == 0 || allowed.Contains(name)) && !denied.Contains(name));
    }

    /// <summary>The members of the root object; empty where the value is no object.</summary>
    public IEnumerable<MemberModel> RootMembers => Root.Kind == ValueKind.Object ? Objects[Root.Reference].Members : [];

    /// <summary>The member of the root object that has this name in C#; null where there is none.</summary>
    public MemberModel? FindMember(string name) =>
        Root.Kind == ValueKind.Object && CanEmit ? MemberTable.Find(Objects[Root.Reference], name) : null;
}
