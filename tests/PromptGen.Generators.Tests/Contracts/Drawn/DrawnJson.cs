using System.Text;
using System.Text.Json;

namespace PromptGen.Generators.Tests.Contracts.Drawn;

/// <summary>A JSON value that can be changed in every way that JSON allows, including duplicate members.</summary>
internal abstract record DrawnJson
{
    private static readonly string[] s_junk =
    [
        "null", "true", "false", "0", "-1", "3.0", "1e2", "0.5", "6", "300", "-1e-1", "99999999999999999999", "\"\"", "\"a\"", "\"Good\"", "\"good\"", "\"Read\"", "\"abcabc\"", "\"2026-02-30\"",
        "\"2026-02-28\"", "\"6f9619ff-8b86-d011-b42d-00c04fc964ff\"", "[]", "[1]", "[null]", "[\"Read\",\"Read\"]", "{}", "{\"x\":1}", "{\"kind\":\"a\"}",
    ];

    public sealed record Scalar(string Text) : DrawnJson;

    public sealed record Array(List<DrawnJson> Items) : DrawnJson;

    public sealed record Object(List<(string Name, DrawnJson Value)> Members) : DrawnJson;

    public static DrawnJson Of(string text) => new Scalar(text);

    public static DrawnJson OfText(string text) => new Scalar(JsonSerializer.Serialize(text));

    /// <summary>The value with one change somewhere in it.</summary>
    public DrawnJson Changed(Random random)
    {
        switch (this)
        {
            case Array { Items.Count: > 0 } array when random.Next(3) > 0:
                var items = array.Items.ToList();
                var index = random.Next(items.Count);
                items[index] = items[index].Changed(random);
                return new Array(items);
            case Object { Members.Count: > 0 } type when random.Next(4) > 0:
                var members = type.Members.ToList();
                var member = random.Next(members.Count);
                members[member] = (members[member].Name, members[member].Value.Changed(random));
                return new Object(members);
            case Array array when random.Next(2) == 0:
                return ChangedArray(array.Items.ToList(), random);
            case Object type when random.Next(4) > 0:
                return ChangedObject(type.Members.ToList(), random);
            default:
                return Junk(random);
        }
    }

    public sealed override string ToString()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    private static Array ChangedArray(List<DrawnJson> items, Random random)
    {
        if (items.Count == 0 || random.Next(3) == 0)
        {
            items.Add(Junk(random));
        }
        else if (random.Next(2) == 0)
        {
            items.Add(items[random.Next(items.Count)]);
        }
        else
        {
            items.RemoveAt(random.Next(items.Count));
        }

        return new Array(items);
    }

    private static Object ChangedObject(List<(string Name, DrawnJson Value)> members, Random random)
    {
        var change = members.Count == 0 ? 0 : random.Next(5);
        var index = random.Next(Math.Max(1, members.Count));
        switch (change)
        {
            case 0:
                members.Insert(index, (random.Next(2) == 0 ? "1" : "kind", Junk(random)));
                break;
            case 1:
                members.RemoveAt(index);
                break;
            case 2:
                members.Add(members[index]);
                break;
            case 3:
                members[index] = (members[index].Name + "x", members[index].Value);
                break;
            default:
                members.Reverse();
                break;
        }

        return new Object(members);
    }

    private static Scalar Junk(Random random) => new(s_junk[random.Next(s_junk.Length)]);

    private void Write(StringBuilder text)
    {
        switch (this)
        {
            case Scalar scalar:
                text.Append(scalar.Text);
                break;
            case Array array:
                text.Append('[');
                for (var i = 0; i < array.Items.Count; i++)
                {
                    text.Append(i == 0 ? "" : ",");
                    array.Items[i].Write(text);
                }

                text.Append(']');
                break;
            case Object type:
                text.Append('{');
                for (var i = 0; i < type.Members.Count; i++)
                {
                    text.Append(i == 0 ? "" : ",").Append(JsonSerializer.Serialize(type.Members[i].Name)).Append(':');
                    type.Members[i].Value.Write(text);
                }

                text.Append('}');
                break;
        }
    }
}
