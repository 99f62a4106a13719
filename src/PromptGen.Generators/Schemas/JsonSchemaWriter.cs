using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using PromptGen.Generators.Model.Contracts;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Schemas;

/// <summary>
/// Writes a contract as JSON Schema (draft 2020-12) on one line. Objects are closed; types that are used more than once, or in
/// themselves, are written once under <c>$defs</c>.
/// </summary>
internal sealed class JsonSchemaWriter
{
    private const string Base64 = ",\"contentEncoding\":\"base64\"";

    private readonly ContractModel _contract;
    private readonly StringBuilder _json = new(1024);
    private readonly TypeUses _uses;

    private JsonSchemaWriter(ContractModel contract)
    {
        _contract = contract;
        _uses = new TypeUses(contract);
    }

    public static string Write(ContractModel contract)
    {
        var writer = new JsonSchemaWriter(contract);
        writer.WriteRoot();
        return writer._json.ToString();
    }

    private void WriteRoot()
    {
        if (_contract.IsWrapped)
        {
            _json.Append("{\"type\":\"object\",\"properties\":{\"value\":");
            WriteValue(_contract.Root, null);
            _json.Append("},\"required\":[\"value\"],\"additionalProperties\":false");
        }
        else
        {
            WriteObject(_contract.Objects[_contract.Root.Reference], null, isNullable: false);
        }

        WriteDefinitions();
        _json.Append('}');
    }

    private void WriteDefinitions()
    {
        var start = _json.Length;
        for (var i = 0; i < _contract.Objects.Count; i++)
        {
            if (_uses.IsDefined(ValueKind.Object, i))
            {
                WriteDefinition(_contract.Objects[i].Name, start);
                WriteObject(_contract.Objects[i], null, isNullable: false);
                _json.Append('}');
            }
        }

        for (var i = 0; i < _contract.Unions.Count; i++)
        {
            if (_uses.IsDefined(ValueKind.Union, i))
            {
                WriteDefinition(_contract.Unions[i].Name, start);
                WriteUnion(_contract.Unions[i], null, isNullable: false);
                _json.Append('}');
            }
        }

        for (var i = 0; i < _contract.Enums.Count; i++)
        {
            if (_uses.IsDefined(ValueKind.Enum, i))
            {
                WriteDefinition(_contract.Enums[i].Name, start);
                WriteEnum(_contract.Enums[i], null, null);
                _json.Append('}');
            }
        }

        if (_json.Length > start)
        {
            _json.Append('}');
        }
    }

    private void WriteDefinition(string name, int start)
    {
        _json.Append(_json.Length == start ? ",\"$defs\":{" : ",");
        WriteString(name);
        _json.Append(':');
    }

    private void WriteValue(ValueModel value, string? description, string? defaultJson = null)
    {
        switch (value.Kind)
        {
            case var _ when _uses.ReferenceTo(value) is { } reference:
                WriteReference(reference, value.IsNullable, description, defaultJson is not null);
                break;
            case ValueKind.Object:
                WriteObject(_contract.Objects[value.Reference], description, value.IsNullable);
                break;
            case ValueKind.Union:
                WriteUnion(_contract.Unions[value.Reference], description, value.IsNullable);
                break;
            case ValueKind.Enum or ValueKind.Flags:
                WriteEnum(_contract.Enums[value.Reference], value, description);
                break;
            case ValueKind.Array:
                WriteType("array", value.IsNullable);
                WriteDescription(description);
                WriteCount(value.Constraints, "Items");
                _json.Append(",\"items\":");
                WriteValue(value.Item, null);
                break;
            case ValueKind.Map:
                WriteType("object", value.IsNullable);
                WriteDescription(description);
                WriteCount(value.Constraints, "Properties");
                WriteKeys(value.Key);
                _json.Append(",\"additionalProperties\":");
                WriteValue(value.Item, null);
                break;
            case var kind when kind.IsJson():
                WriteAny(value, description);
                break;
            default:
                WriteScalar(value, description);
                break;
        }

        if (defaultJson is not null)
        {
            _json.Append(",\"default\":").Append(defaultJson);
        }

        _json.Append('}');
    }

    // Without a sibling beside $ref: OpenAI refuses one.
    private void WriteReference(string reference, bool isNullable, string? description, bool hasDefault)
    {
        if (!isNullable && description is null && !hasDefault)
        {
            _json.Append("{\"$ref\":\"").Append(reference).Append('"');
            return;
        }

        _json.Append("{\"anyOf\":[{\"$ref\":\"").Append(reference).Append("\"}").Append(isNullable ? ",{\"type\":\"null\"}]" : "]");
        WriteDescription(description);
    }

    private void WriteObject(ObjectModel type, string? description, bool isNullable)
    {
        WriteType("object", isNullable);
        WriteDescription(description ?? type.Description);
        _json.Append(",\"properties\":{");
        var separator = "";
        foreach (var member in type.Members)
        {
            _json.Append(separator);
            WriteString(member.JsonName);
            _json.Append(':');
            WriteValue(member.Value, member.Description, member.DefaultJson);
            separator = ",";
        }

        _json.Append("},\"required\":[");
        separator = "";
        foreach (var member in type.Members)
        {
            if (member.IsRequired)
            {
                _json.Append(separator);
                WriteString(member.JsonName);
                separator = ",";
            }
        }

        _json.Append("],\"additionalProperties\":false");
    }

    // Not oneOf: no answer fits two cases, and anyOf is what providers take.
    private void WriteUnion(UnionModel type, string? description, bool isNullable)
    {
        _json.Append("{\"anyOf\":[");
        for (var i = 0; i < type.Cases.Count; i++)
        {
            _json.Append(i == 0 ? "" : ",");
            WriteValue(type.Cases[i].Value, null);
        }

        _json.Append(isNullable ? ",{\"type\":\"null\"}]" : "]");
        WriteDescription(description ?? type.Description);
    }

    private void WriteEnum(EnumModel type, ValueModel? value, string? description)
    {
        var isNullable = value is { IsNullable: true };
        WriteType(type.IsFlags ? "array" : "string", isNullable);
        WriteDescription(description is not null && type.Description is not null ? $"{description} ({type.Description})" : description ?? type.Description);
        _json.Append(type.IsFlags ? ",\"items\":{\"type\":\"string\"" : "");
        WriteNames(value is { Constraints.HasConstants: true } ? _contract.NamesOf(value) : type.Members.Select(static member => JsonText.String(member.JsonName)));
        _json.Append(type.IsFlags ? "]},\"uniqueItems\":true" : isNullable ? ",null]" : "]");
    }

    private void WriteNames(IEnumerable<string> names) => _json.Append(",\"enum\":[").Append(string.Join(",", names));

    private void WriteConstants(ValueModel value)
    {
        var constraints = value.Constraints;
        if (constraints.Allowed.Count == 1 && !value.IsNullable)
        {
            _json.Append(",\"const\":").Append(constraints.Allowed[0].Json);
        }
        else if (constraints.Allowed.Count > 0)
        {
            WriteNames(constraints.Allowed.Select(static constant => constant.Json));
            _json.Append(value.IsNullable ? ",null]" : "]");
        }

        if (constraints.Denied.Count > 0)
        {
            _json.Append(",\"not\":{\"enum\":[").Append(string.Join(",", constraints.Denied.Select(static constant => constant.Json))).Append("]}");
        }
    }

    private void WriteKeys(ValueModel? key)
    {
        if (key is not null)
        {
            _json.Append(",\"propertyNames\":{\"type\":\"string\"");
            if (key.Kind == ValueKind.Enum)
            {
                WriteNames(_contract.NamesOf(key));
                _json.Append(']');
            }
            else
            {
                _json.Append(key.Kind == ValueKind.Guid ? ",\"format\":\"uuid\"" : $",\"pattern\":\"^{(key.Kind.IsUnsigned() ? "" : "-?")}(0|[1-9][0-9]*)$\"");
            }

            _json.Append('}');
        }
    }

    private void WriteAny(ValueModel value, string? description)
    {
        if (value.Kind is ValueKind.JsonObject or ValueKind.JsonArray)
        {
            WriteType(value.Kind == ValueKind.JsonObject ? "object" : "array", value.IsNullable);
            WriteDescription(description);
            return;
        }

        var start = _json.Append('{').Length;
        if (value.Kind != ValueKind.JsonElement && !value.IsNullable)
        {
            _json.Append(",\"type\":[\"object\",\"array\",\"string\",\"number\",\"boolean\"]");
        }

        WriteDescription(description);
        if (_json.Length > start)
        {
            _json.Remove(start, 1);
        }
    }

    private void WriteScalar(ValueModel value, string? description)
    {
        var constraints = value.Constraints;
        WriteType(
            value.Kind == ValueKind.Boolean ? "boolean" : value.Kind.IsInteger() ? "integer" : value.Kind.IsNumber() ? "number" : "string",
            value.IsNullable);
        WriteDescription(description);
        WriteFormat(value);
        WriteCount(constraints, "Length");
        if (constraints.Pattern is not null)
        {
            _json.Append(",\"pattern\":");
            WriteString(PatternText.Anchored(constraints.Pattern));
        }

        WriteConstants(value);

        // 32 and 64 bits are no bounds that a model would cross; smaller types are.
        var (least, most) = value.Kind is >= ValueKind.SByte and <= ValueKind.UInt16 ? IntegerRange.Of(value.Kind) : value.Kind == ValueKind.Half ? ("-65504", "65504") : (null, null);
        WriteBound(constraints.AboveMinimum ? "exclusiveMinimum" : "minimum", constraints.Minimum ?? least ?? (value.Kind.IsUnsigned() ? "0" : null));
        WriteBound(constraints.BelowMaximum ? "exclusiveMaximum" : "maximum", constraints.Maximum ?? most);
    }

    private void WriteFormat(ValueModel value)
    {
        var format = value.Kind switch
        {
            ValueKind.DateTime or ValueKind.DateTimeOffset => "date-time",
            ValueKind.DateOnly => "date",
            ValueKind.TimeSpan => "duration",
            ValueKind.Guid => "uuid",
            ValueKind.Uri => "uri",
            _ => value.Constraints.Format switch { "Email" => "email", "Url" => "uri", _ => null },
        };

        if (format is not null)
        {
            _json.Append(",\"format\":\"").Append(format).Append('"');
        }

        // The format "time" would require an offset, which a TimeOnly cannot hold.
        _json.Append(value.Kind switch
        {
            ValueKind.TimeOnly => ",\"pattern\":\"^[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\\\.[0-9]{1,7})?)?$\"",
            ValueKind.Bytes => Base64,
            ValueKind.String when value.Constraints.Format == "Base64" => Base64,
            ValueKind.Char => ",\"minLength\":1,\"maxLength\":1",
            _ => "",
        });
    }

    private void WriteType(string type, bool isNullable) =>
        _json.Append(isNullable ? "{\"type\":[\"" : "{\"type\":\"").Append(type).Append(isNullable ? "\",\"null\"]" : "\"");

    private void WriteDescription(string? description)
    {
        if (description is not null)
        {
            _json.Append(",\"description\":");
            WriteString(description);
        }
    }

    private void WriteCount(ConstraintModel constraints, string noun)
    {
        if (constraints.MinLength > 0)
        {
            _json.Append(",\"min").Append(noun).Append("\":").Append(constraints.MinLength.ToString(CultureInfo.InvariantCulture));
        }

        if (constraints.MaxLength is { } most)
        {
            _json.Append(",\"max").Append(noun).Append("\":").Append(most.ToString(CultureInfo.InvariantCulture));
        }
    }

    private void WriteBound(string keyword, string? number)
    {
        if (number is not null)
        {
            _json.Append(",\"").Append(keyword).Append("\":").Append(number);
        }
    }

    private void WriteString(string text) => JsonText.Append(_json, text);
}
