using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Schemas.Json;

namespace PromptGen.Generators.Schemas.Dialects;

/// <summary>A schema that is being rewritten: its keywords keep their order, new ones follow.</summary>
internal sealed class SchemaDraft(JsonNode original)
{
    private readonly List<JsonMember> _members = [];
    private readonly List<string> _notes = [];
    private Dictionary<string, int>? _ranks;
    private JsonNode? _valuesBesideNull;

    public JsonNode Original => original;

    public JsonNode? this[string keyword]
    {
        get
        {
            foreach (var member in _members)
            {
                if (member.Name == keyword)
                {
                    return member.Value;
                }
            }

            return null;
        }
    }

    public void Set(string keyword, JsonNode value)
    {
        var index = _members.FindIndex(member => member.Name == keyword);
        if (index >= 0)
        {
            _members[index] = _members[index] with { Value = value };
            return;
        }

        _members.Add(new JsonMember(keyword, value, default));
    }

    /// <summary>Takes a keyword over, where it is there.</summary>
    public void Keep(string keyword)
    {
        if (original[keyword] is { } value)
        {
            Set(keyword, value);
        }
    }

    /// <summary>Names the type where nothing does so far.</summary>
    public void SetType(string? type)
    {
        if (type is not null && original["type"] is null)
        {
            _members.Insert(0, new JsonMember("type", JsonNode.String(type), default));
        }
    }

    /// <summary>Adds to the description what no keyword can express.</summary>
    public void Note(string note) => _notes.Add(note);

    /// <summary>Makes the values of an enum and null two branches.</summary>
    public void SplitNull(JsonNode values) => _valuesBesideNull = values;

    public JsonNode Finish()
    {
        SortLikeOriginal();
        if (_valuesBesideNull is not null)
        {
            var type = SchemaType.WithoutNull(this["type"]);
            var branch = JsonNode.Object(type is null ? [new("enum", _valuesBesideNull, default)] : [new("type", type, default), new("enum", _valuesBesideNull, default)]);
            _members.RemoveAll(static member => member.Name == "type");
            _members.Insert(0, new JsonMember("anyOf", JsonNode.Array([branch, SchemaType.Null]), default));
        }

        if (_notes.Count > 0)
        {
            var note = string.Join(", ", _notes);
            var text = this["description"] is { Text: var description } ? $"{description} ({note})" : note;
            var index = _members.FindIndex(static member => member.Name == "description");
            if (index >= 0)
            {
                _members.RemoveAt(index);
            }

            var after = _members.FindIndex(static member => member.Name is "type" or "anyOf");
            _members.Insert(index >= 0 ? index : after + 1, new JsonMember("description", JsonNode.String(text), default));
        }

        return JsonNode.Object(_members);
    }

    // Restores the order of the original. New keywords follow, except for a type, which was inserted first.
    private void SortLikeOriginal()
    {
        var sorted = _members
            .Select((member, i) => (Member: member, Rank: RankOf(member.Name) is >= 0 and var rank ? rank : i == 0 ? -1 : int.MaxValue))
            .OrderBy(static entry => entry.Rank)
            .Select(static entry => entry.Member)
            .ToList();
        _members.Clear();
        _members.AddRange(sorted);
    }

    private int RankOf(string keyword)
    {
        if (_ranks is null)
        {
            _ranks = new(System.StringComparer.Ordinal);
            for (var i = 0; i < original.Members.Count; i++)
            {
                _ranks[original.Members[i].Name] = i;
            }
        }

        return _ranks.TryGetValue(keyword, out var rank) ? rank : -1;
    }
}
