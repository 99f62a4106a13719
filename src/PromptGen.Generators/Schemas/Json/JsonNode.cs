using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis.Text;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Schemas.Json;

/// <summary>A JSON value, read from a file or created in code. Immutable; members keep their order.</summary>
internal sealed class JsonNode
{
    // Up to here comparing is cheaper than hashing.
    private const int Few = 16;

    private Dictionary<string, JsonNode>? _byName;

    private JsonNode(JsonKind kind, TextSpan span, string text, IReadOnlyList<JsonNode> items, IReadOnlyList<JsonMember> members)
    {
        Kind = kind;
        Span = span;
        Text = text;
        Items = items;
        Members = members;
    }

    public static JsonNode Null { get; } = new(JsonKind.Null, default, "null", [], []);

    public static JsonNode True { get; } = new(JsonKind.Boolean, default, "true", [], []);

    public static JsonNode False { get; } = new(JsonKind.Boolean, default, "false", [], []);

    public JsonKind Kind { get; }

    /// <summary>Its position in its file; empty for a value that was not read from a file.</summary>
    public TextSpan Span { get; }

    /// <summary>A string's characters, a number as it is written, <c>true</c>, <c>false</c> or <c>null</c>; empty for the others.</summary>
    public string Text { get; }

    /// <summary>The items of an array.</summary>
    public IReadOnlyList<JsonNode> Items { get; }

    /// <summary>The members of an object, in order, no name twice.</summary>
    public IReadOnlyList<JsonMember> Members { get; }

    /// <summary>The member of this name; null where there is none, or where this is no object.</summary>
    public JsonNode? this[string name]
    {
        get
        {
            if (Members.Count > Few)
            {
                return (_byName ??= Members.ToDictionary(static member => member.Name, static member => member.Value, System.StringComparer.Ordinal))
                    .TryGetValue(name, out var found) ? found : null;
            }

            foreach (var member in Members)
            {
                if (member.Name == name)
                {
                    return member.Value;
                }
            }

            return null;
        }
    }

    public static JsonNode String(string text) => new(JsonKind.String, default, text, [], []);

    /// <summary>A number, as JSON writes it.</summary>
    public static JsonNode Number(string text) => new(JsonKind.Number, default, text, [], []);

    public static JsonNode Array(IEnumerable<JsonNode> items) => new(JsonKind.Array, default, "", items.ToList(), []);

    public static JsonNode Object(IEnumerable<JsonMember> members) => new(JsonKind.Object, default, "", [], members.ToList());

    /// <summary>The same value at a place in a file.</summary>
    public JsonNode At(TextSpan span) => new(Kind, span, Text, Items, Members);

    /// <summary>This object with a member set: in its place where there is one of the name, else at the end.</summary>
    public JsonNode With(string name, JsonNode value)
    {
        var members = Members.Select(member => member.Name == name ? member with { Value = value } : member).ToList();
        if (this[name] is null)
        {
            members.Add(new JsonMember(name, value, default));
        }

        return new JsonNode(Kind, Span, Text, Items, members);
    }

    /// <summary>This object without a member.</summary>
    public JsonNode Without(string name) =>
        this[name] is null ? this : new JsonNode(Kind, Span, Text, Items, Members.Where(member => member.Name != name).ToList());

    /// <summary>The JSON on one line, without white space.</summary>
    public override string ToString()
    {
        var json = new StringBuilder();
        Write(json);
        return json.ToString();
    }

    private void Write(StringBuilder json)
    {
        switch (Kind)
        {
            case JsonKind.String:
                JsonText.Append(json, Text);
                break;
            case JsonKind.Array:
                json.Append('[');
                for (var i = 0; i < Items.Count; i++)
                {
                    json.Append(i == 0 ? "" : ",");
                    Items[i].Write(json);
                }

                json.Append(']');
                break;
            case JsonKind.Object:
                json.Append('{');
                for (var i = 0; i < Members.Count; i++)
                {
                    json.Append(i == 0 ? "" : ",");
                    JsonText.Append(json, Members[i].Name);
                    json.Append(':');
                    Members[i].Value.Write(json);
                }

                json.Append('}');
                break;
            default:
                json.Append(Text);
                break;
        }
    }
}

/// <summary>A member of an object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="NameSpan">The position of the name in its file, with its quotation marks.</param>
internal readonly record struct JsonMember(string Name, JsonNode Value, TextSpan NameSpan);
