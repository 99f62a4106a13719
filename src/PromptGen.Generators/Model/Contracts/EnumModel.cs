using System;
using System.Linq;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Model.Contracts;

/// <summary>An enum of a contract.</summary>
/// <param name="Name">A readable name that is unique in the contract.</param>
/// <param name="TypeName">The type, fully qualified.</param>
/// <param name="Description">Its description, with those of its members.</param>
/// <param name="Members">Its members in the order of declaration.</param>
internal sealed record EnumModel(string Name, string TypeName, string? Description, EquatableArray<EnumMemberModel> Members)
{
    /// <summary>Whether several may be given at once: it is an array of names then, and what stands for none of them has no name.</summary>
    public bool IsFlags { get; init; }

    /// <summary>Whether it has more members than one expression should compare with.</summary>
    public bool IsLarge => Members.Count > 64;

    /// <summary>Whether the members' names differ in more than case, so that an answer in another case still says which one is meant.</summary>
    public bool AreNamesDistinct => Members.Select(static member => member.JsonName).Distinct(StringComparer.OrdinalIgnoreCase).Count() == Members.Count;
}

/// <summary>A member of an enum.</summary>
/// <param name="Name">Its name in C#, with <c>@</c> where that is needed.</param>
/// <param name="JsonName">Its name on the wire.</param>
internal sealed record EnumMemberModel(string Name, string JsonName);
