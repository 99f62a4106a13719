using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Hostile.Drawn;

/// <summary>Draws the files that clauses name: most are right, others are broken, of another kind, or not there.</summary>
/// <param name="dice">Draws.</param>
/// <param name="files">Gets them.</param>
internal sealed class DrawnFiles(Dice dice, List<(string Path, string Text)> files)
{
    /// <summary>The path of a template file.</summary>
    public string Template(string text) => Add("Prompts", ".prompt", dice.Mostly(4, "", "---\nmodel: x\n---\n") + text);

    /// <summary>The path of a schema file.</summary>
    public string Schema() => Add("Schemas", ".schema.json", dice.Pick(
        """{ "type": "object", "properties": { "a": { "type": "integer" } }, "required": ["a"], "additionalProperties": false }""",
        """{ "type": "object", "properties": { "a": { "type": "string", "_format": "x" } } }""",
        """{ "$ref": "#/$defs/x", "$defs": { "x": { "type": "array", "items": { "$ref": "#/$defs/x" } } } }""",
        """{ "type": "strin" }""",
        "true",
        "{",
        """{ "anyOf": [{ "const": 1 }, { "type": "object", "patternProperties": { "^a": { "enum": [1, "a", null] } } }] }"""));

    /// <summary>The path of a calibration of that kind.</summary>
    public string Calibration(string kind)
    {
        var section = dice.Pick("*", kind == "agreement" ? "*" : "small*", "*]\n0 0\n0.5 0.4\n\n[large-1");
        return Add("Calibrations", ".calibration", Broken($"promptgen calibration 1\nkind: {dice.Mostly(6, kind, "likelihood", "confidence")}\ndate: 2026-11-20\nlabels: {dice.Number(1, 900)}\nmetric: ECE 0.2 -> 0.1\n\n[{section}]\n0 0.1\n{dice.Pick("", "0.5 0.5\n")}1 0.{dice.Number(6, 9)}\n"));
    }

    /// <summary>The path of a learned router.</summary>
    public string Router()
    {
        var models = dice.Pick("", "weak: small-1\nstrong: large-1\n", dice.Mostly(2, "", "weak: other\nstrong: large-1\n"));
        var quality = dice.Maybe(3, $"held-out-weak: 0.6\nheld-out-strong: 0.9\nheld-out-router: 0.{dice.Number(5, 9)}\nheld-out-strong-calls: 0.4\n");
        return Add("Routers", ".router", Broken(RouterSample.File($"date: 20{dice.Number(20, 26)}-11-20\nlabels: {dice.Number(1, 900)}\n{models}{quality}")));
    }

    /// <summary>The text with a character removed, doubled or replaced somewhere, or cut, where something wrong is drawn.</summary>
    private string Broken(string text)
    {
        if (!dice.Wrong(2))
        {
            return text;
        }

        // Most of a router is weights: its facts are at the beginning.
        var place = dice.Number(0, Math.Min(text.Length, 600) - 1);
        return dice.Number(0, 3) switch
        {
            0 => text.Remove(place, 1),
            1 => text[..place],
            2 => text.Insert(place, dice.Pick("\n", "9", ":", "é")),
            _ => text[..place] + dice.Pick("-", "\t", "0", "[") + text[(place + 1)..],
        };
    }

    private string Add(string folder, string extension, string text)
    {
        var path = dice.Name(folder + "/file") + extension;
        files.Add(("/project/" + path, text));
        return dice.Mostly(8, path, "missing" + extension);
    }
}
