using System;
using System.Collections.Generic;
using PromptGen.Generators.Model.Contracts;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Local variables for the members of an object: <c>urgency</c> for the value, <c>urgencyIs</c> for what it has to be.</summary>
internal sealed class LocalNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal) { "reader", "expected" };
    private readonly string[] _values;
    private readonly string[] _expected;

    public LocalNames(EquatableArray<MemberModel> members)
    {
        for (var i = 0; i <= members.Count; i += 64)
        {
            _taken.Add(Seen(i));
        }

        _values = new string[members.Count];
        _expected = new string[members.Count];
        for (var i = 0; i < members.Count; i++)
        {
            var name = JsonName.CamelCase(members[i].Name);
            _values[i] = CSharpName.Escape(_taken.Take(name));
            _expected[i] = _taken.Take(name + "Is");
        }
    }

    /// <summary>A name that no other local has.</summary>
    public string Other(string name) => _taken.Take(name);

    public string Value(int member) => _values[member];

    public string Expected(int member) => _expected[member];

    /// <summary>The bits of the members that have been seen, 64 to a variable.</summary>
    public static string Seen(int member) => member < 64 ? "seen" : "seen" + Literal.Int(member / 64);
}
