using System.Text.Json;

namespace PromptGen.Contracts.Repair;

internal sealed partial class ContractFitter
{
    private void WriteObject(JsonElement value, SchemaNode schema)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            if (!TryWriteOnlyItem(value, schema))
            {
                Copy(value);
            }

            return;
        }

        var members = Distinct(value, schema);
        var dropped = schema is { HasProperties: true, IsClosed: true } ? members.RemoveAll(member => schema.Property(member.Name) is null) : 0;
        if (dropped > 0 && members.Count == 0)
        {
            // Nothing of it is known: this is another object.
            Copy(value);
            return;
        }

        Note(dropped > 0 ? Rungs.ExtraMember : Rungs.None);
        Writer.WriteStartObject();
        foreach (var (name, member) in members)
        {
            Writer.WritePropertyName(name);
            if ((schema.Property(name) ?? schema.Values) is { } node)
            {
                Write(member, node);
            }
            else
            {
                Copy(member);
            }
        }

        Writer.WriteEndObject();
    }

    /// <summary>The members under the names of the contract, each once where that loses nothing.</summary>
    private List<(string Name, JsonElement Value)> Distinct(JsonElement value, SchemaNode schema)
    {
        var exact = value.EnumerateObject().Select(NameOf).ToHashSet(StringComparer.Ordinal);
        var members = new List<(string Name, JsonElement Value)>();
        var places = new Dictionary<string, Place>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            var name = NameFor(NameOf(member), schema.Members, exact);
            if (!places.TryGetValue(name, out var place))
            {
                places.Add(name, new Place(members.Count, member.Value));
                members.Add((name, member.Value));
            }
            else if (place.Holds(member.Value, guard))
            {
                Note(Rungs.Duplicate);
            }
            else if (tolerance == Tolerance.Salvage)
            {
                Note(Rungs.LastDuplicate);
                members[place.Index] = (name, member.Value);
                places[name] = new Place(place.Index, member.Value);
            }
            else
            {
                members.Add((name, member.Value));
            }
        }

        return members;
    }

    private string NameFor(string name, NameIndex names, HashSet<string> exact)
    {
        if (names.Count == 0 || names.Contains(name) || names.ByLetters(name, guard) is not { } only || exact.Contains(only))
        {
            return name;
        }

        Note(Rungs.Key);
        return only;
    }

    /// <summary>The index of a member among those that are kept, and its text, which is created once however often the member is repeated.</summary>
    private sealed class Place(int index, JsonElement value)
    {
        private string? _text;

        public int Index => index;

        public bool Holds(JsonElement other, ReadingGuard guard)
        {
            _text ??= value.GetRawText();
            var text = other.GetRawText();
            guard.ChargeToken(text.Length);
            return text.Length == _text.Length && text == _text;
        }
    }
}
