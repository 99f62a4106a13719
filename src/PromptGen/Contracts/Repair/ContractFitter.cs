using System.Buffers;
using System.Text;
using System.Text.Json;

namespace PromptGen.Contracts.Repair;

/// <summary>
/// Writes a JSON value again as a contract's schema asks for it, where there is one reading of it that the schema leaves. What has none
/// stays as it is; whether the outcome keeps the contract is for the contract's own reader to tell.
/// </summary>
internal sealed partial class ContractFitter(Tolerance tolerance, string typeName) : IDisposable
{
    private static readonly HashSet<string> Wrappers = ["answer", "data", "json", "object", "output", "response", "result", "value"];

    private readonly ArrayBufferWriter<byte> _json = new();
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
            Write(value, schema.Property(name)!.Value);
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
        if (++_depth > ContractLimits.Depth || value.ValueKind == JsonValueKind.Null)
        {
            value.WriteTo(Writer);
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
                value.WriteTo(Writer);
                break;
            default:
                WriteScalar(value, schema);
                break;
        }

        _depth--;
    }

    /// <summary>The one choice that an object's members leave, or the only one that there is.</summary>
    private static SchemaNode Chosen(JsonElement value, SchemaNode schema)
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

        var members = value.EnumerateObject().Select(static member => Words.Fold(member.Name)).ToHashSet();
        var fitting = choices.FindAll(choice => choice.HasProperties
            && choice.Required.All(name => members.Contains(Words.Fold(name)))
            && choice.Properties.All(property => property.Node.Names is not [var only] || IsConstant(value, property.Name, only)));
        return fitting.Count == 1 ? fitting[0] : schema;
    }

    private static bool IsConstant(JsonElement value, string name, string constant)
    {
        var folded = Words.Fold(name);
        return value.EnumerateObject().Any(member => Words.Fold(member.Name) == folded
            && member.Value.ValueKind == JsonValueKind.String
            && NameReading.Find([constant], member.Value.GetString()!, Tolerance.Lenient, out _) is not null);
    }

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
            || (!Wrappers.Contains(Words.Fold(only.Name)) && Words.Fold(only.Name) != Words.Fold(typeName))
            || schema.Properties.Any(property => Words.Fold(property.Name) == Words.Fold(only.Name)))
        {
            return value;
        }

        Note(Rungs.Wrapper);
        return only.Value;
    }

    /// <summary>The object or array that was written as a string.</summary>
    private JsonElement Unstringified(JsonElement value, string type)
    {
        var text = value.ValueKind == JsonValueKind.String && type is "object" or "array" ? value.GetString()!.AsSpan().Trim() : default;
        if (text is not (['{', .., '}'] or ['[', .., ']']) || text[0] == '{' != (type == "object") || !JsonRepairer.IsJson(Encoding.UTF8.GetBytes(text.ToString())))
        {
            return value;
        }

        Note(Rungs.Stringified);
        using var document = JsonDocument.Parse(text.ToString(), new JsonDocumentOptions { MaxDepth = ContractLimits.Depth });
        return document.RootElement.Clone();
    }

    /// <summary>Whether the value is the one member of an object that was left away. Prose is no such value.</summary>
    private static bool IsImplied(JsonElement value, SchemaNode schema, out string name)
    {
        name = "";
        if (schema.Properties.Take(2).ToList() is not [var only] || !schema.Required.Contains(only.Name))
        {
            return false;
        }

        name = only.Name;
        var folded = Words.Fold(name);
        return value.ValueKind switch
        {
            JsonValueKind.Object => only.Node.Type == "object" && only.Node.HasProperties
                && value.EnumerateObject().Any()
                && !value.EnumerateObject().Any(member => Words.Fold(member.Name) == folded)
                && value.EnumerateObject().All(member => only.Node.Properties.Any(inner => Words.Fold(inner.Name) == Words.Fold(member.Name))),
            JsonValueKind.Array => only.Node.Type == "array",
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.String => only.Node.Type is not ("object" or "array" or ""),
            _ => false,
        };
    }

    private void WriteArray(JsonElement value, SchemaNode schema)
    {
        if (value.ValueKind == JsonValueKind.String && value.GetString()!.Trim() is "" or ['[', .., ']'])
        {
            // A list after all, but none that can be read.
            value.WriteTo(Writer);
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
            item.WriteTo(Writer);
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

    private void Note(Rungs rungs) => Rungs |= rungs;
}
