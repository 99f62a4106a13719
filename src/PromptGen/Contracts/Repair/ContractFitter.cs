using System.Buffers;
using System.Text;
using System.Text.Json;

namespace PromptGen.Contracts.Repair;

/// <summary>
/// Rewrites a JSON value in the form that a contract's schema requires, where the schema leaves one interpretation of it. Any other value
/// stays as it is. The contract's own reader decides whether the result keeps the contract.
/// </summary>
internal sealed partial class ContractFitter(Tolerance tolerance, string typeName, ReadingGuard guard) : IDisposable
{
    private const int LongestWrapper = 8;

    private static readonly HashSet<string> Wrappers = ["answer", "data", "json", "object", "output", "response", "result", "value"];

    private readonly ArrayBufferWriter<byte> _json = new();
    private readonly string _typeName = Words.Fold(typeName);
    private Utf8JsonWriter? _writer;
    private int _depth;

    /// <summary>The readings that were taken.</summary>
    public Rungs Rungs { get; private set; }

    private Utf8JsonWriter Writer => _writer ??= new Utf8JsonWriter(_json, new JsonWriterOptions { SkipValidation = true, MaxDepth = 2 * ContractLimits.Depth });

    /// <summary>Fits a whole value.</summary>
    /// <returns>The value as JSON, followed by a line feed.</returns>
    public ReadOnlySpan<byte> Fit(JsonElement value, SchemaNode schema)
    {
        if (schema.Type == "object")
        {
            value = Unwrapped(value, schema);
        }

        if (schema.Type == "object" && IsImplied(value, schema, out var name))
        {
            Note(Rungs.ImpliedKey);
            Writer.WriteStartObject();
            Writer.WritePropertyName(name);
            Write(value, schema.Property(name)!);
            Writer.WriteEndObject();
        }
        else
        {
            Write(value, schema);
        }

        Writer.Flush();
        _json.Write("\n"u8);
        return _json.WrittenSpan;
    }

    public void Dispose() => _writer?.Dispose();

    private void Write(JsonElement value, SchemaNode schema)
    {
        guard.Charge(1);
        if (++_depth > ContractLimits.Depth || value.ValueKind == JsonValueKind.Null)
        {
            Copy(value);
            _depth--;
            return;
        }

        schema = Chosen(value, schema);
        value = Unstringified(value, schema.Type);
        switch (schema.Type)
        {
            case "object":
                WriteObject(value, schema);
                break;
            case "array":
                WriteArray(value, schema);
                break;
            case "":
                Copy(value);
                break;
            default:
                WriteScalar(value, schema);
                break;
        }

        _depth--;
    }

    /// <summary>The one choice that an object's members leave, or the only one that there is.</summary>
    private SchemaNode Chosen(JsonElement value, SchemaNode schema)
    {
        var choices = schema.Choices;
        if (choices.Count == 1)
        {
            return choices[0];
        }

        if (choices.Count == 0 || value.ValueKind != JsonValueKind.Object)
        {
            return schema;
        }

        var members = value.EnumerateObject().ToLookup(member => Words.Fold(NameOf(member), schema.MostLettersOfChoices, guard) ?? "", static member => member.Value);
        var fitting = choices.Where(choice => choice.HasProperties
            && choice.RequiredLetters.All(members.Contains)
            && choice.Constants.All(constant => members[constant.Letters].Any(member => IsConstant(member, constant.Text)))).Take(2).ToList();
        return fitting is [var only] ? only : schema;
    }

    private bool IsConstant(JsonElement value, NameIndex constant) =>
        value.ValueKind == JsonValueKind.String && NameReading.Find(constant, TextOf(value), Tolerance.Lenient, guard, out _) is not null;

    /// <summary>The value inside an object that only holds it, under a name that says no more than that.</summary>
    private JsonElement Unwrapped(JsonElement value, SchemaNode schema)
    {
        value = Unstringified(value, schema.Type);
        if (value.ValueKind != JsonValueKind.Object)
        {
            return value;
        }

        var members = value.EnumerateObject().Take(2).ToList();
        if (members is not [var only]
            || only.Value.ValueKind != JsonValueKind.Object
            || Words.Fold(NameOf(only), Math.Max(LongestWrapper, _typeName.Length), guard) is not { } name
            || (!Wrappers.Contains(name) && name != _typeName)
            || schema.Members.HasLettersOf(NameOf(only), guard))
        {
            return value;
        }

        Note(Rungs.Wrapper);
        return only.Value;
    }

    /// <summary>The object or array that was written as a string.</summary>
    private JsonElement Unstringified(JsonElement value, string type)
    {
        var text = value.ValueKind == JsonValueKind.String && type is "object" or "array" ? Words.Trimmed(TextOf(value), guard) : default;
        if (text is not (['{', .., '}'] or ['[', .., ']']) || text[0] == '{' != (type == "object") || !JsonRepairer.IsJson(Encoding.UTF8.GetBytes(text.ToString()), guard))
        {
            return value;
        }

        Note(Rungs.Stringified);
        guard.ChargeToken(text.Length);
        using var document = JsonDocument.Parse(text.ToString(), new JsonDocumentOptions { MaxDepth = ContractLimits.Depth });
        return document.RootElement.Clone();
    }

    /// <summary>Whether the value is the one member of an object that was left away. Prose is no such value.</summary>
    private bool IsImplied(JsonElement value, SchemaNode schema, out string name)
    {
        name = "";
        if (schema.Members.Names is not [var only] || !schema.Required.Contains(only))
        {
            return false;
        }

        name = only;
        var node = schema.Property(only)!;
        return value.ValueKind switch
        {
            JsonValueKind.Object => node.Type == "object" && node.HasProperties
                && value.EnumerateObject().Any()
                && !value.EnumerateObject().Any(member => schema.Members.HasLettersOf(NameOf(member), guard))
                && value.EnumerateObject().All(member => node.Members.HasLettersOf(NameOf(member), guard)),
            JsonValueKind.Array => node.Type == "array",
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.String => node.Type is not ("object" or "array" or ""),
            _ => false,
        };
    }

    private void WriteArray(JsonElement value, SchemaNode schema)
    {
        if (value.ValueKind == JsonValueKind.String && Words.Trimmed(TextOf(value), guard) is "" or ['[', .., ']'])
        {
            // A list after all, but none that can be read.
            Copy(value);
            return;
        }

        Writer.WriteStartArray();
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                WriteItem(item, schema);
            }
        }
        else
        {
            Note(Rungs.SingleToList);
            WriteItem(value, schema);
        }

        Writer.WriteEndArray();
    }

    private void WriteItem(JsonElement item, SchemaNode schema)
    {
        if (schema.Items is { } items)
        {
            Write(item, items);
        }
        else
        {
            Copy(item);
        }
    }

    /// <summary>The item of a list of one that stands for a single value.</summary>
    private bool TryWriteOnlyItem(JsonElement value, SchemaNode schema)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != 1 || value[0].ValueKind is JsonValueKind.Array or JsonValueKind.Null)
        {
            return false;
        }

        Note(Rungs.ListToSingle);
        Write(value[0], schema);
        return true;
    }

    /// <summary>Writes a value as it is.</summary>
    private void Copy(JsonElement value)
    {
        guard.Charge(1);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    Writer.WritePropertyName(NameOf(member));
                    Copy(member.Value);
                }

                Writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                Writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Copy(item);
                }

                Writer.WriteEndArray();
                break;
            default:
                value.WriteTo(Writer);
                break;
        }
    }

    private string NameOf(JsonProperty member)
    {
        var name = member.Name;
        guard.ChargeToken(name.Length + 1);
        return name;
    }

    private string TextOf(JsonElement value)
    {
        var text = value.GetString()!;
        guard.ChargeToken(text.Length);
        return text;
    }

    private void Note(Rungs rungs) => Rungs |= rungs;
}
