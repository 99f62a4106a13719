using System.ComponentModel;
using System.Text;
using System.Text.Json;

namespace PromptGen.Contracts;

/// <summary>One of the objects that a value can be, as far as its members distinguish it from the others.</summary>
/// <param name="members">Its members, those that it need not have included.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ContractCase(ContractCaseMember[] members)
{
    /// <summary>How many members it has to have.</summary>
    internal int Required { get; } = members.Count(static member => member.IsRequired);

    internal ContractCaseMember? Find(ReadOnlySpan<byte> name)
    {
        foreach (var member in members)
        {
            if (name.SequenceEqual(member.Name))
            {
                return member;
            }
        }

        return null;
    }
}

/// <summary>A member of a <see cref="ContractCase"/>.</summary>
/// <param name="name">Its name.</param>
/// <param name="kinds">What its value can be.</param>
/// <param name="isRequired">Whether it has to be there.</param>
/// <param name="texts">The strings that it can be, as JSON; none = any.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ContractCaseMember(string name, JsonKinds kinds, bool isRequired, params string[] texts)
{
    private readonly byte[][] _texts = Array.ConvertAll(texts, Text);

    private static byte[] Text(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        return Encoding.UTF8.GetBytes(reader.GetString()!);
    }

    internal byte[] Name { get; } = Encoding.UTF8.GetBytes(name);

    internal bool IsRequired => isRequired;

    /// <summary>Whether the value at the reader's position can be this member's.</summary>
    internal bool Fits(ref ContractReader reader)
    {
        if ((reader.Kind & kinds) == 0)
        {
            return false;
        }

        if (_texts.Length == 0 || reader.Kind != JsonKinds.String)
        {
            return true;
        }

        foreach (var text in _texts)
        {
            if (reader.IsName(text))
            {
                return true;
            }
        }

        return false;
    }
}
