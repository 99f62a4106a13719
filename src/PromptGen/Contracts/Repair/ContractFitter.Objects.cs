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
                value.WriteTo(Writer);
            }

            return;
        }

        var members = Distinct(value, schema);
        var dropped = schema is { HasProperties: true, IsClosed: true } ? members.RemoveAll(member => schema.Property(member.Name) is null) : 0;
        if (dropped > 0 && members.Count == 0)
        {
            // Nothing of it is known: this is another object.
            value.WriteTo(Writer);
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
                member.WriteTo(Writer);
            }
        }

        Writer.WriteEndObject();
    }

    /// <summary>The members under the names of the contract, each once where that loses nothing.</summary>
    private List<(string Name, JsonElement Value)> Distinct(JsonElement value, SchemaNode schema)
    {
        var names = schema.Properties.Select(static property => property.Name).ToList();
        var exact = value.EnumerateObject().Select(static member => member.Name).ToHashSet(StringComparer.Ordinal);
        var members = new List<(string Name, JsonElement Value)>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            var name = NameFor(member.Name, names, exact);
            if (!places.TryGetValue(name, out var place))
            {
                places.Add(name, members.Count);
                members.Add((name, member.Value));
            }
            else if (members[place].Value.GetRawText() == member.Value.GetRawText())
            {
                Note(Rungs.Duplicate);
            }
            else if (tolerance == Tolerance.Salvage)
            {
                Note(Rungs.LastDuplicate);
                members[place] = (name, member.Value);
            }
            else
            {
                members.Add((name, member.Value));
            }
        }

        return members;
    }

    private string NameFor(string name, List<string> names, HashSet<string> exact)
    {
        if (names.Count == 0 || names.Contains(name, StringComparer.Ordinal))
        {
            return name;
        }

        var folded = Words.Fold(name);
        var found = folded.Length == 0 ? [] : names.FindAll(other => Words.Fold(other) == folded);
        if (found is not [var only] || exact.Contains(only))
        {
            return name;
        }

        Note(Rungs.Key);
        return only;
    }
}
