using System.Text.Json;

namespace PromptGen.Contracts.Repair;

internal sealed partial class ContractFitter
{
    private static readonly NameIndex s_truths = new(["true", "false"]);

    private void WriteScalar(JsonElement value, SchemaNode schema)
    {
        if (TryWriteOnlyItem(value, schema))
        {
            return;
        }

        switch (schema.Type)
        {
            case "string" when value.ValueKind == JsonValueKind.String:
                Writer.WriteStringValue(Text(TextOf(value), schema));
                break;
            case "string" when schema.Names.Count == 0:
                WriteAsText(value, schema);
                break;
            case "boolean" when value.ValueKind == JsonValueKind.String && Truth(TextOf(value)) is { } truth:
                Writer.WriteBooleanValue(truth);
                break;
            case "integer" or "number" when Number(value, schema.Type == "integer") is { } number:
                Writer.WriteRawValue(number, skipInputValidation: true);
                break;
            default:
                Copy(value);
                break;
        }
    }

    /// <summary>A number, true or false that the contract wants as a text: what was written is the text.</summary>
    private void WriteAsText(JsonElement value, SchemaNode schema)
    {
        var isScalar = value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;
        if ((!isScalar && tolerance != Tolerance.Salvage) || schema.Format.Length > 0)
        {
            Copy(value);
            return;
        }

        Note(isScalar ? Rungs.Text : Rungs.RawText);
        Writer.WriteStringValue(value.GetRawText());
    }

    private string Text(string text, SchemaNode schema)
    {
        if (schema.Names is { Count: > 0 } names)
        {
            if (NameReading.Find(names, text, tolerance, guard, out var rungs) is not { } name)
            {
                return text;
            }

            Note(rungs);
            return name;
        }

        if (schema.Format.Length == 0 || FormatReading.Find(schema.Format, text, guard) is not { } formatted || formatted == text)
        {
            return text;
        }

        Note(Rungs.FormatText);
        return formatted;
    }

    private bool? Truth(string text)
    {
        if (Words.Signs(text, 0, guard) is null)
        {
            return null;
        }

        bool? truth = s_truths.Fold(text, guard) switch { "true" => true, "false" => false, _ => null };
        if (truth is not null)
        {
            Note(Rungs.BooleanText);
            return truth;
        }

        if (tolerance == Tolerance.Salvage && NameReading.Find(s_truths, text, tolerance, guard, out var rungs) is { } name && IsOnly(text))
        {
            Note(rungs);
            return name == "true";
        }

        return null;
    }

    /// <summary>A majority of trues does not make a truth.</summary>
    private bool IsOnly(string text)
    {
        var words = Words.Of(text, guard);
        return words.Contains("true") != words.Contains("false");
    }

    private string? Number(JsonElement value, bool isInteger)
    {
        var number = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => NumberText(TextOf(value), isInteger),
            _ => null,
        };
        if (number is null || !isInteger || tolerance != Tolerance.Salvage || NumberReading.Round(number) is not { } rounded)
        {
            return number;
        }

        Note(Rungs.Rounded);
        return rounded;
    }

    private string? NumberText(string text, bool isInteger)
    {
        var number = NumberReading.Find(text, isInteger, tolerance, guard, out var rungs);
        Note(number is null ? Rungs.None : rungs);
        return number;
    }
}
