using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace PromptGen.Generators.Model.Contracts;

/// <summary>The members of an object by name.</summary>
internal sealed class MemberTable
{
    // Up to here comparing is cheaper than hashing.
    private const int Few = 16;

    private static readonly ConditionalWeakTable<ObjectModel, MemberTable> Known = new();

    private readonly Dictionary<string, MemberModel> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MemberModel> _byJsonName = new(StringComparer.Ordinal);

    private MemberTable(ObjectModel type)
    {
        foreach (var member in type.Members.Reverse())
        {
            _byName[member.Name] = member;
            _byJsonName[member.JsonName] = member;
        }
    }

    /// <summary>The member of that name in C#; null where there is none.</summary>
    public static MemberModel? Find(ObjectModel type, string name) =>
        type.Members.Count <= Few ? type.Members.FirstOrDefault(member => member.Name == name)
        : Of(type)._byName.TryGetValue(name, out var found) ? found : null;

    /// <summary>The member of that name in JSON; null where there is none.</summary>
    public static MemberModel? FindJson(ObjectModel type, string name) =>
        type.Members.Count <= Few ? type.Members.FirstOrDefault(member => member.JsonName == name)
        : Of(type)._byJsonName.TryGetValue(name, out var found) ? found : null;

    private static MemberTable Of(ObjectModel type) => Known.GetValue(type, static key => new MemberTable(key));
}
